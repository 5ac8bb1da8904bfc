"""Rejects as files, that are corrected and imported again."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from neo4j import AsyncDriver

from graph.load import Listener, Tally, load
from graph.load.folders import items_of
from graph.load.rejects import UNREADABLE, RejectFiles
from graph.rows import Item, Reject, Row
from graph.sources import read
from tests.graph.sources.partner_api.folders import ORDERS, lines, order, orders, owner, rejects, sku
from tests.graph.sources.test_any_bytes import ENCODINGS, NAMES, SPLICES

DETAIL = "query-target-collaboration-detail"


def _set_aside(folder: Path, items: Iterable[Item], *, mapped: bool = False) -> RejectFiles:
    with RejectFiles(folder, mapped) as files:
        for item in items:
            if isinstance(item, Reject):
                files.write(item)
        return files


def _replace(path: Path, old: str, new: str) -> None:
    content = path.read_text("utf-8")
    assert old in content
    path.write_text(content.replace(old, new), "utf-8")


def _saved(folder: Path, name: str, document: dict[str, Any]) -> Path:
    (owner(folder) / name).write_text(json.dumps(document))
    return folder


def test_a_corrected_order_line_is_read_with_its_order_and_its_neighbours(tmp_path: Path) -> None:
    bad = order("o1", sku(quantity=3), sku(quantity="two"))
    shop = _saved(tmp_path / "shop", f"{ORDERS}-0007.json", orders(order("o0"), bad))
    first = list(read(shop))
    files = _set_aside(tmp_path / "rejects", first)
    assert [path.relative_to(tmp_path).as_posix() for path in files.paths] == [f"rejects/shop-1/{ORDERS}.jsonl"]
    assert [line["order_id"] for line in lines(first)] == ["o0", "o1"]
    assert [(each.kind, each.column) for each in rejects(first)] == [("order lines", "data.orders[1].skus[1].quantity")]

    _replace(files.paths[0], '"two"', "2")
    again = list(read(files.folders[0]))
    assert rejects(again) == []
    assert [(line["id"], line["quantity"]) for line in lines(again)] == [("o1:1", 3), ("o1:2", 2)]
    before, after = (
        next(row.age for row in found if isinstance(row, Row) and row.values.get("order_id") == "o1") for found in (first, again)
    )
    assert before < after


def test_all_that_is_wrong_with_a_record_stands_in_one_document(tmp_path: Path) -> None:
    shop = _saved(
        tmp_path / "shop", f"{ORDERS}.json", orders(order("o1", sku(quantity=-1), sku(quantity=-2)), order("o2", sku(quantity=-3)))
    )
    files = _set_aside(tmp_path / "rejects", read(shop))
    documents = [json.loads(line) for line in files.paths[0].read_text().splitlines()]
    assert [len(each["rejected"]["reasons"]) for each in documents] == [2, 1]
    assert [each["response"]["data"]["orders"][0]["id"] for each in documents] == ["o1", "o2"]
    assert {each["rejected"]["file"] for each in documents} == {f"{ORDERS}.json"}


def test_a_reject_that_is_imported_as_it_is_is_rejected_again(tmp_path: Path) -> None:
    shop = _saved(tmp_path / "shop", f"{ORDERS}.json", orders(order("o1", sku(quantity=-1))))
    files = _set_aside(tmp_path / "rejects", read(shop))
    again = _set_aside(tmp_path / "again", read(files.folders[0]))
    assert [json.loads(path.read_text())["response"] for path in again.paths] == [
        json.loads(path.read_text())["response"] for path in files.paths
    ]


def test_records_that_are_read_together_are_set_aside_together(tmp_path: Path) -> None:
    creators = [{"username": "ann"}, {"username": "bob", "selection_region": "XX"}]
    detail = {"id": "t1", "name": "Spring", "products": [{"id": "p1"}], "creators": creators}
    shop = _saved(tmp_path / "shop", f"{DETAIL}.json", {"response": {"code": 0, "data": {"target_collaboration": detail}}})
    files = _set_aside(tmp_path / "rejects", read(shop))
    _replace(files.paths[0], '"XX"', '"US"')
    found = [row.values for row in read(files.folders[0]) if isinstance(row, Row) and row.table == "collaborations"]
    assert [(row["creator_id"].handle, row["product_ids"], row["name"]) for row in found] == [
        ("ann", ["p1"], "Spring"),
        ("bob", ["p1"], "Spring"),
    ]


def test_what_cannot_be_corrected_here_is_listed_apart(tmp_path: Path) -> None:
    (owner(tmp_path / "shop") / f"{ORDERS}.json").write_bytes(b"{oops")
    files = _set_aside(tmp_path / "rejects", read(tmp_path / "shop"))
    assert [path.name for path in files.paths] == [UNREADABLE]
    assert files.folders == []


def test_broken_characters_of_a_table_stay_broken_until_they_are_corrected(tmp_path: Path) -> None:
    (tmp_path / "creators.csv").write_bytes("id,handle,region,nickname\nc1,jose,ES,José\n".encode("cp1252"))
    files = _set_aside(tmp_path / "rejects", read(tmp_path))
    [reject] = rejects(list(read(files.folders[0])))
    assert (reject.column, "windows-1252 reads it as 'José'" in reject.remedy) == ("nickname", True)
    _replace(files.paths[0], "\\udce9", "é")
    [row] = [item for item in read(files.folders[0]) if isinstance(item, Row)]
    assert row.values["nickname"] == "José"


def test_a_mapped_record_is_corrected_as_it_stood_and_read_through_the_mapping(tmp_path: Path) -> None:
    mapping = tmp_path / "m.toml"
    mapping.write_text(
        """
        [source]
        files = ["people*.csv"]
        [[tables]]
        table = "creators"
        columns = { id = "key", handle = "name", region = { constant = "US" }, follower_count = "fans" }
        [[tables]]
        table = "reports"
        columns = { id = "key", creator_id = "key", at = { column = "day", date = "%Y-%m-%d" } }
        """
    )
    (tmp_path / "people-1.csv").write_text("key,name,fans,day\na,ann,many,2024-01-02\nb,bob,5,2024-01-02\n")
    first = list(read(tmp_path / "people-1.csv", mapping=mapping))
    assert [(row.table, row.values.get("creator_id", row.values.get("id"))) for row in first if isinstance(row, Row)] == [
        ("creators", "b"),
        ("reports", "b"),
    ]
    files = _set_aside(tmp_path / "rejects", first, mapped=True)
    [path] = files.folders
    _replace(path, '"many"', '"7"')
    assert [row.table for row in read(path, mapping=mapping) if isinstance(row, Row)] == ["creators", "reports"]


def test_rejects_of_one_order_come_together_even_when_they_come_apart(tmp_path: Path) -> None:
    shop = _saved(tmp_path / "shop", f"{ORDERS}.json", orders(order("o1", sku(quantity=-1), sku()), order("o2", sku(quantity=-1))))
    found = rejects(list(read(shop)))
    late = replace(found[0], column="currency")
    files = _set_aside(tmp_path / "rejects", [*found, late])
    documents = [json.loads(line) for line in files.paths[0].read_text().splitlines()]
    assert [[why["column"] for why in each["rejected"]["reasons"]] for each in documents] == [
        ["data.orders[0].skus[0].quantity", "currency"],
        ["data.orders[1].skus[0].quantity"],
    ]


async def _loaded(graph: AsyncDriver, folder: Path, aside: Path) -> tuple[Tally, RejectFiles]:
    with RejectFiles(aside) as files:
        tally = await load(graph, read(folder), listener=Listener(rejected=files.write))
        return tally, files


async def test_a_corrected_line_replaces_the_order_that_was_taken_without_it(graph: AsyncDriver, tmp_path: Path) -> None:
    shop = _saved(tmp_path / "shop", f"{ORDERS}-0007.json", orders(order("o1", sku(quantity=3), sku(quantity="two"))))
    tally, files = await _loaded(graph, shop, tmp_path / "rejects")
    assert {kind: dict(tally.counts[kind]) for kind in ("orders", "order lines")} == {
        "orders": {"read": 1, "created": 1},
        "order lines": {"rejected": 1, "read": 1},
    }
    _replace(files.paths[0], '"two"', "2")
    await load(graph, read(files.folders[0]))
    await load(graph, read(shop))
    records = (await graph.execute_query("MATCH (s:Sale) RETURN s.id AS id, s.quantity AS quantity ORDER BY id")).records
    assert [tuple(record) for record in records] == [("o1:1", 3), ("o1:2", 2)]


async def test_an_order_without_a_rate_counts_once(graph: AsyncDriver, tmp_path: Path) -> None:
    foreign = {"amount": "9.000", "currency": "VND"}
    shop = _saved(tmp_path / "shop", f"{ORDERS}.json", orders(order("o1", sku(price=foreign)), order("o2", sku(), sku(price=foreign))))
    tally, files = await _loaded(graph, shop, tmp_path / "rejects")
    assert {kind: dict(tally.counts[kind]) for kind in ("orders", "order lines")} == {
        "orders": {"read": 2, "created": 1, "rejected": 1},
        "order lines": {"rejected": 1, "read": 1},
    }
    assert len(files.paths[0].read_text().splitlines()) == 2


@pytest.mark.parametrize("seed", range(3))
async def test_what_was_read_is_taken_or_rejected_whatever_the_bytes(graph: AsyncDriver, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    for number in range(8):
        name, content = chance.choice(sorted(NAMES.items()))
        broken = bytearray(content.encode(chance.choice(ENCODINGS), "replace"))
        for _ in range(chance.randint(0, 3)):
            at = chance.randint(0, len(broken))
            broken[at : at + chance.randint(0, 3)] = chance.choice(SPLICES)
        folder = tmp_path / f"in{number}"
        (owner(folder) if name.startswith(ORDERS) else folder).mkdir(exist_ok=True)
        (folder / name).write_bytes(broken)
    with RejectFiles(tmp_path / "rejects") as files:
        items = items_of(sorted(tmp_path.glob("in*")))
        tally = await load(graph, items, listener=Listener(rejected=files.write))
    for counts in tally.counts.values():
        assert counts["read"] == sum(counts[outcome] for outcome in ("created", "changed", "unchanged", "rejected"))
    assert tally.total("rejected") > 0


BEYOND = 123456789012345678901234567


def _table(folder: Path) -> Path:
    (folder / "contents.jsonl").write_text(json.dumps({"id": "v1", "kind": "VIDEO", "creator_id": "c1", "views": BEYOND}) + "\n")
    return folder / "contents.jsonl"


def _document(folder: Path) -> Path:
    (folder / "contents.json").write_text(json.dumps({"data": [{"id": "v1", "kind": "VIDEO", "creator_id": "c1", "views": BEYOND}]}))
    return folder / "contents.json"


def _response(folder: Path) -> Path:
    return _saved(folder / "shop", f"{ORDERS}.json", orders(order("o1", sku(quantity=BEYOND))))


@pytest.mark.parametrize("saved", [_table, _document, _response])
def test_a_number_beyond_64_bits_is_rejected_with_its_own_digits_and_so_it_is_when_read_again(
    saved: Callable[[Path], Path], tmp_path: Path
) -> None:
    source = saved(tmp_path)
    for turn in ("first", "again"):
        found = list(read(source))
        assert [each.value for each in rejects(found)] == [str(BEYOND)]
        files = _set_aside(tmp_path / turn, found)
        [record] = [json.loads(line) for line in files.paths[0].read_text().splitlines()]
        assert str(BEYOND) in json.dumps({name: each for name, each in record.items() if not name.startswith("reject")})
        source = files.folders[0]


def test_a_mapped_record_with_a_number_beyond_64_bits_is_set_aside_with_its_own_digits(tmp_path: Path) -> None:
    mapping = tmp_path / "posts.toml"
    mapping.write_text(
        '[source]\nfiles = ["posts.json", "posts.json.rejects.jsonl"]\n\n[[tables]]\ntable = "contents"\n\n[tables.columns]\n'
        'id = "key"\nkind = { constant = "VIDEO" }\ncreator_id = "author"\nviews = "plays"\n'
    )
    (tmp_path / "posts.json").write_text(json.dumps([{"key": "v1", "author": "c1", "plays": BEYOND}]))
    found = list(read(tmp_path / "posts.json", mapping=mapping))
    assert [each.value for each in rejects(found)] == [str(BEYOND)]
    files = _set_aside(tmp_path / "rejects", found, mapped=True)
    assert json.loads(files.paths[0].read_text())["plays"] == BEYOND
    assert [each.value for each in rejects(list(read(files.paths[0], mapping=mapping)))] == [str(BEYOND)]

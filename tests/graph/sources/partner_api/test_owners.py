"""Whose data: owner files."""

from pathlib import Path
from typing import Any

import pytest

from graph.rows import CreatorRef, Row
from graph.sources import UnknownKind, read
from tests.graph.sources.partner_api.folders import EXPORTED_AT, ORDERS, items, lines, notes, order, orders, owner, rejects, rows, sku


def test_a_shop_is_a_brand_by_its_id(tmp_path: Path) -> None:
    assert rows(items(owner(tmp_path)), "brands") == [{"id": "s1", "name": "Shop", "region": "US"}]


def test_a_creator_is_known_by_open_id_and_username(tmp_path: Path) -> None:
    [found] = rows(items(owner(tmp_path, kind="creator", region="gb")), "creators")
    ref = CreatorRef(open_id="open1", handle="Ann", region="GB")
    assert found == {"id": ref, "open_id": "open1", "handle": "Ann", "region": "GB"}


def test_a_creators_empty_open_id_is_absent(tmp_path: Path) -> None:
    [found] = rows(items(owner(tmp_path, kind="creator", creator_open_id="")), "creators")
    assert found["id"] == CreatorRef(handle="Ann", region="US")


def test_a_partner(tmp_path: Path) -> None:
    assert rows(items(owner(tmp_path, kind="partner")), "partners") == [{"id": "p1", "name": "Agency", "region": "US"}]


@pytest.mark.parametrize(("kind", "name"), [("shop", "shop_id"), ("creator", "creator_open_id"), ("partner", "partner_id")])
def test_an_owner_whose_id_has_been_rounded_is_rejected(tmp_path: Path, kind: str, name: str) -> None:
    values: dict[str, Any] = {name: 7494123456789012000}
    [reject] = rejects(items(owner(tmp_path, kind=kind, **values)))
    assert (reject.column, reject.rule) == (name, "an id above 2^53 that comes as a JSON number has been rounded")


def test_an_owner_whose_id_is_a_whole_number_is_taken(tmp_path: Path) -> None:
    assert rows(items(owner(tmp_path, shop_id=7494123456789012345)), "brands") == [
        {"id": "7494123456789012345", "name": "Shop", "region": "US"}
    ]


def test_without_an_owner_file_nothing_can_be_imported(tmp_path: Path) -> None:
    (tmp_path / f"{ORDERS}.json").write_text("{}")
    with pytest.raises(UnknownKind, match=r"owner file.*add the owner file"):
        read(tmp_path)


def test_what_lies_beside_owned_folders_is_noted_and_skipped(tmp_path: Path) -> None:
    owner(tmp_path / "mine")
    found = items(tmp_path, (f"{ORDERS}.json", orders(order("o1"))), (f"mine/{ORDERS}.json", orders(order("o2"))))
    assert [each["order_id"] for each in rows(found, "orders")] == ["o2"]
    assert ("no owner file at or above", f"{ORDERS}.json") in notes(found)


def test_an_owner_in_a_sub_folder_starts_anew_for_what_lies_below(tmp_path: Path) -> None:
    owner(tmp_path)
    owner(tmp_path / "b", kind="creator", region="GB", exported_at=EXPORTED_AT - 5)
    mine, theirs = orders(order("o1")), orders(order("o2", sku(creator_username=None)))
    found = items(
        tmp_path,
        (f"a/{ORDERS}.json", mine),
        ("b/deep/search-creator-affiliate-orders.json", theirs),
        (f"c/{ORDERS}.json", orders(order("o3"))),
    )
    refs = {line["order_id"]: line["creator_id"] for line in lines(found)}
    assert refs == {
        "o1": CreatorRef(handle="ann", region="US"),
        "o2": CreatorRef(open_id="open1", handle="Ann", region="GB"),
        "o3": CreatorRef(handle="ann", region="US"),
    }
    ages = {item.values["order_id"]: item.age.observed_at for item in found if isinstance(item, Row) and item.table == "orders"}
    assert ages == {"o1": EXPORTED_AT, "o2": EXPORTED_AT - 5, "o3": EXPORTED_AT}


@pytest.mark.parametrize(
    ("values", "column"),
    [
        ({"exported_at": 0}, "exported_at"),
        ({"exported_at": ""}, "exported_at"),
        ({"exported_at": "soon"}, "exported_at"),
        ({"exported_at": 12}, "exported_at"),
        ({"region": ""}, "region"),
        ({"region": "Atlantis"}, "region"),
        ({"shop_id": ""}, "shop_id"),
        ({"shop_id": {}}, "shop_id"),
    ],
)
def test_an_unsound_owner_is_rejected_with_all_below(tmp_path: Path, values: dict[str, object], column: str) -> None:
    owner(tmp_path, **{"region": "US", **values})  # type: ignore[arg-type]
    found = items(tmp_path, (f"{ORDERS}.json", orders(order())))
    assert [each.column for each in rejects(found)] == [column]
    assert rows(found, "orders") == []


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b"{}{}"])
def test_an_unreadable_owner_file_is_rejected(tmp_path: Path, content: bytes) -> None:
    found = items(tmp_path, ("shop.json", content))
    assert len(rejects(found)) == 1
    assert notes(found) == [("folder without a valid owner file", "shop.json")]


def test_two_owners_in_one_folder_are_rejected(tmp_path: Path) -> None:
    owner(tmp_path)
    [reject] = rejects(items(owner(tmp_path, kind="creator")))
    assert (reject.value, reject.rule) == ("shop.json, creator.json", "a folder has one owner file")


def test_an_export_time_in_milliseconds_and_a_mark(tmp_path: Path) -> None:
    content = b'\xef\xbb\xbf{"shop_id": 7, "region": "US", "exported_at": "1760000000000"}'
    [row] = [item for item in items(tmp_path, ("shop.json", content)) if isinstance(item, Row)]
    assert (row.values, row.age.observed_at) == ({"id": "7", "region": "US"}, EXPORTED_AT)


def test_a_linked_owner_file_does_not_count(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    owner(tmp_path / "elsewhere")
    (tmp_path / "real" / "shop.json").symlink_to(tmp_path / "elsewhere" / "shop.json")
    with pytest.raises(UnknownKind):
        read(tmp_path / "real")


def test_rates_beside_the_owner_come_first(tmp_path: Path) -> None:
    owner(tmp_path / "z")
    rates = b"currency,date,usd_per_unit\nVND,2024-01-01,0.00004\nVND,2024-13-01,1\n"
    found = items(tmp_path, ("z/rates.csv", rates), (f"z/{ORDERS}.json", orders(order())))
    first, second, *_ = found
    assert isinstance(first, Row)
    assert (first.table, first.values) == ("rates", {"currency": "VND", "date": "2024-01-01", "usd_per_unit": 0.00004})
    assert first.age.observed_at == EXPORTED_AT
    assert [second] == rejects(found)
    assert (rejects(found)[0].column, rejects(found)[0].where.record) == ("date", "line 3")

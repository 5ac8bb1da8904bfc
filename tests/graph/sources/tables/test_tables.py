"""Tables in a folder, checked row by row."""

import json
import time
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from pyarrow import parquet

from graph.model import TABLES, Property, Type, columns
from graph.rows import Age, Note, Reject, Row
from graph.sources import UnknownKind, kind_of, read
from graph.sources.tables.checks import OF_REJECTS

CREATOR = {"id": "1", "handle": "@ann", "region": "us"}
SALE = {
    "id": "o:1", "order_id": "o", "at": "1700000000", "status": "PLACED", "quantity": "2", "gmv": "20", "currency": "USD",
    "product_id": "p",
}  # fmt: skip


FUTURE = int(time.time()) + 400 * 86_400
SOON = int(time.time()) + 90 * 86_400


def _csv(folder: Path, name: str, *rows: dict[str, Any]) -> Path:
    names = list(dict.fromkeys(name for row in rows for name in row))
    text = "\n".join([",".join(names), *(",".join(str(row.get(n, "")) for n in names) for row in rows)])
    (folder / name).write_text(text + "\n", encoding="utf-8")
    return folder


def _rejects(folder: Path) -> list[tuple[str, str, str]]:
    return [(item.where.file, item.where.record, item.column) for item in read(folder) if isinstance(item, Reject)]


def test_a_row_in_each_format_is_the_same(tmp_path: Path) -> None:
    for kind in ("csv", "jsonl", "parquet"):
        (tmp_path / kind).mkdir()
    _csv(tmp_path / "csv", "creators.csv", CREATOR | {"follower_count": 5, "verified": "true", "permissions": "A|B"})
    typed = CREATOR | {"follower_count": 5, "verified": True, "permissions": ["A", "B"], "bio": None}
    (tmp_path / "jsonl" / "creators.jsonl").write_text(json.dumps(typed))
    parquet.write_table(pa.Table.from_pylist([typed]), tmp_path / "parquet" / "creators.parquet")
    expected = {"id": "1", "handle": "ann", "region": "US", "follower_count": 5, "verified": True, "permissions": ["A", "B"]}
    for kind in ("csv", "jsonl", "parquet"):
        [row] = list(read(tmp_path / kind))
        assert isinstance(row, Row)
        assert (row.table, row.values, row.age) == ("creators", expected, Age(0, f"creators.{kind}", 1))


def test_every_table_takes_every_column(tmp_path: Path) -> None:
    for table in TABLES:
        row: dict[str, Any] = {name: example(name, column) for name, column in columns(table).items()}
        (tmp_path / f"{table.name}.jsonl").write_text(json.dumps(row))
    found = list(read(tmp_path))
    assert [item for item in found if not isinstance(item, Row)] == []
    assert [item.table for item in found if isinstance(item, Row)] == ["rates", *(t.name for t in TABLES if t.name != "rates")]
    for item in found:
        assert isinstance(item, Row)
        table = next(t for t in TABLES if t.name == item.table)
        assert item.values.keys() == columns(table).keys()


def example(name: str, column: Any) -> Any:
    """Return a sound value of a column."""
    if not isinstance(column, Property):
        return ["x"] if column.many else "x"
    if name == "date":
        return "2024-01-01"
    single: dict[str, Any] = {"REGION": "US", "CURRENCY": "USD", "TIME": 1_700_000_000, "SHARE": 0.5}
    value = column.values[0] if column.values else single.get(column.unit.name, "1" if column.type is Type.STRING else 1)
    value = "1" if column.type is Type.STRINGS and column.unit.name not in single and not column.values else value
    if column.name in ("statuses",):
        return ["PLACED"]
    return [value] if column.type.value.endswith("s") else True if column.type is Type.BOOLEAN else value


@pytest.mark.parametrize(
    ("table", "row", "column"),
    [
        ("creators", CREATOR | {"id": ""}, "id"),
        ("creators", CREATOR | {"handle": " @ "}, "handle"),
        ("creators", CREATOR | {"region": ""}, "region"),
        ("creators", CREATOR | {"follower_count": -1}, "follower_count"),
        ("creators", CREATOR | {"observed_at": "yesterday"}, "observed_at"),
        ("sales", SALE | {"quantity": ""}, "quantity"),
        ("sales", SALE | {"status": "LOST"}, "status"),
        ("sales", SALE | {"refunded_quantity": 3}, "refunded_quantity"),
        ("sales", SALE | {"gmv": "nan"}, "gmv"),
        ("sales", SALE | {"commission_rate": "30"}, "commission_rate"),
        ("sales", SALE | {"seen_at": "1700000001|1700000000"}, "seen_at"),
        ("sales", SALE | {"seen_at": "1700000001", "statuses": "PLACED|SETTLED"}, "statuses"),
        ("sales", SALE | {"product_id": ""}, "product_id"),
        ("contents", {"id": 1, "kind": "PHOTO"}, "kind"),
        ("contents", {"id": 1, "kind": "LIVE", "published_at": 1_700_000_001, "ended_at": 1_700_000_000}, "ended_at"),
        ("categories", {"id": "1", "parent_id": "1"}, "parent_id"),
        ("collaborations", {"id": 1, "kind": "OPEN", "status": "OFFERED", "creator_id": "1", "rating": 6}, "rating"),
        ("collaborations", {"id": 1, "kind": "OPEN", "status": "OFFERED", "creator_id": ""}, "creator_id"),
        ("creators", CREATOR | {"open_id": "2"}, "id"),
        ("creators", CREATOR | {"id": "US:ann", "open_id": "2"}, "id"),
        ("creators", CREATOR | {"observed_at": FUTURE}, "observed_at"),
        ("sales", SALE | {"at": FUTURE}, "at"),
        ("sales", SALE | {"observed_at": "1699900000"}, "at"),
        ("sales", SALE | {"seen_at": f"1700000000|{FUTURE}"}, "seen_at"),
        ("contents", {"id": 1, "kind": "VIDEO", "published_at": FUTURE}, "published_at"),
        ("products", {"id": 1, "price_high": 5}, "price_high"),
        ("features", {"content_id": 1, "product_id": 1, "gmv": 5}, "gmv"),
        ("collaborations", {"id": 1, "kind": "OPEN", "status": "OFFERED", "creator_id": "1", "fee": 5}, "fee"),
        ("collaborations", {"id": 1, "kind": "OPEN", "status": "OFFERED", "creator_id": "1", "offered_at": FUTURE}, "offered_at"),
        ("reports", {"id": "1:2023-11-14", "at": 1_700_000_000, "creator_id": "1", "gpm_low": 1}, "gpm_low"),
        ("rates", {"currency": "USD", "date": "1.1.2024", "usd_per_unit": 1}, "date"),
        ("rates", {"currency": "USD", "date": "2024-01-01", "usd_per_unit": 0}, "usd_per_unit"),
        ("rates", {"currency": "ABC", "date": "2024-01-01", "usd_per_unit": 1}, "currency"),
    ],
)
def test_a_bad_row_is_rejected_by_file_row_column_and_rule(tmp_path: Path, table: str, row: dict[str, Any], column: str) -> None:
    _csv(tmp_path, f"{table}.csv", row)
    [reject] = [item for item in read(tmp_path) if isinstance(item, Reject)]
    assert (reject.where.file, reject.where.record, reject.column, reject.table) == (f"{table}.csv", "line 2", column, table)
    assert reject.rule
    assert reject.remedy
    assert reject.raw == {name: str(value) for name, value in row.items()}


@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("creators", CREATOR | {"open_id": "1"}),
        ("creators", CREATOR | {"id": "US:ann"}),
        ("sales", SALE | {"price": "12", "gmv": "20"}),
        ("sales", SALE | {"at": SOON}),
        ("sales", SALE | {"id": "o"}),
        ("sales", SALE | {"observed_at": "1699999999"}),
        ("collaborations", {"id": 1, "kind": "OPEN", "status": "OFFERED", "creator_id": "1", "due_at": FUTURE, "ends_at": FUTURE}),
        ("reports", {"id": "1:2023-11-14", "at": 1_700_000_000, "creator_id": "1", "days": 30}),
        ("reports", {"id": "snapshot:1", "at": 1_700_000_000, "creator_id": "1"}),
    ],
)
def test_a_row_at_the_edge_of_a_rule_is_taken(tmp_path: Path, table: str, row: dict[str, Any]) -> None:
    assert _rejects(_csv(tmp_path, f"{table}.csv", row)) == []


def test_a_bad_row_leaves_its_neighbours_and_can_be_mended(tmp_path: Path) -> None:
    _csv(tmp_path, "creators.csv", CREATOR, CREATOR | {"id": "2", "region": "Mars"}, CREATOR | {"id": "3"})
    found = list(read(tmp_path))
    assert [item.values["id"] for item in found if isinstance(item, Row)] == ["1", "3"]
    [reject] = [item for item in found if isinstance(item, Reject)]
    mended = reject.raw | {"region": "US"} | dict.fromkeys(OF_REJECTS, "said by the rejects file")
    (tmp_path / "again").mkdir()
    [row] = list(read(_csv(tmp_path / "again", "creators.csv", mended)))
    assert isinstance(row, Row)
    assert row.values == {"id": "2", "handle": "ann", "region": "US"}


def test_a_bad_encoding_rejects_the_row_alone(tmp_path: Path) -> None:
    (tmp_path / "creators.csv").write_bytes(b"id,handle,region\n1,Zo\xeb,US\n2,Ann,US\n")
    assert _rejects(tmp_path) == [("creators.csv", "line 2", "handle")]


def test_an_unknown_column_is_noted_once(tmp_path: Path) -> None:
    _csv(tmp_path, "creators.csv", *(CREATOR | {"shoe_size": n} for n in range(3)))
    assert [item for item in read(tmp_path) if isinstance(item, Note)] == [Note("unknown column", "creators: shoe_size", "creators.csv", 3)]


def test_a_row_is_as_old_as_it_says_else_undated(tmp_path: Path) -> None:
    _csv(tmp_path, "creators.csv", CREATOR | {"observed_at": 1_700_000_000}, CREATOR | {"id": "2"})
    assert [item.age for item in read(tmp_path) if isinstance(item, Row)] == [
        Age(1_700_000_000, "creators.csv", 1),
        Age(0, "creators.csv", 2),
    ]


def test_of_one_key_in_a_file_the_later_row_is_the_later(tmp_path: Path) -> None:
    _csv(tmp_path, "creators.csv", CREATOR | {"bio": "old"}, CREATOR | {"bio": "new"})
    rows = [item for item in read(tmp_path) if isinstance(item, Row)]
    assert max(rows, key=lambda row: row.age).values["bio"] == "new"


def test_other_files_are_noted_and_links_not_followed(tmp_path: Path) -> None:
    _csv(tmp_path, "creators.csv", CREATOR)
    (tmp_path / "creators.rejects.csv").write_text("x")
    (tmp_path / "brands.csv").symlink_to(tmp_path / "creators.csv")
    (tmp_path / "more").mkdir()
    notes = [(item.kind, item.subject) for item in read(tmp_path) if isinstance(item, Note)]
    assert notes == [("link not followed", "brands.csv"), ("unknown file", "creators.rejects.csv"), ("unknown file", "more")]


def test_an_empty_table_is_noted(tmp_path: Path) -> None:
    (tmp_path / "creators.csv").write_text("id,handle,region\n")
    assert list(read(tmp_path)) == [Note("empty file", "creators.csv")]


def test_a_broken_file_is_one_reject(tmp_path: Path) -> None:
    (tmp_path / "creators.parquet").write_bytes(b"no parquet")
    _csv(tmp_path, "brands.csv", {"id": "b"})
    assert _rejects(tmp_path) == [("creators.parquet", "", "")]
    assert not [item for item in read(tmp_path) if isinstance(item, Note)]


def test_one_table_alone(tmp_path: Path) -> None:
    _csv(tmp_path, "creators.csv", CREATOR)
    assert len(list(read(tmp_path / "creators.csv"))) == 1


def test_kinds(tmp_path: Path) -> None:
    with pytest.raises(UnknownKind, match="neither an owner file"):
        kind_of(tmp_path)
    with pytest.raises(UnknownKind, match="neither a folder nor a table"):
        kind_of(tmp_path / "nothing")
    _csv(tmp_path, "creators.csv", CREATOR)
    assert (kind_of(tmp_path), kind_of(tmp_path / "creators.csv"), kind_of(tmp_path, mapping=tmp_path / "m.toml")) == (
        "tables",
        "tables",
        "mapped",
    )
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "shop.json").write_text("{}")
    assert kind_of(tmp_path) == "responses"


def test_what_is_only_about_a_creator_whose_row_was_rejected_is_rejected_too(tmp_path: Path) -> None:
    (tmp_path / "creators.csv").write_text("id,handle,region,follower_count\na,ann,US,many\nb,bob,US,5\n")
    (tmp_path / "reports.csv").write_text("id,creator_id,at,gmv,currency\nr1,a,1750000000,5,USD\nr2,b,1750000000,5,USD\n")
    found = list(read(tmp_path))
    assert [(item.table, item.values["id"]) for item in found if isinstance(item, Row)] == [("creators", "b"), ("reports", "r2")]
    assert [(item.table, item.column) for item in found if isinstance(item, Reject)] == [
        ("creators", "follower_count"),
        ("reports", "creator_id"),
    ]


def test_rows_that_repeat_a_key_are_told(tmp_path: Path) -> None:
    rows = ["a,ann,5,", "b,bob,5,", "a,ann,6,", "a,ann,6,", "b,bob,7,1750000000"]
    (tmp_path / "creators.csv").write_text("id,handle,follower_count,observed_at\n" + "\n".join(f"{row}" for row in rows) + "\n")
    content = (
        (tmp_path / "creators.csv").read_text().replace("handle,", "handle,region,").replace("ann,", "ann,US,").replace("bob,", "bob,US,")
    )
    (tmp_path / "creators.csv").write_text(content)
    notes = [item for item in read(tmp_path) if isinstance(item, Note)]
    assert [(note.kind, note.count) for note in notes] == [("key repeated", 2)]


@pytest.mark.parametrize(
    ("name", "content", "remedy"),
    [
        ("creators.csv", "ID,Handle,region\n1,ann,US\n2,bob,US\n", "rename the column ID to id, rename the column Handle to handle"),
        ("creators.csv", "handle,region\nann,US\nbob,US\n", "add what is missing, or read the file through a mapping"),
        (
            "creators.jsonl",
            '{"Id":"1","handle":"ann","region":"US"}\n{"Id":"2","handle":"bob","region":"US"}\n',
            "rename the column Id to id",
        ),
    ],
)
def test_a_table_without_a_needed_column_is_rejected_once(tmp_path: Path, name: str, content: str, remedy: str) -> None:
    (tmp_path / name).write_text(content)
    [reject] = [item for item in read(tmp_path) if isinstance(item, Reject)]
    assert (reject.where.file, reject.where.record, reject.table) == (name, "", "creators")
    assert reject.rule.startswith("a file of creators needs the column")
    assert remedy in reject.remedy


def test_a_range_begins_before_it_ends(tmp_path: Path) -> None:
    (tmp_path / "reports.csv").write_text(
        "id,creator_id,at,gmv_low,gmv_high,currency\nc:2026-01-31,c,1769817600,200,100,USD\nd:2026-01-31,d,1769817600,5,5,USD\n"
    )
    kept, [reject] = (
        [each for each in read(tmp_path) if isinstance(each, Row)],
        [each for each in read(tmp_path) if isinstance(each, Reject)],
    )
    assert [each.values["id"] for each in kept] == ["d:2026-01-31"]
    assert (reject.column, reject.value, reject.rule) == ("gmv_low", "200.0", "the lower end of a range is at most the upper (100.0)")

"""Cells as real exports have them: numbers, amounts, dates, user names, nested records."""

from pathlib import Path
from typing import Any

import pytest

from graph.rows import Item, Note, Reject, Row
from graph.sources import read


def _rows(found: list[Item], table: str) -> list[dict[str, Any]]:
    return [item.values for item in found if isinstance(item, Row) and item.table == table]


def _mapped(tmp_path: Path, name: str, content: str | bytes, mapping: str) -> list[Item]:
    (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    (tmp_path / "m.toml").write_text(mapping)
    return list(read(tmp_path / name, mapping=tmp_path / "m.toml"))


CREATORS = """
[source]
files = ["*"]
{more}
[[tables]]
table = "creators"
[tables.columns]
id = {{ column = "name", prefix = "yt:" }}
handle = "name"
region = {{ constant = "ZZ" }}
like_count = "sub"
"""


@pytest.mark.parametrize(
    ("written", "more", "expected"),
    [
        ("4700000", "", 4_700_000),
        ("5e+06", "", 5_000_000),
        ("1.7E7", "", 17_000_000),
        ("475.8m", "", 475_800_000),
        ("29.0B", "", 29_000_000_000),
        ("0.89k", "", 890),
        ("3.3 K", "", 3_300),
        ('"1,019"', "", 1_019),
        ("1.234.567", "", 1_234_567),
        ("1.200", 'decimal = ","', 1_200),
        ('"1,2 Mio."', "", 1_200_000),
        ("1.2万", "", 12_000),
        ("12.0", "", 12),
        *((text, "", None) for text in ("1.200", '"2,5"', "12.5", "12K+", "~5", "abc", "5%", "$5", "nan", "1e400", '"1,2,3"', "--")),
        ("--", 'empty = ["--"]', 0),
    ],
)
def test_counts_as_people_write_them(tmp_path: Path, written: str, more: str, expected: int | None) -> None:
    [item] = _mapped(tmp_path, "c.csv", f"name,sub\nAnn,{written}\n", CREATORS.format(more=more))
    assert (item.values.get("like_count", 0) if isinstance(item, Row) else None) == expected
    assert expected is not None or (isinstance(item, Reject) and item.column == "like_count")


@pytest.mark.parametrize(("more", "advised"), [("", True), ('decimal = "."', False)])
def test_a_separator_that_the_mapping_names_is_not_advised(tmp_path: Path, more: str, advised: bool) -> None:
    [item] = _mapped(tmp_path, "c.csv", "name,sub\nAnn,12.5\n", CREATORS.format(more=more))
    assert isinstance(item, Reject)
    assert item.remedy.startswith("correct the cell")
    assert ("`decimal`" in item.remedy) is advised


SALES = """
[source]
files = ["*"]
zone = "+08:00"
[[tables]]
table = "creators"
[tables.columns]
id = "Creator"
handle = "Creator"
region = { constant = "MY" }
[[tables]]
table = "sales"
[tables.columns]
id = "Order"
order_id = "Order"
at = { column = "Time", date = ["%d/%m/%Y %H:%M:%S", "%d/%m/%Y"] }
status = { constant = "SETTLED" }
quantity = "Quantity"
gmv = "GMV"
currency = "Currency"
commission_rate = { column = "Rate", unit = "percent" }
product_id = { constant = "p" }
creator_id = "Creator"
"""


def _sale(tmp_path: Path, **cells: str) -> Row | Reject:
    known = {"Order": "1", "Creator": "c", "Time": "05/03/2026", "Quantity": "1", "GMV": "5", "Currency": "MYR", "Rate": "15%"} | cells
    content = ",".join(known) + "\n" + ",".join(f'"{value}"' for value in known.values())
    found = [item for item in _mapped(tmp_path, "o.csv", content, SALES) if not isinstance(item, Note)]
    return next(item for item in found if isinstance(item, Reject) or item.table == "sales")


@pytest.mark.parametrize(
    ("cells", "column", "expected"),
    [
        ({"GMV": "RM 1,019.90"}, "gmv", 1019.9),
        ({"GMV": "$1,019.90", "Currency": "USD"}, "gmv", 1019.9),
        ({"GMV": "MX$1.2k", "Currency": "MXN"}, "gmv", 1200.0),
        ({"GMV": "1.234,50 €", "Currency": "EUR"}, "gmv", 1234.5),
        ({"GMV": "Rp9.900", "Currency": "IDR"}, "gmv", 9900.0),
        ({"GMV": "9.900", "Currency": "IDR"}, "gmv", 9.9),
        ({"GMV": "1e+06"}, "gmv", 1e6),
        ({"GMV": "€5"}, "gmv", None),
        ({"GMV": "-5"}, "gmv", None),
        ({"GMV": "RM -5"}, "gmv", None),
        ({"Rate": "12.5%"}, "commission_rate", 0.125),
        ({"Rate": "12,5 %"}, "commission_rate", 0.125),
        ({"Rate": "15"}, "commission_rate", 0.15),
        ({"Rate": "150%"}, "commission_rate", None),
        ({"Time": "05/03/2026 23:30:00"}, "at", 1_772_724_600),
        ({"Time": "05/03/2026"}, "at", 1_772_640_000),
        ({"Time": "04/13/2026 10:00:00"}, "at", None),
        ({"Order": "'579125529499110202"}, "order_id", "579125529499110202"),
        ({"Order": "579125529499110202\t"}, "order_id", "579125529499110202"),
        ({"Order": "5.79E+17"}, "id", None),
        ({"Creator": "@MAYA.Example "}, "creator_id", "maya.example"),
        ({"Creator": "null"}, "id", None),
    ],
)
def test_order_exports(tmp_path: Path, cells: dict[str, str], column: str, expected: object) -> None:
    item = _sale(tmp_path, **cells)
    assert (item.values[column] if isinstance(item, Row) else None) == expected
    assert expected is not None or (isinstance(item, Reject) and item.column == column)


POSTS = """
[source]
files = ["*"]
[[tables]]
table = "creators"
[tables.columns]
id = "author.id"
handle = "author.name"
region = { constant = "ZZ" }
follower_count = "author.fans"
[[tables]]
table = "contents"
[tables.columns]
id = "id"
kind = { constant = "VIDEO" }
duration_seconds = "video.length"
views = "playcount"
creator_id = "author.id"
[[tables]]
table = "mentions"
for_each = "tags"
[tables.columns]
content_id = "id"
creator_id = "tags.user.id"
"""
POST = '{"id": "1", "text": "hi", "author": {"id": "68", "name": "Ann", "fans": 12}, "video": {"length": "0:01:15"}, '
POST += '"tags": [{"user": {"id": "7"}}, {"user": {"id": "8"}}]}'


@pytest.mark.parametrize(("name", "content"), [("p.jsonl", POST), ("p.json", f"[{POST}]"), ("p.json", f'{{"n": 1, "data": [{POST}]}}')])
def test_nested_records_and_columns_that_none_has(tmp_path: Path, name: str, content: str) -> None:
    found = _mapped(tmp_path, name, content, POSTS)
    assert _rows(found, "creators") == [{"id": "68", "handle": "Ann", "region": "ZZ", "follower_count": 12}]
    assert _rows(found, "contents") == [{"id": "1", "kind": "VIDEO", "duration_seconds": 75, "creator_id": "68"}]
    assert _rows(found, "mentions") == [{"content_id": "1", "creator_id": "7"}, {"content_id": "1", "creator_id": "8"}]
    notes = [(item.kind, item.subject) for item in found if isinstance(item, Note)]
    assert notes == [("column not mapped", "text"), ("mapped column that no record has", "playcount")]


def test_each_item_of_a_list_has_the_prefix(tmp_path: Path) -> None:
    mapping = CREATORS.format(more="") + 'main_category_ids = { column = "kinds", separator = ";", prefix = "k-" }\n'
    [row] = _rows(_mapped(tmp_path, "c.csv", "name,sub,kinds\nAnn,1,a; b\n", mapping), "creators")
    assert row["main_category_ids"] == ["k-a", "k-b"]


@pytest.mark.parametrize(
    ("name", "content"), [("c.csv", ""), ("c.csv", "name,sub\n"), ("c.jsonl", "\n"), ("c.json", "[]"), ("c.json", " ")]
)
def test_a_file_without_records_is_told(tmp_path: Path, name: str, content: str) -> None:
    assert [(item.kind, item.subject) for item in _mapped(tmp_path, name, content, CREATORS.format(more="")) if isinstance(item, Note)] == [
        ("empty file", name)
    ]


def test_columns_left_out_count_in_records(tmp_path: Path) -> None:
    content = '{"name": "Ann", "sub": 1, "spare": 1}\n{"name": "Bo", "sub": 2}\n{"name": "Cy", "sub": 3, "spare": null, "more": 1}\n'
    notes = [item for item in _mapped(tmp_path, "c.jsonl", content, CREATORS.format(more="")) if isinstance(item, Note)]
    assert [(note.kind, note.subject, note.count) for note in notes] == [
        ("column not mapped", "more", 1),
        ("column not mapped", "spare", 2),
    ]

"""Previews: the first records as an import would read them."""

from pathlib import Path

import orjson
import pytest

from graph.rows import Note, Reject
from graph.sources import BadMapping, read
from graph.sources.guessing import preview

MAPPING = """
[source]
files = ["list.*"]
[[tables]]
table = "creators"
[tables.columns]
id = "key"
handle = "name"
region = "region"
[[tables]]
table = "products"
for_each = "products"
[tables.columns]
id = "products"
title = "products"
"""
RECORD = {"key": "c1", "name": "Ana", "region": "MY", "products": "p1|p2"}


def _read(tmp_path: Path, *lines: object, name: str = "list.jsonl") -> list[tuple[str, str, str]]:
    """Return place, table and, where it is rejected, value of each item, which is what an import makes of the file as well."""
    path, mapping = tmp_path / name, tmp_path / "m.toml"
    path.write_bytes(b"\n".join(line if isinstance(line, bytes) else orjson.dumps(line) for line in lines))
    mapping.write_text(MAPPING)
    found = [item for _, item in preview(path, MAPPING).rows]
    imported = [item for item in read(path, mapping=mapping) if not isinstance(item, Note)]
    assert [(item.where, item.table) for item in found] == [(item.where, item.table) for item in imported[: len(found)]]
    return [(item.where.record, item.table, item.value if isinstance(item, Reject) else "") for item in found]


def test_a_record_is_rejected_whole(tmp_path: Path) -> None:
    assert _read(tmp_path, RECORD | {"region": "Mars"}, RECORD) == [
        ("line 1", "creators", "Mars"),
        ("line 2", "creators", ""),
        ("line 2", "products", ""),
        ("line 2", "products", ""),
    ]


def test_a_broken_line_is_a_rejected_record(tmp_path: Path) -> None:
    assert _read(tmp_path, b"{", RECORD | {"products": ""}) == [("line 1", "creators", "{"), ("line 2", "creators", "")]
    assert _read(tmp_path, RECORD | {"products": ""}, b"x" * (16 * 1024 * 1024 + 1)) == [
        ("line 1", "creators", ""),
        ("", "creators", "list.jsonl"),
    ]


def test_ten_rows_are_made_of_a_record_of_many(tmp_path: Path) -> None:
    many = RECORD | {"products": "|".join(f"p{number}" for number in range(1_000))}
    assert _read(tmp_path, many, RECORD) == [("line 1", "creators", ""), *[("line 1", "products", "")] * 9]


def test_large_numbers_are_looked_for_in_the_first_records_alone(tmp_path: Path) -> None:
    rounded, path = orjson.dumps(RECORD | {"key": 579_125_529_499_110_400}), tmp_path / "list.jsonl"

    def first(whole: int) -> bool:
        lines = [rounded] * whole + [orjson.dumps(RECORD | {"key": 579_125_529_499_110_301})]
        path.write_bytes(b"\n".join(lines))
        return isinstance(preview(path, MAPPING).rows[0][1], Reject)

    assert [first(whole) for whole in (199, 200)] == [False, True]


def test_a_file_that_the_mapping_does_not_take_is_told(tmp_path: Path) -> None:
    (tmp_path / "other.jsonl").write_bytes(orjson.dumps(RECORD))
    with pytest.raises(BadMapping, match=r"^other\.jsonl: the mapping takes files called list\.\*; correct \[source\] files$"):
        preview(tmp_path / "other.jsonl", MAPPING)

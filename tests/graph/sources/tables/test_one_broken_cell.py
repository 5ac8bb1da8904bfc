"""One cell of a sound row is broken, each declared column of each table in turn: the message names it, and that row alone is missing."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import Any, Final

import pytest

from graph.model import TABLES, Table, columns
from graph.rows import Item, Reject, Row
from graph.sources import read
from tests.graph.sources.tables.test_tables import example

BREAKS: Final[tuple[Any, ...]] = (
    *("abc", "nan", "null", "-5", "1.5", "1e300", "7.49E+18", "1234 5678 9012", "2024-02-30", "x" * 30_000, "a\x00b"),
    *(True, -5, 1.5, 1e300, 2**63, 2**70, [["a"]], [{"a": 1}], {"a": 1}, [None, "nan"], 7.494e18),
)


def _wrong(table: Table, cells: list[tuple[str, Any]], found: list[Item]) -> list[Any]:
    """Return what is wrong with what came of a sound row, then one for each broken cell, then a sound one."""
    items = {item.where.record: item for item in found if isinstance(item, (Reject, Row)) and item.table == table.name}
    first, *broken, last = items.values()
    assert (type(first), type(last), len(broken)) == (Row, Row, len(cells))
    pairs = zip(cells, broken, strict=True)
    rejects = [(name, item) for (name, _), item in pairs if isinstance(item, Reject)]
    assert len(rejects) > len(cells) // 4
    return [
        (name, item.value[:20], item.column, item.rule)
        for name, item in rejects
        if item.column != name and not re.search(rf"\b{name}\b", item.rule)
    ]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_in_json_lines(table: Table, tmp_path: Path) -> None:
    sound = {name: example(name, column) for name, column in columns(table).items()}
    cells = [(name, value) for name in sound for value in BREAKS]
    rows = [sound, *(sound | {name: value} for name, value in cells), sound]
    (tmp_path / f"{table.name}.jsonl").write_bytes("\n".join(map(json.dumps, rows)).encode())
    assert _wrong(table, cells, list(read(tmp_path))) == []


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_in_csv(table: Table, tmp_path: Path) -> None:
    sound = {name: example(name, column) for name, column in columns(table).items()}
    texts = {name: "|".join(map(str, value)) if isinstance(value, list) else str(value) for name, value in sound.items()}
    cells = [(name, value) for name in sound for value in BREAKS if isinstance(value, str)]
    with (tmp_path / f"{table.name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(texts))
        writer.writeheader()
        writer.writerows([texts, *(texts | {name: value} for name, value in cells), texts])
    assert _wrong(table, cells, list(read(tmp_path))) == []

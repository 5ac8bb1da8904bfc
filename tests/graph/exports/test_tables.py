"""The import tables: an import of what was exported makes the same graph."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, Final, LiteralString

from neo4j import AsyncDriver

from graph.exports import ImportTables, Reading, WholeGraph, export
from graph.exports.tables import SHEETS
from graph.load import load
from graph.model import TABLES, columns
from graph.rows import Item, Note, Row
from graph.sources import read
from simulation import market
from simulation.writing import write_tables
from tests.graph.exports.test_whole import files

NAMED: Final[LiteralString] = """
MATCH (s:Sale)
WHERE NOT EXISTS { (s)-[:UNDER]->() }
WITH s
ORDER BY s.id
LIMIT 1
CREATE (s)-[:UNDER]->(:Collaboration {id: 'named'})
"""
"""A collaboration that a sale names, and whose own row has not come: no row is made of it, and the sale's makes it again."""


async def test_what_is_exported_is_imported_again_without_loss(graph: AsyncDriver, tmp_path: Path) -> None:
    write_tables(market(3, creators=20, days=7, end=date(2025, 3, 1)).tables, _made(tmp_path / "made"))
    await load(graph, read(tmp_path / "made"))
    await graph.execute_query(NAMED)
    before = await files(WholeGraph(Reading(graph), None), tmp_path / "before")
    told = [await _rows(graph, tmp_path / kind, kind) for kind in ("csv", "jsonl", "parquet")]
    assert told[0] == told[1] == told[2]
    await graph.execute_query("MATCH (n) DETACH DELETE n")
    tally = await load(graph, read(tmp_path / "parquet"))
    assert tally.reasons == []
    after = await files(WholeGraph(Reading(graph), None), tmp_path / "after")
    for name, rows in before.items():
        assert after[name] == rows, name
    assert len(before["nodes/Creator.jsonl"]) == 20
    assert [each["id"] for each in before["nodes/Collaboration.jsonl"] if each.get("kind") is None] == ["named"]


async def _rows(graph: AsyncDriver, folder: Path, kind: str) -> list[tuple[str, dict[str, Any]]]:
    """Return what an import would take from an export of the format."""
    await export(ImportTables(Reading(graph)), folder, kind)
    items = list(read(folder))
    assert [item for item in items if not isinstance(item, Row)] == [
        Note("unknown file", "about.json"),
        *[item for item in items if _empty(item)],
    ]
    return [(item.table, item.values) for item in items if isinstance(item, Row)]


def _empty(item: Item) -> bool:
    return isinstance(item, Note) and item.kind == "empty file"


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def test_the_sheets_have_the_columns_that_an_import_knows() -> None:
    assert {sheet.name: [column.name for column in sheet.columns] for sheet in SHEETS} == {
        table.name: list(columns(table)) for table in TABLES
    }

"""Writing a batch in one transaction: nodes, relationships, names, and what nobody refers to any more."""

from __future__ import annotations

from typing import Any

from graph.load import statements
from graph.load.batches import Batch, Orphans, Tx, draw, run
from graph.load.holders import rename
from graph.load.names import MARK
from graph.load.shapes import EXTRA_LABELS, SHAPES, Link
from graph.load.states import ABSENT, State, difference


async def write(tx: Tx, batch: Batch) -> None:
    """Write a batch's nodes and relationships; afterwards nothing is left that nobody refers to."""
    orphans = Orphans()
    for label, changes in batch.changes.items():
        await _write_nodes(tx, label, changes)
    for label, changes in batch.changes.items():
        for link in SHAPES[label].links:
            await _write_link(tx, label, link, changes, orphans)
    await orphans.sweep(tx)


async def _write_nodes(tx: Tx, label: str, changes: dict[str, tuple[State, State]]) -> None:
    new: dict[str | None, list[dict[str, Any]]] = {}
    old: dict[str | None, list[dict[str, Any]]] = {}
    for key, (before, after) in changes.items():
        kind = EXTRA_LABELS.get(after.properties.get("kind", "")) if label == "Content" else None
        if before is ABSENT:
            new.setdefault(kind, []).append({"properties": after.properties})
        elif changed := difference(before.properties, after.properties):
            old.setdefault(kind, []).append({"id": key, "properties": changed})
    for kind, rows in new.items():
        await run(tx, statements.create_nodes(label, kind), rows=rows)
    for kind, rows in old.items():
        await run(tx, statements.write_nodes(label, kind), rows=rows)


async def _write_link(tx: Tx, label: str, link: Link, changes: dict[str, tuple[State, State]], orphans: Orphans) -> None:
    added: list[tuple[str, str]] = []
    gone: list[tuple[str, str]] = []
    named: list[str] = []
    for key, (before, after) in changes.items():
        had, has = before.references.get(link.column, ()), after.references.get(link.column, ())
        if link.creator and any(each.startswith(MARK) for each in (*had, *has)):
            named.append(key)
            continue
        added += [(key, other) for other in has if other not in had]
        gone += [(key, other) for other in had if other not in has]
    if gone:
        await run(tx, statements.erase(label, link), pairs=gone)
        orphans.suspect(link.target, (other for _, other in gone))
    await draw(tx, label, link, added)
    if named:
        await rename(tx, label, link, {key: changes[key] for key in named}, orphans)

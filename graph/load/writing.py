"""Writing a batch in one transaction: nodes, relationships, names, and what nobody refers to any more."""

from __future__ import annotations

from typing import Any

from graph.load import statements
from graph.load.batches import Batch, Orphans, Tx, draw, run
from graph.load.creating import create, second_label
from graph.load.holders import rename
from graph.load.names import MARK
from graph.load.shapes import SHAPES, Link
from graph.load.states import ABSENT, State, difference


async def write(tx: Tx, batch: Batch) -> None:
    """Write a batch's nodes and relationships; afterwards nothing is left that nobody refers to."""
    orphans = Orphans()
    assert sum(bool(SHAPES[label].links) for label in batch.changes) <= 1, "what else a batch changes is only referred to"
    # A node that others of the batch refer to must be there before a placeholder is made for it: only those without links are referred to.
    for label in sorted(batch.changes, key=lambda label: bool(SHAPES[label].links)):
        changes = batch.changes[label]
        await create(tx, label, {key: after for key, (before, after) in changes.items() if before is ABSENT})
        await _change_nodes(tx, label, changes)
    for label, changes in batch.changes.items():
        for link in SHAPES[label].links:
            told = changes if link.many else {key: change for key, change in changes.items() if change[0] is not ABSENT}
            await _write_link(tx, label, link, told, orphans)
    await orphans.sweep(tx)


async def _change_nodes(tx: Tx, label: str, changes: dict[str, tuple[State, State]]) -> None:
    rows: dict[str | None, list[dict[str, Any]]] = {}
    for key, (before, after) in changes.items():
        if before is not ABSENT and (changed := difference(before.properties, after.properties)):
            rows.setdefault(second_label(label, after), []).append({"id": key, "properties": changed})
    for extra, changed in rows.items():
        await run(tx, statements.write_nodes(label, extra), rows=changed)


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

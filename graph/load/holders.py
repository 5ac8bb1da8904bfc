"""Nodes that know their creator by name only: led to whoever held the name at the time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, LiteralString

from graph.load import statements
from graph.load.batches import Orphans, Tx, draw, read, run
from graph.load.names import MARK, holder, seen_together, tells_the_same
from graph.load.registers import observed_at, told_at
from graph.load.shapes import SHAPES, Link
from graph.load.states import State

SIGHTINGS: Final[LiteralString] = """
UNWIND $ids AS id
MATCH (n:Name {id: id})
WHERE n.seen IS NOT NULL
RETURN collect({id: id, seen: n.seen}) AS rows
"""


async def sightings(tx: Tx, ids: Iterable[str]) -> dict[str, list[str]]:
    """Return who was seen with which name and when, for those names that anybody was seen with."""
    return {each["id"]: each["seen"] for each in await read(tx, SIGHTINGS, ids=sorted(set(ids)))}


IN_USE: Final[LiteralString] = """
UNWIND $ids AS id
MATCH (n:Name {id: id})
RETURN collect({id: id, seen: coalesce(n.seen, [])}) AS rows
"""


SEE: Final[LiteralString] = """
UNWIND $rows AS row
MERGE (n:Name {id: row.id})
SET n.seen = row.seen
FOREACH (_ IN CASE WHEN row.touched THEN [1] ELSE [] END | SET n:Touched)
"""


async def see(tx: Tx, seen: Mapping[str, Sequence[str]]) -> bool:
    """Add sightings, and mark the names that lead elsewhere since; tell whether any was new."""
    before = {each["id"]: each["seen"] for each in await read(tx, IN_USE, ids=sorted(seen))}
    rows: list[dict[str, Any]] = []
    for name, notes in seen.items():
        old = before.get(name, [])
        new = seen_together(old, notes)
        if new != old:
            # A name that no node uses yet leads nowhere, so nothing needs to be led elsewhere.
            rows.append({"id": name, "seen": new, "touched": name in before and not tells_the_same(old, new)})
    if rows:
        await run(tx, SEE, rows=rows)
    return bool(rows)


async def rename(tx: Tx, label: str, link: Link, changes: Mapping[str, tuple[State, State]], orphans: Orphans) -> None:
    """Write by which names nodes refer to their creators, and lead them there."""
    gone: list[dict[str, Any]] = []
    told: list[dict[str, Any]] = []
    said: dict[str, str | None] = {}
    for key, (before, after) in changes.items():
        had, has = (_only(state.references.get(link.column)) for state in (before, after))
        if had and had.startswith(MARK) and had != has:
            gone.append({"id": key, "name": had[1:], "column": link.column})
        if has and has.startswith(MARK):
            told.append({"id": key, "name": has[1:], "column": link.column, "at": named_at(label, after, link.column)})
        said[key] = None if has is None or has.startswith(MARK) else has
    if gone:
        await run(tx, statements.unname_nodes(label), rows=gone)
        orphans.suspect("Name", (row["name"] for row in gone))
    if told:
        await run(tx, statements.name_nodes(label), rows=told)
    await lead(tx, label, link, said, orphans)


def _only(keys: Sequence[str] | None) -> str | None:
    return keys[0] if keys else None


async def lead(tx: Tx, label: str, link: Link, said: Mapping[str, str | None], orphans: Orphans) -> list[str]:
    """Lead nodes (the keys of `said`) to the holders of the names they use, or to whom `said` has; return those that moved."""
    found = await read(tx, statements.read_named(label, link), ids=sorted(said))
    seen = await sightings(tx, {name for each in found for name, _ in each["named"]})
    added: list[tuple[str, str]] = []
    gone: list[tuple[str, str]] = []
    for each in found:
        wanted = {holder(seen.get(name, []), at) or name for name, at in each["named"]} or {said[each["id"]]} - {None}
        added += [(each["id"], other) for other in sorted(wanted - set(each["targets"]))]
        gone += [(each["id"], other) for other in sorted(set(each["targets"]) - wanted)]
    if gone:
        await run(tx, statements.erase(label, link), pairs=gone)
        orphans.suspect("Creator", (other for _, other in gone))
    await draw(tx, label, link, added)
    return sorted({key for key, _ in (*added, *gone)})


def named_at(label: str, state: State, column: str) -> int:
    """Return when a node's creator went by the name: an order's at its time, others when they were observed."""
    if label == "Sale":
        return state.properties["at"]
    register = state.own
    return told_at(register, column) if SHAPES[label].whole else observed_at(register[column][0])

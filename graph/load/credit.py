"""Lines of orders that name no creator: credited to whoever published the content through which they were sold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, LiteralString

from graph.load import statements
from graph.load.batches import Orphans, Tx, read, run
from graph.load.shapes import SHAPES

CREDITED_TO: Final = SHAPES["Sale"].link["creator_id"]
WITHOUT_CREATOR: Final = "_uncredited"
"""Marks a line whose source names a content and no creator."""

UNCREDITED: Final = "order lines not credited to any creator"
NAMES_NEITHER: Final = UNCREDITED, "they name no creator and no content"
OF_UNKNOWN_CONTENT: Final = UNCREDITED, "the creator of their content is not known yet, from this import or an earlier one"
"""Notes of an import."""

BY_CONTENT: Final = "_byContent"
"""The creator to whom a line is credited only because of its content."""

LINES: Final[LiteralString] = """
MATCH (n:Sale)
WHERE n._uncredited = true AND n.id > $after
WITH n
ORDER BY n._uncredited, n.id
LIMIT $most
RETURN collect({id: n.id, was: n._byContent, publishers: [(n)-[:THROUGH]->(:Content)<-[:PUBLISHED]-(c:Creator) | c.id]}) AS rows
"""

MARK_CREDITED: Final[LiteralString] = """
UNWIND $rows AS row
MATCH (n:Sale {id: row[0]})
SET n._byContent = row[1]
"""


@dataclass(frozen=True, slots=True)
class Credited:
    """The last line that was looked at (empty at the end), whether any changed, and the lines whose publisher is not known."""

    last: str
    changed: bool
    unknown: frozenset[str]


async def credit_by_content(tx: Tx, *, after: str, most: int) -> Credited:
    """Credit the next lines to the publishers of their contents."""
    found = await read(tx, LINES, after=after, most=most)
    moved = [(each["id"], each["was"], right) for each in found if (right := min(each["publishers"], default=None)) != each["was"]]
    gone = [(line, was) for line, was, _ in moved if was]
    if gone:
        await run(tx, statements.erase("Sale", CREDITED_TO), pairs=gone)
    if moved:
        await run(tx, statements.draw("Sale", CREDITED_TO), pairs=[(line, right) for line, _, right in moved if right])
        await run(tx, MARK_CREDITED, rows=[[line, right] for line, _, right in moved])
    if gone:
        orphans = Orphans()
        orphans.suspect("Creator", (was for _, was in gone))
        await orphans.sweep(tx)
    unknown = frozenset(each["id"] for each in found if not each["publishers"])
    return Credited(found[-1]["id"] if len(found) == most else "", bool(moved), unknown)


UNCREDIT: Final[LiteralString] = """
UNWIND $ids AS id
MATCH (n:Sale {id: id})
WHERE n._byContent IS NOT NULL
MATCH (n)-[r:CREDITED_TO]->(:Creator {id: n._byContent})
DELETE r
REMOVE n._byContent
"""


async def take_back(tx: Tx, lines: Iterable[str]) -> None:
    """Take lines from the publishers of their contents, before what their source says of them is written."""
    if ids := sorted(lines):
        await run(tx, UNCREDIT, ids=ids)

"""Contents that were delivered for a collaboration and whose publisher no row tells: they are its creator's."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, LiteralString

from graph.load import statements
from graph.load.batches import Batch, Orphans, Tx, read, run
from graph.load.shapes import SHAPES

PUBLISHED: Final = SHAPES["Content"].link["creator_id"]

DELIVERED: Final[LiteralString] = """
UNWIND $ids AS id
MATCH (k:Collaboration {id: id})-[:DELIVERED]->(n:Content)
RETURN DISTINCT n.id AS id
"""


async def delivered(tx: Tx, collaborations: Iterable[str]) -> set[str]:
    """Return the contents that were delivered for collaborations."""
    return {each["id"] for each in await run(tx, DELIVERED, ids=sorted(collaborations))}


CANDIDATES: Final[LiteralString] = """
UNWIND $ids AS id
MATCH (n:Content {id: id})
RETURN collect({id: id, adopted: n._adopted,
  targets: [(n)<-[:PUBLISHED]-(c:Creator) | c.id],
  creators: [(n)<-[:DELIVERED]-(:Collaboration)-[:WITH]->(c:Creator) | c.id]}) AS rows
"""

MARK_ADOPTED: Final[LiteralString] = """
UNWIND $rows AS row
MATCH (n:Content {id: row[0]})
SET n._adopted = row[1]
"""


async def adopt(tx: Tx, contents: Iterable[str]) -> None:
    """Give contents without a publisher to the creator who delivered them, the first by id of several."""
    wanted = sorted(contents)
    if not wanted:
        return
    # Told apart here: as a condition of the query it made the planner read every PUBLISHED there is.
    found = [each for each in await read(tx, CANDIDATES, ids=wanted) if each["adopted"] or not each["targets"]]
    right = {each["id"]: min(each["creators"], default=None) for each in found}
    gone = [(each["id"], creator) for each in found for creator in each["targets"] if creator != right[each["id"]]]
    added = [(each["id"], creator) for each in found if (creator := right[each["id"]]) and creator not in each["targets"]]
    if gone:
        await run(tx, statements.erase("Content", PUBLISHED), pairs=gone)
    if added:
        await run(tx, statements.draw("Content", PUBLISHED), pairs=added)
    if gone or added:
        changed = {content for content, _ in (*gone, *added)}
        await run(tx, MARK_ADOPTED, rows=[[content, True if right[content] else None] for content in sorted(changed)])


async def give_back(tx: Tx, batch: Batch) -> None:
    """Take contents from those who only delivered them, where a row tells now who published them."""
    told = {
        key: before.adopted_by
        for key, (before, after) in batch.changes.get("Content", {}).items()
        if before.adopted_by and after.references.get("creator_id")
    }
    if told:
        orphans = Orphans()
        orphans.suspect("Creator", told.values())
        await run(tx, statements.erase("Content", PUBLISHED), pairs=list(told.items()))
        await run(tx, MARK_ADOPTED, rows=[[key, None] for key in sorted(told)])
        await orphans.sweep(tx)

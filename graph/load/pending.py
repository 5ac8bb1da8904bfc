"""Work that rows leave for the end of an import: noted in their own transaction, so that a kill cannot lose it."""

from __future__ import annotations

from typing import Final, LiteralString

from graph.load.batches import Batch, Tx, run

CATEGORIES: Final = "categories"
RATES: Final = "rates:"

NOTE_PENDING: Final[LiteralString] = """
UNWIND $ids AS id
MERGE (:Pending {id: id})
"""


async def note_pending(tx: Tx, batch: Batch) -> None:
    """Note that parents must be drawn anew, or amounts in some currencies."""
    ids = {CATEGORIES} if "Category" in batch.changes else set[str]()
    ids |= {RATES + state.properties["currency"] for _, state in batch.changes.get("Rate", {}).values()}
    if ids:
        await run(tx, NOTE_PENDING, ids=sorted(ids))


PENDING: Final[LiteralString] = """
MATCH (n:Pending)
RETURN n.id AS id
ORDER BY id
"""


async def pending(tx: Tx) -> list[str]:
    """Return what is still to be done."""
    return [each["id"] for each in await run(tx, PENDING)]


DONE: Final[LiteralString] = """
MATCH (n:Pending {id: $id})
DELETE n
"""


async def done(tx: Tx, work: str) -> None:
    """Note that something is done."""
    await run(tx, DONE, id=work)

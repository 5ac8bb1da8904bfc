"""Work that rows leave for the end of an import: noted in their own transaction, so that a kill cannot lose it."""

from __future__ import annotations

from collections import Counter
from typing import Final, LiteralString

from graph.load.batches import Batch, Tx, run
from graph.load.tally import Outcome

CATEGORIES: Final = "categories"
RATES: Final = "rates:"
PROGRAMME: Final = "programme:"
EVENT: Final = "event"
"""That something has changed is still to be told."""

ANY_AMOUNT: Final[LiteralString] = """
MATCH (n:Sale|Product|Report)
WHERE n.currency <> 'USD'
RETURN n.id AS id
LIMIT 1
UNION ALL
MATCH (:Content)-[r:FEATURES]->(:Product)
WHERE r.currency <> 'USD'
RETURN r.currency AS id
LIMIT 1
"""

NOTE_PENDING: Final[LiteralString] = """
UNWIND $ids AS id
MERGE (:Pending {id: id})
"""


async def note_pending(tx: Tx, batch: Batch) -> None:
    """Note that parents must be drawn anew, amounts in some currencies, or the terms of programmes."""
    ids = {CATEGORIES} if "Category" in batch.changes else set[str]()
    if "Rate" in batch.changes and await run(tx, ANY_AMOUNT):
        ids |= {RATES + state.properties["currency"] for _, state in batch.changes["Rate"].values()}
    if ids:
        await run(tx, NOTE_PENDING, ids=sorted(ids))
    if programmes := _new_in_programmes(batch):
        await run(tx, NOTE_TERMS, programmes=sorted(programmes))


NOTE_TERMS: Final[LiteralString] = """
UNWIND $programmes AS programme
MATCH (:Heard {id: 'programme|' + programme})
MERGE (:Pending {id: 'programme:' + programme})
"""


def _new_in_programmes(batch: Batch) -> set[str]:
    """Return the programmes that got or lost a collaboration."""
    pairs = [
        (before.properties.get("programmeId"), after.properties.get("programmeId"))
        for before, after in batch.changes.get("Collaboration", {}).values()
    ]
    return {programme for was, now in pairs if was != now for programme in (was, now) if programme}


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


NOTE_CHANGES: Final[LiteralString] = """
MERGE (n:Pending {id: $id})
SET n.created = coalesce(n.created, 0) + $created, n.changed = coalesce(n.changed, 0) + $changed
"""


async def note_changes(tx: Tx, outcome: Outcome) -> None:
    """Note that what a batch has changed must be told; should its import come to no end, the next one tells it."""
    changes = outcome.changes
    await run(tx, NOTE_CHANGES, id=EVENT, created=changes["created"], changed=changes["changed"])


TOLD: Final[LiteralString] = """
MATCH (n:Pending {id: $id})
WITH n, n.created AS created, n.changed AS changed
DELETE n
RETURN created, changed
"""


async def told(tx: Tx) -> Counter[str]:
    """Return how much was noted, in the transaction that tells it; then there is nothing to tell any more."""
    found = await run(tx, TOLD, id=EVENT)
    return Counter[str](found[0] if found else {})

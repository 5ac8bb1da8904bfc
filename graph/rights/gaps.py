"""Ranks that somebody left: noted in the transaction that takes them out, so that no kill loses one, and then given to the peers.

A gap is told by the scores that stood there, not by ranks: so gaps of one scope may be closed in any order, and one while another is made.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import Any, Final, LiteralString

from neo4j import AsyncDriver, AsyncManagedTransaction
from neo4j.exceptions import DriverError, Neo4jError

from graph.connection import writing
from graph.retrying import read_rows, tried
from graph.rights.gate import Tx

LOG: Final = logging.getLogger("creatorgraph.rights")
BATCH: Final = 2_000

NOTE: Final[LiteralString] = """
UNWIND $gaps AS gap
CREATE (:RankGap {id: randomUUID(), scope: gap.scope, names: gap.names, values: gap.values, after: ''})
"""


async def note_gaps(tx: Tx, gaps: Sequence[Mapping[str, Any]]) -> None:
    """Note gaps: the scope, the names of the indicators in the order of the run, and the scores that stood there, NaN for none."""
    await (await tx.run(NOTE, gaps=gaps)).consume()


GAPS: Final[LiteralString] = """
MATCH (gap:RankGap)
RETURN gap.id AS id
ORDER BY id
LIMIT 10000
"""

CLOSE: Final[LiteralString] = """
MERGE (lock:Lock {id: 'rank gaps'})
SET lock._locked = true // one at a time: a page is read before it is written
REMOVE lock._locked
WITH lock
MATCH (gap:RankGap {id: $id})
CALL (gap) {
  MATCH (card:Scorecard)
  WHERE card.scope = gap.scope AND card.id > gap.after
  WITH gap, card
  ORDER BY card.id
  LIMIT $batch
  WITH gap, card, [at IN range(0, size(card.ranks) - 1) | CASE
    WHEN isNaN(gap.values[at]) OR card.ranks[at] = 0 THEN [card.ranks[at], card.percentiles[at]]
    WHEN card[gap.names[at]] < gap.values[at]
      THEN [card.ranks[at] - 1, card.percentiles[at] * card.scored[at] / (card.scored[at] - 1)]
    WHEN card[gap.names[at]] = gap.values[at]
      THEN [card.ranks[at], (card.percentiles[at] * card.scored[at] - 50) / (card.scored[at] - 1)]
    ELSE [card.ranks[at], (card.percentiles[at] * card.scored[at] - 100) / (card.scored[at] - 1)]
  END] AS places
  SET card.ranks = [place IN places | toInteger(place[0])], card.percentiles = [place IN places | toFloat(place[1])],
    card.scored = [at IN range(0, size(card.scored) - 1) | card.scored[at] - CASE WHEN isNaN(gap.values[at]) THEN 0 ELSE 1 END],
    card.peers = card.peers - 1
  RETURN count(card) AS closed, max(card.id) AS last
}
SET gap.after = coalesce(last, gap.after)
FOREACH (_ IN CASE WHEN closed < $batch THEN [1] ELSE [] END | DELETE gap)
RETURN closed
"""
"""As ranks and percentiles would be without the one who is gone: those above have one fewer below, those below one fewer above."""


async def close_gaps(driver: AsyncDriver, *, database: str) -> None:
    """Give the peers the ranks and percentiles that they have without whoever is gone, so that no list has a hole that tells of one.

    What a lost database leaves open is closed by the next withdrawal, import or scoring run. A page may be asked for twice: each gap
    knows how far it is closed.
    """
    with suppress(DriverError, Neo4jError, OSError):
        for (gap,) in await read_rows(driver, GAPS, {}, database=database):
            while await tried(partial(_closed, driver, gap, database)) == BATCH:
                pass
        return
    LOG.warning("ranks that somebody left are not closed yet: the database was lost; the next withdrawal, import or scoring run does")


async def _closed(driver: AsyncDriver, gap: str, database: str) -> int:
    """Close a gap for a page of peers, and return for how many."""

    async def page(tx: AsyncManagedTransaction) -> int:
        found = await (await tx.run(CLOSE, id=gap, batch=BATCH)).single()
        return 0 if found is None else int(found["closed"])

    async with writing(driver, database) as session:
        return await session.execute_write(page)

"""Creators who object to being rated: in no run from then on, and in none that is kept, until they withdraw it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final, LiteralString, NamedTuple

from neo4j import AsyncDriver

from graph.connection import writing
from graph.outbox import RATING_OBJECTED, RATING_RESUMED, Event, record
from graph.rights.gaps import close_gaps
from graph.rights.gate import Tx, passed
from graph.rights.unrating import unrated

OBJECT: Final[LiteralString] = """
MATCH (c:Creator {id: $creator})
OPTIONAL MATCH (before:Objection {id: $creator})
MERGE (objection:Objection {id: $creator})
ON CREATE SET objection.at = $now
RETURN objection.at AS at, before IS NULL AS made
"""

OBJECTED: Final[LiteralString] = """
MATCH (c:Creator {id: $creator})
OPTIONAL MATCH (objection:Objection {id: $creator})
RETURN objection.at AS at
"""

RESUME: Final[LiteralString] = """
MATCH (objection:Objection {id: $creator})
DELETE objection
RETURN count(*) AS gone
"""


class Objected(NamedTuple):
    """Since when a creator objects, None for one who does not."""

    at: int | None


async def object_to_rating(driver: AsyncDriver, creator: str, *, objects: bool, now: int, database: str) -> Objected | None:
    """Take a creator out of all ratings, or let the next run rate them again; None where there is no such creator.

    Nothing of them is left in any run once this returns; repeated, it changes nothing.
    """
    async with writing(driver, database) as session:
        done = await session.execute_write(objected if objects else resumed, creator, now=now)
    if done is not None:
        await close_gaps(driver, database=database)
    return done


async def objected(tx: Tx, creator: str, *, now: int) -> Objected | None:
    """Record an objection with all that follows from it."""
    await passed(tx)
    found = await (await tx.run(OBJECT, creator=creator, now=now)).single()
    if found is None:
        return None
    if not found["made"]:
        return Objected(found["at"])
    await unrated(tx, creator)
    await record(tx, Event(RATING_OBJECTED, creator, creator=creator), at=now)
    return Objected(found["at"])


async def resumed(tx: Tx, creator: str, *, now: int) -> Objected | None:
    """Withdraw an objection; the next run rates the creator again."""
    await passed(tx)
    if await (await tx.run(OBJECTED, creator=creator)).single() is None:
        return None
    found = await (await tx.run(RESUME, creator=creator)).single(strict=True)
    if found["gone"]:
        await record(tx, Event(RATING_RESUMED, creator, creator=creator), at=now)
    return Objected(None)


RATEABLE: Final[LiteralString] = """
MATCH (c:Creator)
WHERE c.id IN $creators AND NOT EXISTS { MATCH (:Objection {id: c.id}) }
RETURN collect(c.id) AS ids
"""


async def rateable(tx: Tx, creators: Collection[str]) -> set[str]:
    """Pass the gate, and return those of some creators who are there and do not object: nobody else until the transaction ends."""
    await passed(tx)
    found = await (await tx.run(RATEABLE, creators=list(creators))).single(strict=True)
    return set(found["ids"])


OBJECTING: Final[LiteralString] = """
MATCH (objection:Objection)
RETURN collect(objection.id) AS ids
"""

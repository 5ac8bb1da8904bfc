"""The outbox as it is read: the events that concern one reader, or all, in order, after any number, with none missed."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, LiteralString

from neo4j import AsyncDriver

from graph.connection import reading
from graph.outbox import KINDS, EventsForgotten, Recorded, recorded

FETCHED: Final = 1_000


@dataclass(frozen=True, slots=True)
class Told:
    """What a reader is told of: names of kinds, of which all events, or those that name one of the brands, the creator, or the key."""

    always: tuple[str, ...] = ()
    of_brands: tuple[str, ...] = ()
    brands: tuple[str, ...] = ()
    of_creator: tuple[str, ...] = ()
    creator: str | None = None
    of_key: tuple[str, ...] = ()
    key: str | None = None

    @property
    def parameters(self) -> Mapping[str, Any]:
        """The same as parameters of a query."""
        lists = {name: list(getattr(self, name)) for name in ("always", "of_brands", "brands", "of_creator", "of_key")}
        return {**lists, "creator": self.creator, "key": self.key}


EVERYTHING: Final = Told(always=tuple(KINDS))


@dataclass(frozen=True, slots=True)
class News:
    """Events, and the number of the newest of all when they were read: whoever has them need not look again before there are more."""

    events: tuple[Recorded, ...]
    newest: int


_TOLD: Final[LiteralString] = """(event.name IN $always
  OR event.name IN $of_brands AND event.brandId IN $brands
  OR event.name IN $of_creator AND event.creatorId = $creator
  OR event.name IN $of_key AND event.keyId = $key)"""

# The newest is asked of the index: a commit shows there last, after its numbers on nodes, and before the next is numbered.
AFTER: Final[LiteralString] = f"""
OPTIONAL MATCH (state:State {{id: 'data'}})
WITH coalesce(head(COLLECT {{
  MATCH (event:DomainEvent)
  WHERE event.id > 0
  RETURN event.id AS number
  ORDER BY event.id DESC
  LIMIT 1
}}), CASE WHEN state.events > 1 THEN state.events ELSE 0 END) AS newest // none that shows: all are forgotten, or the first does not yet
OPTIONAL MATCH (next:DomainEvent {{id: $number + 1}})
RETURN newest, next IS NOT NULL OR $number = newest AS known, COLLECT {{
  MATCH (event:DomainEvent)
  WHERE $number < event.id <= newest AND {_TOLD}
  RETURN event
  ORDER BY event.id
  LIMIT $first
}} AS events
"""

NEWEST: Final[LiteralString] = f"""
MATCH (event:DomainEvent)
WHERE event.id > 0 AND {_TOLD}
RETURN event.id AS number
ORDER BY event.id DESC
LIMIT 1
"""


async def news_after(driver: AsyncDriver, number: int, told: Told, *, first: int, database: str = "neo4j") -> News:
    """Return the first events after a number that a reader is told of.

    EventsForgotten where the number is not this graph's, or events after it are no longer kept.
    """
    async with reading(driver, database) as session:
        row = await (await session.run(AFTER, number=number, first=first, **told.parameters)).single(strict=True)
    if not row["known"]:
        raise EventsForgotten(f"event {number + 1} is no longer kept; read what there is now, and follow from the newest number")
    return News(tuple(recorded(each) for each in row["events"]), row["newest"])


async def newest_told(driver: AsyncDriver, told: Told, *, database: str = "neo4j") -> int:
    """Return the number of the newest event that a reader is told of, 0 where there is none."""
    async with reading(driver, database) as session:
        row = await (await session.run(NEWEST, dict(told.parameters))).single()
    return 0 if row is None else int(row["number"])


async def events_after(driver: AsyncDriver, number: int, *, first: int = FETCHED, database: str = "neo4j") -> list[Recorded]:
    """Return the events of all kinds after a number, as `news_after` does for one reader."""
    return list((await news_after(driver, number, EVERYTHING, first=first, database=database)).events)


async def followed(driver: AsyncDriver, number: int, *, database: str = "neo4j") -> AsyncIterator[Recorded]:
    """Yield every event after a number that there is by now, however many."""
    while True:
        found = await events_after(driver, number, database=database)
        for each in found:
            yield each
        if len(found) < FETCHED:
            return
        number = found[-1].number

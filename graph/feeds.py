"""The outbox as one reader is told of it: the events that concern them, in order, after any number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, LiteralString

from neo4j import AsyncDriver

from graph.connection import reading
from graph.outbox import EventsForgotten, Recorded, recorded


@dataclass(frozen=True, slots=True)
class Told:
    """What a reader is told of: names of kinds, of which all events, or those that name one of the brands, or the creator."""

    always: tuple[str, ...] = ()
    of_brands: tuple[str, ...] = ()
    brands: tuple[str, ...] = ()
    of_creator: tuple[str, ...] = ()
    creator: str | None = None

    @property
    def parameters(self) -> Mapping[str, Any]:
        """The same as parameters of a query."""
        lists = {name: list(getattr(self, name)) for name in ("always", "of_brands", "brands", "of_creator")}
        return {**lists, "creator": self.creator}


@dataclass(frozen=True, slots=True)
class News:
    """Events, and the number of the newest of all when they were read: whoever has them need not look again before there are more."""

    events: tuple[Recorded, ...]
    newest: int


_TOLD: Final[LiteralString] = """(event.name IN $always
  OR event.name IN $of_brands AND event.brandId IN $brands
  OR event.name IN $of_creator AND event.creatorId = $creator)"""

AFTER: Final[LiteralString] = f"""
OPTIONAL MATCH (state:State {{id: 'data'}})
WITH coalesce(state.events, 0) AS newest
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
        raise EventsForgotten(f"the events after number {number} are no longer kept")
    return News(tuple(recorded(each) for each in row["events"]), row["newest"])


async def newest_told(driver: AsyncDriver, told: Told, *, database: str = "neo4j") -> int:
    """Return the number of the newest event that a reader is told of, 0 where there is none."""
    async with reading(driver, database) as session:
        row = await (await session.run(NEWEST, dict(told.parameters))).single()
    return 0 if row is None else int(row["number"])

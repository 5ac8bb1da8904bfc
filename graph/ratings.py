"""Brands' ratings of collaborations."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Final, LiteralString, NamedTuple

from neo4j import AsyncManagedTransaction

from graph.outbox import COLLABORATION_RATED, Event, record

RATEABLE: Final = ("ACCEPTED", "DELIVERED", "FAILED")


@dataclass(frozen=True, slots=True)
class Rating:
    """What one of `brands` says of a collaboration: 1 to 5 stars, and a note for themselves and the creator."""

    collaboration: str
    brands: tuple[str, ...]
    stars: int
    note: str | None = None


class Rated(NamedTuple):
    """A collaboration as it is after rating; `rateable` False where its status forbade it."""

    status: str
    rateable: bool
    rating: float | None
    rated_at: int | None


RATED: Final[LiteralString] = """
MATCH (brand:Brand)-[:OFFERED]->(c:Collaboration {id: $collaboration})
WHERE brand.id IN $brands
WITH c, brand.id AS brand, (c.status IN $rateable OR coalesce(c.accepted, false)) AS rateable
LIMIT 1
SET c.rating = CASE WHEN rateable THEN $stars ELSE c.rating END
SET c.ratedAt = CASE WHEN rateable THEN $now ELSE c.ratedAt END
SET c.ratingNote = CASE WHEN rateable THEN $note ELSE c.ratingNote END
SET c._rated = CASE WHEN rateable THEN true ELSE c._rated END // an import leaves alone what was rated here
RETURN c.status AS status, rateable, c.rating AS rating, c.ratedAt AS ratedAt, brand,
  head(COLLECT { MATCH (c)-[:WITH]->(creator:Creator) RETURN creator.id LIMIT 1 }) AS creator
"""

RATED_ALREADY: Final[LiteralString] = """
MATCH (brand:Brand)-[:OFFERED]->(c:Collaboration {id: $collaboration})
WHERE brand.id IN $brands AND c.rating = $stars AND coalesce(c.ratingNote, '') = coalesce($note, '')
RETURN c.status AS status, true AS rateable, c.rating AS rating, c.ratedAt AS ratedAt
LIMIT 1
"""


async def rated(tx: AsyncManagedTransaction, rating: Rating, *, now: int) -> Rated | None:
    """Rate a collaboration of one of the brands; None where they have none of this id.

    The same rating again changes nothing, also not the time at which it was given.
    """
    values = asdict(rating) | {"stars": float(rating.stars), "brands": list(rating.brands)}
    found = await (await tx.run(RATED_ALREADY, values)).single()
    if found is None:
        found = await (await tx.run(RATED, values | {"now": now, "rateable": list(RATEABLE)})).single()
        if found is not None and found["rateable"]:
            event = Event(
                COLLABORATION_RATED, rating.collaboration, {"rating": rating.stars}, brand=found["brand"], creator=found["creator"]
            )
            await record(tx, event, at=now)
    return None if found is None else Rated(found["status"], found["rateable"], found["rating"], found["ratedAt"])

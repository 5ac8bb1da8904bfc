"""Creators whom a brand wants to invite: a list that all keys of the brand share, and what came of each in the graph."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final, LiteralString, NamedTuple

from neo4j import AsyncManagedTransaction

from graph.errors import GraphError
from graph.outbox import PROSPECTS_ADDED, PROSPECTS_CHANGED, PROSPECTS_REMOVED, Event, record
from graph.recommendations.reading import Reading
from graph.rights.objections import rateable

MOST_PROSPECTS: Final = 1_000
"""A brand's."""


class TooManyProspects(GraphError):
    """A brand has as many creators on its list as it may."""


class Prospect(NamedTuple):
    """A creator on a brand's list, by their own ids; times are Unix seconds.

    `invitation` is the newest invitation since they were added, with its `status`; `earlier` counts collaborations from before.
    """

    brand: str
    creator: str
    note: str | None
    product: str | None
    added_at: int
    updated_at: int
    invitation: str | None
    status: str | None
    earlier: int

    @property
    def id(self) -> str:
        """What tells it from all others."""
        return f"{self.brand}|{self.creator}"


PROSPECTS: Final[LiteralString] = """
UNWIND $of AS brand
MATCH (p:Prospect {brandId: brand})
WHERE $creators IS NULL OR p.creatorId IN $creators
MATCH (c:Creator {id: p.creatorId})
WHERE $regions IS NULL OR c.region IN $regions
CALL (p, c) {
  OPTIONAL MATCH (:Brand {id: p.brandId})-[:OFFERED]->(k:Collaboration)-[:WITH]->(c)
  WITH p, k
  ORDER BY k.offeredAt DESC, k.id
  RETURN head(collect(CASE WHEN k.kind IN ['TARGETED', 'CAMPAIGN'] AND k.offeredAt >= p.addedAt THEN k END)) AS invitation,
    count(CASE WHEN k.offeredAt < p.addedAt THEN 1 END) AS earlier
}
RETURN p.brandId AS brand, p.creatorId AS creator, p.note AS note, p.productId AS product, p.addedAt AS addedAt, p.updatedAt AS updatedAt,
  invitation.id AS invitation, invitation.status AS status, earlier
ORDER BY addedAt DESC, p.id
LIMIT 100000
"""


async def prospects(reading: Reading, brands: Collection[str], *, creators: Sequence[str] | None = None) -> list[Prospect]:
    """Return the creators on the lists of some brands, those added last first; of `creators` alone, if they are given.

    Ask only for brands whose ties the reader sees; creators whom the reader may not see are left out.
    """
    named = None if creators is None else list(creators)
    return [Prospect(*row) for row in await reading.rows(PROSPECTS, of=sorted(brands), creators=named)]


BRANDS_WITH_PROSPECTS: Final[LiteralString] = """
MATCH (p:Prospect)
WHERE $brands IS NULL OR p.brandId IN $brands
RETURN DISTINCT p.brandId AS brand
ORDER BY brand
LIMIT 100000
"""


async def brands_with_prospects(reading: Reading) -> list[str]:
    """Return the brands with a list that the reader may see."""
    return [brand for (brand,) in await reading.rows(BRANDS_WITH_PROSPECTS)]


@dataclass(frozen=True, slots=True)
class Addition:
    """Creators to put on a brand's list, each with the note and the product."""

    brand: str
    creators: Sequence[str]
    note: str | None = None
    product: str | None = None


LOCKED: Final[LiteralString] = """
MATCH (brand:Brand {id: $brand})
SET brand.id = brand.id // takes the lock, so that of two who write at once the second counts the first's
WITH brand
RETURN COUNT { MATCH (p:Prospect {brandId: brand.id}) } AS count,
  COLLECT { MATCH (p:Prospect {brandId: brand.id}) WHERE p.creatorId IN $creators RETURN p.creatorId } AS listed
"""

ADDED: Final[LiteralString] = """
UNWIND $creators AS creator
CREATE (:Prospect {id: $brand + '|' + creator, brandId: $brand, creatorId: creator, note: $note, productId: $product,
                   addedAt: $now, updatedAt: $now})
"""


async def added(tx: AsyncManagedTransaction, addition: Addition, *, now: int) -> list[str] | None:
    """Put creators on a brand's list and return those who were not on it before; None where there is no such brand.

    Left out are those who are not there, or object to being rated. TooManyProspects where the list would be too long.
    """
    there = await rateable(tx, addition.creators)
    found = await (await tx.run(LOCKED, brand=addition.brand, creators=list(addition.creators))).single()
    if found is None:
        return None
    new = [each for each in addition.creators if each in there and each not in found["listed"]]
    if found["count"] + len(new) > MOST_PROSPECTS:
        raise TooManyProspects(f"the brand has {found['count']:,} creators on its list of at most {MOST_PROSPECTS:,}; remove some first")
    values = {"brand": addition.brand, "creators": new, "note": addition.note, "product": addition.product, "now": now}
    await (await tx.run(ADDED, values)).consume()
    if new:
        await record(tx, Event(PROSPECTS_ADDED, addition.brand, {"count": len(new)}, brand=addition.brand), at=now)
    return new


SELLS: Final[LiteralString] = """
RETURN EXISTS { MATCH (:Brand {id: $brand})-[:SELLS]->(:Product {id: $product}) } AS sells
"""


async def sells(reading: Reading, brand: str, product: str) -> bool:
    """Tell whether a brand sells a product."""
    ((found,),) = await reading.rows(SELLS, brand=brand, product=product)
    return found


PROSPECT: Final[LiteralString] = """
MATCH (p:Prospect {id: $id})
SET p._locked = true // takes the lock before the note is read
REMOVE p._locked
RETURN p.note AS note, p.productId AS product
"""

UPDATED: Final[LiteralString] = """
MATCH (p:Prospect {id: $id})
SET p.note = $note, p.productId = $product, p.updatedAt = $now
"""


@dataclass(frozen=True, slots=True)
class Change:
    """What of a prospect is to be otherwise: by name, `note` or `product`; None takes it away, and what is not named stays."""

    brand: str
    creator: str
    values: dict[str, str | None]


async def updated(tx: AsyncManagedTransaction, change: Change, *, now: int) -> bool:
    """Change note or product of a creator on a brand's list; the same again changes nothing. False where they are not on it."""
    id_ = f"{change.brand}|{change.creator}"
    found = await (await tx.run(PROSPECT, id=id_)).single()
    if found is None:
        return False
    before = {name: found[name] for name in ("note", "product")}
    after = before | change.values
    if after != before:
        await (await tx.run(UPDATED, {"id": id_, "now": now, **after})).consume()
        await record(tx, Event(PROSPECTS_CHANGED, change.brand, brand=change.brand), at=now)
    return True


REMOVED: Final[LiteralString] = """
UNWIND $creators AS creator
MATCH (p:Prospect {id: $brand + '|' + creator})
DELETE p
RETURN creator
ORDER BY creator
"""


async def removed(tx: AsyncManagedTransaction, brand: str, creators: Collection[str]) -> list[str]:
    """Take creators off a brand's list and return those who were on it."""
    gone = [row["creator"] async for row in await tx.run(REMOVED, brand=brand, creators=sorted(creators))]
    if gone:
        await record(tx, Event(PROSPECTS_REMOVED, brand, {"count": len(gone)}, brand=brand))
    return gone

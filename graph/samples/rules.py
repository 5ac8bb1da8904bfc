"""Rules by which brands decide applications, as they are kept; shared by all keys of the brand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Final, LiteralString

from neo4j import AsyncManagedTransaction

from graph.outbox import SAMPLE_RULE_DELETED, SAMPLE_RULE_SAVED, Event, record
from graph.recommendations.reading import Reading

MOST_RULES: Final = 50
"""Of one brand."""


@dataclass(frozen=True, slots=True)
class StoredRule:
    """A rule: `contents` is JSON of conditions and terms, of which equal wishes give equal text; `on` marks the inbox with its verdicts."""

    id: str
    brand: str
    name: str
    contents: str
    on: bool
    created_at: int
    updated_at: int


RULES: Final[LiteralString] = """
MATCH (r:SampleRule)
WHERE ($brands IS NULL OR r.brandId IN $brands) AND ($brand IS NULL OR r.brandId = $brand) AND ($id IS NULL OR r.id = $id)
RETURN r.id AS id, r.brandId AS brand, r.name AS name, r.contents AS contents, r.on AS on, r.createdAt AS created, r.updatedAt AS updated
ORDER BY created, id
LIMIT 10000
"""

OTHERS: Final[LiteralString] = """
MATCH (b:Brand {id: $brand})
SET b.id = b.id // takes the lock, so that of two who write at once the second counts the first's
WITH b
OPTIONAL MATCH (r:SampleRule {brandId: b.id})
RETURN count(DISTINCT b) AS brands, sum(CASE WHEN r.id <> $id THEN 1 ELSE 0 END) AS others,
  head(collect(CASE WHEN r.id = $id THEN r {.name, .contents, .on} END)) AS own
"""

SAVED: Final[LiteralString] = """
OPTIONAL MATCH (other:SampleRule {brandId: $brand})
WHERE $on AND other.id <> $id
SET other.on = false
WITH count(other) AS others
MERGE (r:SampleRule {id: $id})
ON CREATE SET r.brandId = $brand, r.createdAt = $now
SET r.name = $name, r.contents = $contents, r.on = $on, r.updatedAt = $now
"""

DELETED: Final[LiteralString] = """
MATCH (r:SampleRule {id: $id})
WHERE $brands IS NULL OR r.brandId IN $brands
WITH r, r.brandId AS brand
DELETE r
RETURN brand
"""


async def rules(reading: Reading, *, brand: str | None = None, id_: str | None = None) -> list[StoredRule]:
    """Return the rules that the reader may see, of one brand or with one id, the oldest first."""
    return [StoredRule(*row) for row in await reading.rows(RULES, brand=brand, id=id_)]


async def rules_saved(tx: AsyncManagedTransaction, rule: StoredRule, *, now: int) -> bool | None:
    """Keep a rule, new or changed; of a brand's rules one at most is on. False where the brand has too many, None where it is not there.

    The same again changes nothing.
    """
    found = await (await tx.run(OTHERS, brand=rule.brand, id=rule.id)).single()
    assert found is not None, "a count of nothing is a row, too"
    if not found["brands"]:
        return None
    if found["own"] is None and found["others"] >= MOST_RULES:
        return False
    if found["own"] == {"name": rule.name, "contents": rule.contents, "on": rule.on}:
        return True
    await (await tx.run(SAVED, asdict(rule) | {"now": now})).consume()
    await record(tx, Event(SAMPLE_RULE_SAVED, rule.id, {"on": rule.on}, brand=rule.brand), at=now)
    return True


async def rules_deleted(tx: AsyncManagedTransaction, id_: str, *, brands: Sequence[str] | None) -> bool:
    """Remove a rule of one of the brands (None: of any); False where there is no such one."""
    found = await (await tx.run(DELETED, id=id_, brands=None if brands is None else list(brands))).single()
    if found is None:
        return False
    await record(tx, Event(SAMPLE_RULE_DELETED, id_, brand=found["brand"]))
    return True

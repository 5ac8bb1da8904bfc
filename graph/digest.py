"""A fingerprint of everything that the graph holds, to compare two graphs by."""

import hashlib
from collections.abc import Collection, Sequence
from typing import Final, LiteralString, cast

from neo4j import AsyncDriver, AsyncSession

from graph.connection import reading

BOOKKEEPING: Final = ("Lock",)
BYTES: Final = 16

ALL_NODES: Final[LiteralString] = """
MATCH (n)
WHERE none(label IN labels(n) WHERE label IN $ignored)
RETURN labels(n) AS labels, properties(n) AS properties
"""

ALL_RELATIONSHIPS: Final[LiteralString] = """
MATCH (a)-[r]->(b)
WHERE none(label IN labels(a) + labels(b) WHERE label IN $ignored)
RETURN
  type(r) AS type,
  properties(r) AS properties,
  labels(a) AS sourceLabels,
  coalesce(a.id, properties(a)) AS source,
  labels(b) AS targetLabels,
  coalesce(b.id, properties(b)) AS target
"""


async def content_digest(driver: AsyncDriver, *, ignoring: Collection[str] = BOOKKEEPING, database: str = "neo4j") -> str:
    """Return a digest that two databases share exactly when they hold the same nodes and relationships.

    Order and the engine's own ids play no part: each element is hashed alone and the hashes are added up, so
    memory does not grow and duplicates count. Nodes without an `id` stand for themselves by their properties.
    """
    async with reading(driver, database, fetch_size=2000) as session:
        nodes, node_sum = await _summed(session, ALL_NODES, ignoring, labels=(0,))
        relationships, relationship_sum = await _summed(session, ALL_RELATIONSHIPS, ignoring, labels=(2, 4))
    return f"{nodes}-{relationships}-{node_sum:0{BYTES * 2}x}{relationship_sum:0{BYTES * 2}x}"


async def _summed(session: AsyncSession, query: LiteralString, ignoring: Collection[str], *, labels: Collection[int]) -> tuple[int, int]:
    """Return how many rows the query has, and the sum of their hashes; `labels` are the columns whose order means nothing."""
    result = await session.run(query, ignored=list(ignoring))
    count = total = 0
    async for record in result:
        count += 1
        total += _hashed([sorted(value) if place in labels else value for place, value in enumerate(record.values())])
    return count, total % (1 << (BYTES * 8))


def _hashed(value: object) -> int:
    return int.from_bytes(hashlib.blake2b(_canonical(value).encode(), digest_size=BYTES).digest())


def _canonical(value: object) -> str:
    """Return a text that tells 1 from 1.0 and from "1", with the keys of maps in order."""
    if isinstance(value, dict):
        parts = cast("dict[str, object]", value)
        return "{" + ",".join(f"{key!r}:{_canonical(parts[key])}" for key in sorted(parts)) + "}"
    if isinstance(value, list | tuple):
        return "[" + ",".join(map(_canonical, cast("Sequence[object]", value))) + "]"
    return f"{type(value).__name__}:{value!r}"

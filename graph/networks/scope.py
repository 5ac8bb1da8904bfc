"""A bounded part of the graph as weighted pairs, for measures that look at all of it at once."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final, LiteralString

import numpy as np
from neo4j import AsyncDriver, Query
from neo4j.exceptions import Neo4jError
from numpy.typing import NDArray

from graph.connection import reading
from graph.dates import DAY
from graph.errors import GraphError
from graph.expressions import kept_share_of_sums, net_sales
from graph.queries.failures import failed

ROWS_A_MESSAGE: Final = 20_000


class ScopeTooLarge(GraphError):
    """There are more nodes or pairs than may be read; both numbers are at hand."""

    def __init__(self, message: str, *, nodes: int, pairs: int) -> None:
        """Keep the scope's size beside the message."""
        super().__init__(message)
        self.nodes, self.pairs = nodes, pairs


class Pairing(StrEnum):
    """Which nodes are paired, and what a pair weighs."""

    CREATOR_BRAND = "CREATOR_BRAND"
    CREATOR_PRODUCT = "CREATOR_PRODUCT"
    MENTIONS = "MENTIONS"
    CO_PROMOTION = "CO_PROMOTION"

    @property
    def kinds(self) -> tuple[str, str]:
        """Labels of the nodes that an edge leads from and to."""
        return {"CREATOR_BRAND": ("Brand", "Creator"), "CREATOR_PRODUCT": ("Product", "Creator")}.get(self, ("Creator", "Creator"))


@dataclass(frozen=True, slots=True)
class Scope:
    """What is read: `category` (with what is below it) bounds products, `regions` and `brand` bound creators, `days` the time.

    `run` names the scoring run whose ties count, `until` ends the time; without `days` the whole history counts.
    """

    pairing: Pairing
    run: str
    until: int
    days: int | None = None
    category: str | None = None
    regions: tuple[str, ...] | None = None
    brand: str | None = None
    min_weight: float = 0.0

    @property
    def parameters(self) -> dict[str, Any]:
        """The scope as values of the queries."""
        return {
            "run": self.run,
            "since": 0 if self.days is None else self.until // DAY * DAY - self.days * DAY,
            "until": self.until // DAY * DAY,
            "category": self.category,
            "regions": None if self.regions is None else list(self.regions),
            "brand": self.brand,
            "minWeight": 0.0 if self.pairing is Pairing.CO_PROMOTION else self.min_weight,
        }


@dataclass(frozen=True, slots=True)
class Bounds:
    """Nodes and pairs that may be read at most, and how long the database may take."""

    nodes: int
    pairs: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Pairs:
    """Weighted pairs, each once, as numbers of `sources` and `targets`, which are own ids; `one_kind` where both are the same ids."""

    sources: tuple[str, ...]
    targets: tuple[str, ...]
    source: NDArray[np.int64]
    target: NDArray[np.int64]
    weight: NDArray[np.float64]
    one_kind: bool = False

    @property
    def nodes(self) -> int:
        """Number of nodes."""
        return len(self.sources) + (0 if self.one_kind else len(self.targets))


TIES: Final[LiteralString] = """
MATCH (c:Creator)-[tie:COLLABORATED_WITH {runId: $run}]->(b:Brand)
WHERE ($regions IS NULL OR c.region IN $regions)
  AND ($brand IS NULL OR EXISTS { (c)-[:COLLABORATED_WITH {runId: $run}]->(:Brand {id: $brand}) })
  AND ($category IS NULL OR EXISTS {
    (b)-[:SELLS]->(:Product)-[:IN_CATEGORY]->(:Category)-[:CHILD_OF*0..]->(:Category {id: $category})
  })
WITH b.id AS source, c.id AS target, tie.times + CASE WHEN tie.gmvUsd > 0 THEN tie.gmvUsd ELSE 0.0 END AS weight
WHERE weight >= $minWeight
RETURN source, target, weight
"""

WORK: Final[LiteralString] = """
CALL () {
  MATCH (s:Sale)-[:OF]->(p:Product)<-[:SELLS]-(b:Brand)
  WHERE s.at >= $since AND s.at < $until AND s.status <> 'NO_SALE'
    AND ($category IS NULL OR EXISTS { (p)-[:IN_CATEGORY]->(:Category)-[:CHILD_OF*0..]->(:Category {id: $category}) })
  MATCH (s)-[:CREDITED_TO]->(c:Creator)
  RETURN b, c, {net} AS part
  UNION ALL
  MATCH (b:Brand)-[:OFFERED]->(k:Collaboration)-[:WITH]->(c:Creator)
  WITH b, k, c, coalesce(k.answeredAt, k.offeredAt, k.deliveredAt) AS at
  WHERE at >= $since AND at < $until AND (k.status IN ['ACCEPTED', 'DELIVERED', 'FAILED']
    OR coalesce(k.accepted, false) AND k.status <> 'DECLINED')
    AND ($category IS NULL OR EXISTS {
      (k)-[:PROMOTES]->(:Product)-[:IN_CATEGORY]->(:Category)-[:CHILD_OF*0..]->(:Category {id: $category})
    })
  RETURN b, c, 1.0 AS part
}
WITH b, c, sum(part) AS weight
WHERE weight > 0 AND weight >= $minWeight AND ($regions IS NULL OR c.region IN $regions)
  AND NOT EXISTS { MATCH (:Objection {id: c.id}) }
  AND ($brand IS NULL OR EXISTS { (c)-[:COLLABORATED_WITH {runId: $run}]->(:Brand {id: $brand}) })
RETURN b.id AS source, c.id AS target, weight
""".replace("{net}", net_sales("s"))

PROMOTED: Final[LiteralString] = """
CALL () {
  MATCH (c:Creator)-[:PUBLISHED]->(t:Content)-[f:FEATURES]->(p:Product)
  WHERE t.publishedAt >= $since AND t.publishedAt < $until AND ($regions IS NULL OR c.region IN $regions)
  RETURN p, c, CASE
    WHEN coalesce(f.gmvUsd, 0.0) <= 0 OR EXISTS { (t)<-[:THROUGH]-(:Sale)-[:OF]->(p) } THEN 0.0
    ELSE f.gmvUsd * {kept}
  END AS part
  UNION ALL
  MATCH (s:Sale)-[:CREDITED_TO]->(c:Creator)
  WHERE s.at >= $since AND s.at < $until AND s.status <> 'NO_SALE' AND ($regions IS NULL OR c.region IN $regions)
  MATCH (s)-[:OF]->(p:Product)
  RETURN p, c, {net} AS part
}
WITH p, c, 1.0 + sum(part) AS weight
WHERE weight >= $minWeight AND NOT EXISTS { MATCH (:Objection {id: c.id}) }
  AND ($category IS NULL OR EXISTS { (p)-[:IN_CATEGORY]->(:Category)-[:CHILD_OF*0..]->(:Category {id: $category}) })
  AND ($brand IS NULL OR EXISTS { (c)-[:COLLABORATED_WITH {runId: $run}]->(:Brand {id: $brand}) })
RETURN p.id AS source, c.id AS target, weight
""".replace("{net}", net_sales("s")).replace("{kept}", kept_share_of_sums("f"))

MENTIONED: Final[LiteralString] = """
MATCH (a:Creator)-[:PUBLISHED]->(t:Content)-[:MENTIONS]->(c:Creator)
WHERE t.publishedAt >= $since AND t.publishedAt < $until AND a <> c
  AND ($regions IS NULL OR a.region IN $regions AND c.region IN $regions)
  AND ($category IS NULL OR EXISTS {
    (t)-[:FEATURES]->(:Product)-[:IN_CATEGORY]->(:Category)-[:CHILD_OF*0..]->(:Category {id: $category})
  })
  AND ($brand IS NULL OR EXISTS { (a)-[:COLLABORATED_WITH {runId: $run}]->(:Brand {id: $brand}) }
    AND EXISTS { (c)-[:COLLABORATED_WITH {runId: $run}]->(:Brand {id: $brand}) })
WITH a, c, toFloat(count(*)) AS weight
WHERE weight >= $minWeight AND NOT EXISTS { MATCH (:Objection {id: a.id}) } AND NOT EXISTS { MATCH (:Objection {id: c.id}) }
RETURN a.id AS source, c.id AS target, weight
"""


def _cypher(scope: Scope) -> LiteralString:
    """Return the query of a scope; what creators promote is read for co-promotion too, and paired by who asks."""
    if scope.pairing is Pairing.CREATOR_BRAND:
        return TIES if scope.days is None else WORK
    return MENTIONED if scope.pairing is Pairing.MENTIONS else PROMOTED


@dataclass(slots=True)
class _Codes:
    """Numbers for ids in the order of their first appearance."""

    numbers: dict[str, int] = field(default_factory=dict[str, int])

    def of(self, id_: str) -> int:
        return self.numbers.setdefault(id_, len(self.numbers))


async def pairs(driver: AsyncDriver, scope: Scope, bounds: Bounds, *, database: str = "neo4j") -> Pairs:
    """Return a scope's pairs; nodes without any are not in it.

    ScopeTooLarge, telling the size, beyond the bounds; `graph.queries.errors` has the errors of a read that takes too
    long or too much memory.
    """
    columns = (_Codes(), _Codes(), array("q"), array("q"), array("d"))
    read = 0
    try:
        async with reading(driver, database, fetch_size=ROWS_A_MESSAGE) as session:
            async for row in await session.run(Query(_cypher(scope), timeout=bounds.seconds), scope.parameters):
                read += 1
                _put(columns, row.values(), counted=read > bounds.pairs)
    except Neo4jError as error:
        raise failed(error) from error
    return _within(_pairs(columns, one_kind=scope.pairing is Pairing.MENTIONS), read, bounds)


_Columns = tuple[_Codes, _Codes, "array[int]", "array[int]", "array[float]"]


def _put(columns: _Columns, row: Sequence[Any], *, counted: bool) -> None:
    """Keep a row; beyond the bounds its nodes are counted only."""
    sources, targets, source, target, weight = columns
    from_, to = sources.of(row[0]), targets.of(row[1])
    if not counted:
        source.append(from_)
        target.append(to)
        weight.append(row[2])


def _pairs(columns: _Columns, *, one_kind: bool) -> Pairs:
    """Return the columns as pairs in the order of ids, so that the same scope gives the same numbers."""
    sources, targets, source, target, weight = columns
    one, other = (sources.numbers, targets.numbers)
    names = (sorted(one | other),) * 2 if one_kind else (sorted(one), sorted(other))
    places = [_places(codes, own) for codes, own in zip((one, other), names, strict=True)]
    from_, to = (place[np.array(column, dtype=np.int64)] for place, column in zip(places, (source, target), strict=True))
    order = np.lexsort((to, from_))
    return Pairs(tuple(names[0]), tuple(names[1]), from_[order], to[order], np.array(weight, dtype=np.float64)[order], one_kind)


def _places(codes: Mapping[str, int], names: Sequence[str]) -> NDArray[np.int64]:
    places = np.zeros(len(codes), dtype=np.int64)
    for place, name in enumerate(names):
        if name in codes:
            places[codes[name]] = place
    return places


def _within(found: Pairs, read: int, bounds: Bounds) -> Pairs:
    for count, most, what in ((read, bounds.pairs, "pairs"), (found.nodes, bounds.nodes, "nodes")):
        if count > most:
            message = f"this scope has {count:,} {what}; {most:,} are allowed: narrow it by category, regions, brand, window or minWeight"
            raise ScopeTooLarge(message, nodes=found.nodes, pairs=read)
    return found

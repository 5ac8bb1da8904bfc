"""What kept runs say of one creator: the stored scores, with the facts and the fit that they were computed from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, LiteralString

from neo4j import AsyncDriver

from graph.retrying import read_rows
from graph.runs.run import FIT


@dataclass(frozen=True, slots=True)
class KeptRun:
    """A run of which scorecards are kept."""

    id: str
    as_of: int
    formula_version: str
    names: tuple[str, ...]
    fact_names: tuple[str, ...]
    read_at: int
    """When what it was computed from had been read; of older runs when they began."""


@dataclass(frozen=True, slots=True)
class RatedCreator:
    """A creator's scorecard in one run; NaN is an unknown fact, None no value. `explained` and `exact` say what the viewer may see."""

    region: str
    values: tuple[float | None, ...]
    reasons: tuple[str, ...]
    facts: tuple[float, ...]
    explained: bool
    exact: bool


@dataclass(frozen=True, slots=True)
class Ratings:
    """Where to read, for how many seconds a query at most."""

    driver: AsyncDriver
    database: str
    seconds: float

    async def runs(self) -> list[KeptRun]:
        """Return the kept runs, the newest first."""
        return [KeptRun(row[0], row[1], row[2], tuple(row[3]), tuple(row[4]), row[5]) for row in await self._rows(RUNS)]

    async def fit(self, run: str, *, outward: bool = False) -> str | None:
        """Return a run's fit, or its outward fits by region; None where it is gone, or there are none."""
        rows = await self._rows(FIT, id=run)
        return rows[0][outward] if rows else None

    async def rated(self, card: str, run: KeptRun, bounds: Bounds) -> RatedCreator | None:
        """Return the scorecard of an id; None where the run has none."""
        rows = await self._rows(CARD, id=card, names=list(run.names), **bounds.parameters)
        if not rows:
            return None
        region, values, reasons, facts, explained, exact = rows[0]
        return RatedCreator(region, tuple(values), tuple(reasons), tuple(facts), explained, exact)

    async def events(self, creator: str, before: tuple[int, int], after: tuple[int, int]) -> tuple[Sequence[int], Sequence[int]]:
        """Return how many posts, collaborations and sales of a creator are in the span `after` and not in `before`, and the other way."""
        spans = {"from": before[0], "until": before[1], "start": after[0], "end": after[1]}
        spans |= {"low": min(before[0], after[0]), "high": max(before[1], after[1])}
        row = (await self._rows(EVENTS, creator=creator, **spans))[0]
        return row[0], row[1]

    async def _rows(self, query: LiteralString, **values: Any) -> list[list[Any]]:
        return await read_rows(self.driver, query, values, database=self.database, seconds=self.seconds)


@dataclass(frozen=True, slots=True)
class Bounds:
    """Whose scores the viewer may see explained, and whose exact sales: everyone's, a region's, one's own, or by consent."""

    everyone: bool
    regions: tuple[str, ...]
    creator: str | None
    exact: bool

    @property
    def parameters(self) -> dict[str, Any]:
        """The bounds as parameters of a query."""
        return {"everyone": self.everyone, "regions": list(self.regions), "me": self.creator, "exact": self.exact}


RUNS: Final[LiteralString] = """
MATCH (run:ScoringRun)
WHERE NOT coalesce(run.status, '') IN ['held', 'discarded']
RETURN run.id AS id, run.asOf AS asOf, run.formulaVersion AS formulaVersion, run.names AS names, run.factNames AS factNames,
  coalesce(run.readAt, run.startedAt, 0) AS readAt
ORDER BY id DESC
LIMIT 1000
"""

CARD: Final[LiteralString] = """
MATCH (card:Scorecard {id: $id})-[:RATES]->(c:Creator)
WHERE card.facts IS NOT NULL
RETURN card.region AS region, [name IN $names | card[name]] AS values, card.reasons AS reasons, card.facts AS facts,
  $everyone OR c.region IN $regions OR coalesce(c.id = $me, false) AS explained,
  $exact OR coalesce(c.id = $me, false) OR coalesce(c.salesConsent, false) AS exact
"""

EVENTS: Final[LiteralString] = """
MATCH (c:Creator {id: $creator})
WITH [
  COLLECT { MATCH (c)-[:PUBLISHED]->(t:Content) WHERE t.publishedAt >= $low AND t.publishedAt < $high RETURN t.publishedAt },
  COLLECT { MATCH (c)<-[:WITH]-(k:Collaboration) WHERE k.offeredAt >= $low AND k.offeredAt < $high RETURN k.offeredAt },
  COLLECT { MATCH (c)<-[:CREDITED_TO]-(s:Sale) WHERE s.at >= $low AND s.at < $high RETURN s.at },
  COLLECT { MATCH (c)<-[:ABOUT]-(r:Report) WHERE r.at >= $low AND r.at < $high RETURN r.at }
] AS kinds
RETURN
  [times IN kinds | size([at IN times WHERE $start <= at < $end AND NOT $from <= at < $until])] AS entered,
  [times IN kinds | size([at IN times WHERE $from <= at < $until AND NOT $start <= at < $end])] AS left
"""

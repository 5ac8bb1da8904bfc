"""Whom a brief may mean: creators with their scorecards, as columns, and who works with whom already."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, LiteralString, NamedTuple

import numpy as np
from numpy.typing import NDArray

from graph.recommendations.reading import Reading
from graph.runs import WINDOW, WORLD, scope_key
from graph.runs.run import Run

BATCH: Final = 5_000
"""Scorecards of one query, by their places in the order that every scope has: none comes near the seconds that a query may take."""

Floats = NDArray[np.float64]


class Creators(NamedTuple):
    """Creators whom the reader may see, by id; columns of one length."""

    id: tuple[str, ...]
    region: tuple[str, ...]
    followers: Floats
    consent: tuple[bool, ...]


class Cards(NamedTuple):
    """The scorecards of one category over 90 days: each creator's row, then [rows × indicators] and [rows × facts]; NaN is null."""

    row: dict[str, int]
    value: Floats
    low: Floats
    high: Floats
    facts: Floats


CREATORS: Final[LiteralString] = """
MATCH (c:Creator)
WHERE ($regions IS NULL OR c.region IN $regions) AND NOT EXISTS { MATCH (:Objection {id: c.id}) }
WITH c
ORDER BY c.id
RETURN collect(c.id) AS ids, collect(c.region) AS regions, collect(coalesce(c.followerCount, -1)) AS followers,
  collect(coalesce(c.salesConsent, false)) AS consent
"""


async def creators(reading: Reading) -> Creators:
    """Return all creators that the reader may see and who do not object to being rated; followers are NaN where unknown.

    One record with a list for each column: the driver takes 40 µs for each record, however short.
    """
    ((ids, regions, counts, consent),) = await reading.rows(CREATORS)
    followers = np.array(counts, dtype=np.float64)
    followers[followers < 0] = np.nan
    return Creators(tuple(ids), tuple(regions), followers, tuple(consent))


CARDS: Final[LiteralString] = """
MATCH (card:Scorecard)
WHERE card.world = $world AND $start <= card.overallWorldOrdinal < $end
WITH card, card.facts AS facts
RETURN collect(card.creatorId) AS creators, collect([name IN $names | card[name]]) AS value, collect(card.lows) AS low,
  collect(card.highs) AS high, collect([place IN $places | facts[place]]) AS facts
"""


async def cards(reading: Reading, run: Run, category: str, *, facts: Sequence[str]) -> Cards:
    """Return the run's scorecards of a category, `*` for everything, with the facts named; a fact that the run lacks is NaN.

    They hold creators of every region, since a run's cards never change and may be kept for all readers: whoever takes
    rows from them takes those of creators that the reader may see.
    """
    there = [run.fact_names.index(name) if name in run.fact_names else -1 for name in facts]
    names, places, world = list(run.names), [place for place in there if place >= 0], scope_key(run.cards, WINDOW, category, WORLD)
    cards, _ = run.totals.get(world, (0, {}))
    parts: list[list[Any]] = [[[], [], [], [], []]]
    for start in range(0, cards, BATCH):
        parts += await reading.rows(CARDS, world=world, start=start, end=start + BATCH, names=names, places=places)
    ids, *columns, known = ([each for part in parts for each in part[column]] for column in range(5))
    table = np.full((len(ids), len(facts)), np.nan)
    table[:, [column for column, place in enumerate(there) if place >= 0]] = _table(known, len(places))
    return Cards({id_: place for place, id_ in enumerate(ids)}, *(_table(each, len(names)) for each in columns), facts=table)


WORKED_WITH: Final[LiteralString] = """
MATCH (:Brand {id: $brand})<-[:COLLABORATED_WITH {runId: $run}]-(c:Creator)
WHERE $regions IS NULL OR c.region IN $regions
RETURN DISTINCT c.id AS id
"""


async def worked_with(reading: Reading, run: str, brand: str) -> set[str]:
    """Return the creators who work with a brand, as of a run; ask only where the reader sees the brand's ties."""
    return {id_ for (id_,) in await reading.rows(WORKED_WITH, run=run, brand=brand)}


EXCLUSIVE_TO: Final[LiteralString] = """
MATCH (b:Brand)<-[tie:COLLABORATED_WITH {runId: $run}]-(c:Creator)
WHERE b.id IN $to AND tie.lastAt >= $since AND ($regions IS NULL OR c.region IN $regions)
WITH DISTINCT c
WHERE NOT EXISTS {
  MATCH (c)-[other:COLLABORATED_WITH {runId: $run}]->(o:Brand)
  WHERE other.lastAt >= $since AND NOT o.id IN $to
}
RETURN c.id AS id
"""


async def exclusive_to(reading: Reading, run: str, brands: Sequence[str], *, since: int) -> set[str]:
    """Return the creators whose work since a time (Unix seconds) was all with these brands.

    It tells of ties with others, too: ask only where the reader sees all ties.
    """
    return {id_ for (id_,) in await reading.rows(EXCLUSIVE_TO, run=run, to=list(brands), since=since)}


AUDIENCES: Final[LiteralString] = """
UNWIND $creators AS id
MATCH (c:Creator {id: id})-[:HAS_AUDIENCE]->(a:Audience)
WHERE ($regions IS NULL OR c.region IN $regions) AND a.share IS NOT NULL
WITH id, a.dimension AS dimension, collect([a.bucket, a.share]) AS shares
RETURN collect([id, dimension, shares]) AS rows
"""

Audiences = dict[str, dict[str, dict[str, float]]]


async def audiences(reading: Reading, creators: Sequence[str]) -> Audiences:
    """Return shares by creator, dimension and bucket, of those whom the reader may see and of whom shares are known."""
    found: Audiences = {}
    ((rows,),) = await reading.rows(AUDIENCES, creators=list(creators))
    for creator, dimension, shares in rows:
        found.setdefault(creator, {})[dimension] = dict(shares)
    return found


SEEN: Final[LiteralString] = """
UNWIND $creators AS id
MATCH (c:Creator {id: id})
WHERE $regions IS NULL OR c.region IN $regions
RETURN id
"""


async def seen(reading: Reading, creators: Sequence[str]) -> list[str]:
    """Return those of the creators that exist and that the reader may see, each once, in their order."""
    asked = list(dict.fromkeys(creators))
    there = {id_ for (id_,) in await reading.rows(SEEN, creators=asked)}
    return [each for each in asked if each in there]


def _table(rows: list[list[float | None]], width: int) -> Floats:
    """Return rows as a table; None becomes NaN."""
    return np.array(rows, dtype=np.float64).reshape(len(rows), width)

"""What is known of creators beside the facts of a run: languages, audiences, what their products cost, and whom they have ever named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, LiteralString

import numpy as np

from graph.facts.arrays import ABSENT, Floats, Ints, Texts, codes, floats
from graph.facts.market import Market
from graph.facts.reading import Reader, by_id

DIMENSIONS: Final = {"AGE": "age", "GENDER": "gender", "LOCATION": "location"}
MOST_BUCKETS: Final = 64
"""Buckets of one dimension that are told apart, those that most creators have first."""


@dataclass(frozen=True, slots=True)
class Named:
    """Which creators have named which others in their content, over the whole history: each pair once, sorted, with how often."""

    source: Ints
    target: Ints
    times: Floats


@dataclass(frozen=True, slots=True)
class Beside:
    """One entry or row for each creator of the market, in its order; "", NaN and rows of zeros are unknown."""

    language: Texts
    audience: Mapping[str, Floats]
    price_usd: Floats
    """Of each product of the market, lowest price asked."""
    named: Named


LANGUAGES: Final[LiteralString] = """
UNWIND $ids AS id
MATCH (c:Creator {id: id})
RETURN collect(coalesce(c.language, '')) AS language
"""

PRICES: Final[LiteralString] = """
UNWIND $ids AS id
MATCH (p:Product {id: id})
RETURN collect(coalesce(p.priceUsd, -1.0)) AS price
"""

AUDIENCES: Final[LiteralString] = """
UNWIND $ids AS id
MATCH (c:Creator {id: id})-[:HAS_AUDIENCE]->(a:Audience)
WHERE a.share > 0 AND (a.at IS NULL OR a.at <= $asOf)
RETURN collect(c.id) AS creator, collect(a.dimension) AS dimension, collect(a.bucket) AS bucket, collect(a.share) AS share
"""

NAMED: Final[LiteralString] = """
UNWIND $ids AS id
MATCH (c:Creator {id: id})-[:PUBLISHED]->(t:Content)-[:MENTIONS]->(named:Creator)
WHERE t.publishedAt < $asOf AND named.id <> id
WITH id, named.id AS named, count(*) AS times
RETURN collect(id) AS source, collect(named) AS target, collect(times) AS times
"""


async def beside(reader: Reader, market: Market) -> Beside:
    """Return what is known beside the market, which must hold the graph's creators and products as they are."""
    people, goods, period = market.creators, market.catalogue, market.period
    ids = by_id(people.id.tolist(), period)
    languages = await reader.read(LANGUAGES, ids, lambda record: np.array(record["language"], dtype=np.str_))
    prices = await reader.read(PRICES, by_id(goods.product.tolist(), period), lambda record: floats(record["price"]))
    shares = await reader.read(AUDIENCES, ids, lambda record: _shares(record, people.positions))
    named = await reader.read(NAMED, ids, lambda record: _named(record, people.positions))
    price = np.concatenate([floats([]), *prices])
    return Beside(
        language=np.concatenate([np.empty(0, dtype=np.str_), *languages]),
        audience=_audience([each for part in shares for each in part], len(people.id)),
        price_usd=np.where(price > 0, price, np.nan),
        named=_pairs(named),
    )


Share = tuple[str, str, int, float]


def _shares(record: Mapping[str, Any], place: Mapping[str, int]) -> list[Share]:
    columns = (record["dimension"], record["bucket"], (place[each] for each in record["creator"]), record["share"])
    return list(zip(*columns, strict=True))


def _audience(shares: list[Share], creators: int) -> dict[str, Floats]:
    """Return a table for each dimension with a column for each bucket, in their order."""
    return {part: _table([each for each in shares if each[0] == dimension], creators) for dimension, part in DIMENSIONS.items()}


def _table(shares: list[Share], creators: int) -> Floats:
    counts: dict[str, int] = {}
    for _, bucket, _, _ in shares:
        counts[bucket] = counts.get(bucket, 0) + 1
    kept = sorted(sorted(counts, key=lambda bucket: (-counts[bucket], bucket))[:MOST_BUCKETS])
    column = {bucket: at for at, bucket in enumerate(kept)}
    table = np.zeros((creators, len(kept)))
    for _, bucket, creator, share in shares:
        if bucket in column:
            table[creator, column[bucket]] = share
    return table


def _named(record: Mapping[str, Any], place: Mapping[str, int]) -> tuple[Ints, Ints, Floats]:
    return codes(record["source"], place), codes(record["target"], place), floats(record["times"])


def _pairs(parts: list[tuple[Ints, Ints, Floats]]) -> Named:
    none = (np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64), floats([]))
    source, target, times = (np.concatenate(each) for each in zip(none, *parts, strict=True))
    known = (source != ABSENT) & (target != ABSENT)
    order = np.lexsort((target[known], source[known]))
    return Named(source[known][order], target[known][order], times[known][order])

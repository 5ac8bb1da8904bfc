"""What is known of creators beside the facts of a run: languages, audiences, what their products cost, and whom they have ever named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, LiteralString, TypeAlias

import numpy as np
from numpy.typing import NDArray

from graph.reader import Reader, by_id

Texts: TypeAlias = NDArray[np.str_]
Ints: TypeAlias = NDArray[np.int64]
Floats: TypeAlias = NDArray[np.float64]

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
    """One entry or row for each of `creator`, and of `product`, in their order; "", NaN and rows of zeros are unknown."""

    creator: Texts
    product: Texts
    language: Texts
    audience: Mapping[str, Floats]
    price_usd: Floats
    """Of each product the lowest price asked."""
    named: Named

    def of(self, creators: Texts, products: Texts) -> Beside:
        """Return what is known of some creators and products, ids that are among these, as if there were no others."""
        place = np.full(len(self.creator), -1, dtype=np.int64)
        rows, goods = (_places(there, wanted) for there, wanted in ((self.creator, creators), (self.product, products)))
        place[rows] = np.arange(len(rows))
        pairs = (place[self.named.source], place[self.named.target], self.named.times)
        audience = {name: table[rows] for name, table in self.audience.items()}
        return Beside(
            creator=creators,
            product=products,
            language=self.language[rows],
            audience={name: table[:, (table > 0).any(axis=0)] for name, table in audience.items()},
            price_usd=self.price_usd[goods],
            named=_pairs([pairs]),
        )


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
WHERE t.publishedAt < $asOf AND named.id <> id AND NOT t.id IN $struck
WITH id, named.id AS named, count(*) AS times
RETURN collect(id) AS source, collect(named) AS target, collect(times) AS times
"""


async def beside(reader: Reader, *, creators: Sequence[str], products: Sequence[str], as_of: int, out: Sequence[str] = ()) -> Beside:
    """Return what is known of creators and products, whose ids must be those that the graph holds; contents `out` are struck out."""
    ids, place = by_id(creators, as_of=as_of), {creator: at for at, creator in enumerate(creators)}
    languages = await reader.read(LANGUAGES, ids, lambda record: np.array(record["language"], dtype=np.str_))
    prices = await reader.read(PRICES, by_id(products, as_of=as_of), lambda record: _floats(record["price"]))
    shares = await reader.read(AUDIENCES, ids, lambda record: _shares(record, place))
    named = await reader.read(NAMED, [{**each, "struck": list(out)} for each in ids], lambda record: _named(record, place))
    price = np.concatenate([_floats([]), *prices])
    return Beside(
        creator=np.array(creators, dtype=np.str_),
        product=np.array(products, dtype=np.str_),
        language=np.concatenate([np.empty(0, dtype=np.str_), *languages]),
        audience=_audience([each for part in shares for each in part], len(creators)),
        price_usd=np.where(price > 0, price, np.nan),
        named=_pairs(named),
    )


def _places(there: Texts, wanted: Texts) -> Ints:
    """Return where ids stand among those that are there."""
    order = np.argsort(there)
    return order[np.searchsorted(there, wanted, sorter=order)].astype(np.int64)


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
    source, target = (np.array([place.get(each, -1) for each in record[name]], dtype=np.int64) for name in ("source", "target"))
    return source, target, _floats(record["times"])


def _pairs(parts: list[tuple[Ints, Ints, Floats]]) -> Named:
    none = (np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64), _floats([]))
    source, target, times = (np.concatenate(each) for each in zip(none, *parts, strict=True))
    known = (source >= 0) & (target >= 0)
    order = np.lexsort((target[known], source[known]))
    return Named(source[known][order], target[known][order], times[known][order])


def _floats(values: Sequence[float]) -> Floats:
    return np.array(values, dtype=np.float64)

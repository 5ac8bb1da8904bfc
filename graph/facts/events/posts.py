"""Videos and live streams of the longest window, and the products that they show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, LiteralString

import numpy as np

from graph.facts.arrays import ABSENT, Bools, Columns, Floats, Ints, Names, bools, codes, ints, known, ordered, stacked
from graph.facts.events.catalogue import Catalogue
from graph.facts.events.creators import Creators
from graph.facts.period import DAY, Period
from graph.facts.reading import Reader, by_time


@dataclass(frozen=True, slots=True)
class Posts:
    """Content, sorted by creator, time and numbers.

    Views and engagements are today's: the graph keeps no history of them. `name` numbers the content for joining.
    """

    name: Ints
    creator: Ints
    at: Ints
    live: Bools
    views: Floats
    engagements: Floats
    hours: Floats

    @property
    def day(self) -> Ints:
        """UTC days since 1970."""
        return self.at // DAY


@dataclass(frozen=True, slots=True)
class Features:
    """Products shown; `post` is the place of the content in `Posts`.

    Sums (`orders`, `gross`, `net`, `units`) are NaN where none are known at the as-of time, or where order lines of that
    content and product are known, so that nothing counts twice.
    """

    post: Ints
    product: Ints
    clicks: Floats
    orders: Floats
    units: Floats
    gross: Floats
    net: Floats


POSTS: Final[LiteralString] = """
MATCH (t:Content)
WHERE t.publishedAt >= $from AND t.publishedAt < $until
MATCH (t)<-[:PUBLISHED]-(c:Creator)
OPTIONAL MATCH (t)-[f:FEATURES]->(p:Product)
WITH t, c, f, p, CASE
  WHEN coalesce(f.gmvUsd, f.orders) IS NULL OR coalesce(f.seenAt, t.publishedAt) > $asOf THEN false
  ELSE NOT EXISTS { (t)<-[:THROUGH]-(s:Sale)-[:OF]->(p) WHERE coalesce(s.seenAt[0], s.at) <= $asOf }
END AS summed
RETURN
  collect(t.id) AS name,
  collect(c.id) AS creator,
  collect(t.publishedAt) AS at,
  collect(t.kind = 'LIVE') AS live,
  collect(coalesce(t.views, -1)) AS views,
  collect(coalesce(t.likes + t.comments + t.shares, CASE WHEN coalesce(t.likes, t.comments, t.shares) IS NULL
    THEN -1
    ELSE coalesce(t.likes, 0) + coalesce(t.comments, 0) + coalesce(t.shares, 0)
  END)) AS engagements,
  collect(CASE WHEN t.kind = 'LIVE' THEN coalesce(t.durationSeconds, t.endedAt - t.publishedAt, 0) ELSE 0 END) AS seconds,
  collect(coalesce(p.id, '')) AS product,
  collect(coalesce(f.clicks, -1)) AS clicks,
  collect(CASE WHEN summed
    THEN [coalesce(f.orders, f.units, 0), coalesce(f.units, 0), coalesce(f.refundedUnits, 0), coalesce(f.gmvUsd, 0.0)]
    ELSE []
  END) AS sums
"""

COUNT: Final[LiteralString] = """
MATCH (t:Content)
RETURN count(t) AS rows
"""


async def posts(reader: Reader, period: Period, creators: Creators, catalogue: Catalogue) -> tuple[Posts, Features, Names]:
    """Return the content of the longest window with what it features, and the numbers given to content ids."""
    (rows,) = await reader.read(COUNT, [{}], lambda record: int(record["rows"]))
    names = Names()

    def take(record: Mapping[str, Any]) -> Columns:
        return _columns(record, names, creators.positions, catalogue.positions)

    flat = stacked(await reader.read(POSTS, by_time(period, rows), take), _columns({}, names, {}, {}))
    flat = {name: column[flat["creator"] != ABSENT] for name, column in flat.items()}
    content = ordered(_once_a_post(flat), "creator", "at", "views", "engagements", "hours", "live", "name")
    shown = flat["product"] != ABSENT
    features = {name: flat[name][shown] for name in ("product", "clicks", "orders", "units", "gross", "net")}
    features["post"] = _places(flat["name"][shown], content["name"])
    return Posts(**content), Features(**ordered(features, "post", "product")), names


def _columns(record: Mapping[str, Any], names: Names, creators: Mapping[str, int], products: Mapping[str, int]) -> Columns:
    """Return one row for each product that a content features, and one for a content that features none."""
    return {
        "name": names.codes(record.get("name", [])),
        "creator": codes(record.get("creator", []), creators),
        "at": ints(record.get("at", [])),
        "live": bools(record.get("live", [])),
        "views": known(record.get("views", [])),
        "engagements": known(record.get("engagements", [])),
        "hours": np.maximum(known(record.get("seconds", [])), 0) / 3600,
        "product": codes(record.get("product", []), products),
        "clicks": known(record.get("clicks", [])),
        **_sums(record.get("sums", [])),
    }


def _sums(rows: list[list[Any]]) -> Columns:
    """Return the sums kept on features, net of refunds; an order is kept as long as a unit of it may be."""
    columns = np.full((len(rows), 4), np.nan)
    for at, row in enumerate(rows):
        if row:
            columns[at] = row
    orders, units, refunded, gross = columns.T
    kept = np.maximum(units - refunded, 0)
    share = np.divide(kept, units, out=np.where(np.isnan(units), np.nan, 1.0), where=units > 0)
    return {"orders": np.where(units > 0, np.minimum(orders, kept), orders), "units": kept, "gross": gross.copy(), "net": gross * share}


def _once_a_post(flat: Columns) -> Columns:
    first = np.full(1 + int(flat["name"].max(initial=ABSENT)), ABSENT, dtype=np.int64)
    first[flat["name"][::-1]] = np.arange(len(flat["name"]))[::-1]
    first = first[first != ABSENT]
    return {name: flat[name][first] for name in ("name", "creator", "at", "live", "views", "engagements", "hours")}


def _places(names: Ints, among: Ints) -> Ints:
    """Return the place of each name in `among`, which holds each once."""
    order = np.argsort(among)
    return order[np.searchsorted(among, names, sorter=order)].astype(np.int64)

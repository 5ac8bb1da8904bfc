"""Videos and live streams of a period, and the products that they show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, LiteralString

import numpy as np

from graph.events.arrow import Kind, Table, Tables, pc, stacked, table
from graph.events.spans import Period, spans
from graph.reader import Batch, Reader

OF_PERIOD: Final[LiteralString] = """
MATCH (t:Content)
WHERE t.publishedAt >= $from AND t.publishedAt < $until AND coalesce(t.firstSeenAt, 0) <= $asOf AND NOT t.id IN $struck
MATCH (t)<-[:PUBLISHED]-(c:Creator)"""

OF_CREATOR: Final[LiteralString] = """
MATCH (c:Creator {id: $creator})-[:PUBLISHED]->(t:Content)
WHERE t.publishedAt >= $from AND t.publishedAt < $until AND coalesce(t.firstSeenAt, 0) <= $asOf AND NOT t.id IN $struck"""

WITH_PRODUCTS: Final[LiteralString] = """
OPTIONAL MATCH (t)-[f:FEATURES]->(p:Product)
WHERE coalesce(f.firstSeenAt, 0) <= $asOf
WITH t, c, f, p, CASE
  WHEN coalesce(f.gmvUsd, f.orders) IS NULL OR coalesce(f.seenAt, t.publishedAt) > $asOf THEN false
  ELSE NOT EXISTS { (t)<-[:THROUGH]-(s:Sale)-[:OF]->(p) WHERE coalesce(s.seenAt[0], s.at) <= $asOf }
END AS summed
RETURN
  collect(t.id) AS content_id,
  collect(c.id) AS creator_id,
  collect(t.publishedAt) AS published_at,
  collect(t.kind = 'LIVE') AS live,
  collect(coalesce(t.selected, false)) AS selected,
  collect(coalesce(t.views, -1)) AS views,
  collect(coalesce(t.likes + t.comments + t.shares, CASE WHEN coalesce(t.likes, t.comments, t.shares) IS NULL
    THEN -1
    ELSE coalesce(t.likes, 0) + coalesce(t.comments, 0) + coalesce(t.shares, 0)
  END)) AS engagements,
  collect(CASE WHEN t.kind = 'LIVE' THEN coalesce(t.durationSeconds, t.endedAt - t.publishedAt, -1) ELSE 0 END) AS live_seconds,
  collect(coalesce(p.id, '')) AS product_id,
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

CONTENT: Final = {
    "creator_id": Kind.NAME,
    "published_at": Kind.WHOLE,
    "live": Kind.FLAG,
    "selected": Kind.FLAG,
    "views": Kind.SOME_WHOLE,
    "engagements": Kind.SOME_WHOLE,
    "live_seconds": Kind.SOME_WHOLE,
}
SUMS: Final = ("orders", "units", "refunded_units", "gmv_usd")
FEATURE: Final = {
    "product_id": Kind.NAME,
    "clicks": Kind.SOME_WHOLE,
    **dict.fromkeys(SUMS[:-1], Kind.SOME_WHOLE),
    "gmv_usd": Kind.REAL,
}
CONTENTS: Final = {"id": Kind.TEXT, **CONTENT}
FEATURES: Final = {"content_id": Kind.TEXT, **FEATURE}


async def posts(reader: Reader, period: Period, out: Sequence[str]) -> Tables:
    """Return the content of the period and its history, but what is struck out, and what it features."""
    (rows,) = await reader.read(COUNT, [{}], lambda record: int(record["rows"]))
    batches = spans(period.history_start, period.until, period.as_of, rows)
    return await _read(reader, OF_PERIOD + WITH_PRODUCTS, [{**each, "struck": list(out)} for each in batches])


async def posts_of(reader: Reader, creator: str, period: Period, out: Sequence[str]) -> Tables:
    """Return the same of one creator."""
    batch = {"creator": creator, "from": period.history_start, "until": period.until, "asOf": period.as_of, "struck": list(out)}
    return await _read(reader, OF_CREATOR + WITH_PRODUCTS, [batch])


async def _read(reader: Reader, query: LiteralString, batches: Sequence[Batch]) -> Tables:
    parts = await reader.read(query, batches, _tables)
    return {
        "contents": stacked([contents for contents, _ in parts], CONTENTS),
        "features": stacked([features for _, features in parts], FEATURES),
    }


def _tables(record: Mapping[str, Any]) -> tuple[Table, Table]:
    """Return the contents, each once, and the products that they feature, from one row for each content and product of it."""
    flat = table({**record, **_sums(record["sums"])}, {"content_id": Kind.TEXT, **CONTENT, **FEATURE})
    content = flat["content_id"].combine_chunks().dictionary_encode().indices.to_numpy()
    first = np.unique(content, return_index=True)[1]
    contents = flat.select(["content_id", *CONTENT]).rename_columns(list(CONTENTS)).take(first)
    features = flat.select(["content_id", *FEATURE]).rename_columns(list(FEATURES))
    return contents, features.filter(pc.is_valid(flat["product_id"]))


def _sums(rows: list[list[Any]]) -> dict[str, Any]:
    """Return the sums kept on features as columns, unknown where there is none."""
    whole, money = np.full((len(rows), 3), -1, dtype=np.int64), np.full(len(rows), np.nan)
    for at, row in enumerate(rows):
        if row:
            whole[at], money[at] = row[:3], row[3]
    return dict(zip(SUMS, (*whole.T, money), strict=True))

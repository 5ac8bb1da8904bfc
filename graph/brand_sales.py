"""What was sold of one brand in a period and in the one before, by creator, product, content or week; one query."""

from __future__ import annotations

from typing import Final, LiteralString, NamedTuple

from graph.finding.reading import Reading
from graph.plans.lines import KEPT, NET

WEEK: Final = 7 * 86_400


class Sold(NamedTuple):
    """Sums over order lines: in US dollars before and net of refunds, different orders, and units net of refunded ones."""

    gross_usd: float
    net_usd: float
    orders: int
    units: int


class Row(NamedTuple):
    """What was sold of one thing; `key` is its own id, or the second at which a week begins, None for what has no key to show."""

    key: str | int | None
    now: Sold
    before: Sold


class BrandSales(NamedTuple):
    """The rows, in no order, and what was sold in all."""

    rows: list[Row]
    total: Row


LINES: Final[LiteralString] = f"""
MATCH (:Brand {{id: $brand}})-[:SELLS]->(p:Product)
CALL (p) {{
  MATCH (p)<-[:OF]-(sale:Sale)
  WHERE $earliest <= sale.at < $to AND sale.status <> 'NO_SALE'
  WITH sale, {NET} AS kept
  OPTIONAL MATCH (sale)-[:CREDITED_TO]->(c:Creator)
  OPTIONAL MATCH (sale)-[:THROUGH]->(v:Content)
  RETURN sale.at AS sold, c, v, coalesce(sale.gmvUsd, 0.0) AS gross, coalesce(sale.gmvUsd, 0.0) * kept AS net,
    toInteger(round(sale.quantity * kept)) AS units, sale.orderId AS order, 0 AS orders
UNION ALL
  MATCH (p)<-[f:FEATURES]-(v:Content)
  WHERE $earliest <= v.publishedAt < $to AND (f.gmvUsd IS NOT NULL OR f.orders IS NOT NULL)
  WITH f, v, {KEPT} AS kept
  OPTIONAL MATCH (v)<-[:PUBLISHED]-(c:Creator)
  RETURN v.publishedAt AS sold, c, v, coalesce(f.gmvUsd, 0.0) AS gross, coalesce(f.gmvUsd, 0.0) * kept AS net,
    coalesce(f.units, 0) - coalesce(f.refundedUnits, 0) AS units, null AS order, coalesce(f.orders, 0) AS orders
}}
UNWIND [[0, false], [$shift, false], [0, true], [$length, true]] AS view
WITH sold + view[0] AS at, view[0] > 0 AS earlier, view[1] AS whole, gross, net, units, order, orders, p, v,
  CASE WHEN $regions IS NULL OR c.region IN $regions THEN c END AS c
WHERE $from <= at < $to
WITH whole, earlier, gross, net, units, order, orders, CASE
    WHEN whole THEN null
    WHEN $by = 'CREATOR' THEN c.id
    WHEN $by = 'PRODUCT' THEN p.id
    WHEN $by = 'CONTENT' THEN CASE WHEN c IS NOT NULL THEN v.id END
    ELSE at - at % 86400 - ((at / 86400 + 3) % 7) * 86400
  END AS key
RETURN whole, key, earlier, sum(gross) AS gross, sum(net) AS net, count(DISTINCT order) + sum(orders) AS orders, sum(units) AS units
"""
"""Days are counted from 1 January 1970, a Thursday, and weeks begin on Monday."""


async def brand_sales(reading: Reading, brand: str, *, by: str, start: int, end: int) -> BrandSales:
    """Return what was sold from `start` until before `end` (Unix seconds), and before: a week earlier by WEEK, else the period before.

    Ask only for a brand whose ties the reader sees. Creators whom the reader may not see have one row together, without a key.
    """
    length = end - start
    shift = WEEK if by == "WEEK" else length
    values = {"from": start, "to": end, "shift": shift, "length": length, "earliest": start - max(shift, length)}
    found = await reading.rows(LINES, brand=brand, by=by, **values)
    sold = {(whole, key, earlier): Sold(*sums) for whole, key, earlier, *sums in found}
    nothing = Sold(0.0, 0.0, 0, 0)
    rows = [
        Row(key, sold.get((whole, key, False), nothing), sold.get((whole, key, True), nothing))
        for whole, key in dict.fromkeys((whole, key) for whole, key, _ in sold)
        if not whole
    ]
    return BrandSales(rows, Row(None, sold.get((True, None, False), nothing), sold.get((True, None, True), nothing)))

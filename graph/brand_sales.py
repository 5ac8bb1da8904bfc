"""What was sold of one brand in a period and in the one before, by creator, product, content or week; one query."""

from __future__ import annotations

from typing import Final, LiteralString, NamedTuple

from graph.cents import in_cents
from graph.dates import DAY
from graph.expressions import kept_share, kept_share_of_sums
from graph.recommendations.reading import Reading

WEEK: Final = 7 * DAY


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
  WITH sale, {kept_share("sale")} AS kept
  OPTIONAL MATCH (sale)-[:CREDITED_TO]->(c:Creator)
  WHERE $by IN ['CREATOR', 'CONTENT']
  OPTIONAL MATCH (sale)-[:THROUGH]->(v:Content)
  WHERE $by = 'CONTENT'
  RETURN sale.at AS sold, c, v, coalesce(sale.gmvUsd, 0.0) AS gross, coalesce(sale.gmvUsd, 0.0) * kept AS net,
    toInteger(round(sale.quantity * kept)) AS units, sale.orderId AS order, 0 AS orders
UNION ALL
  MATCH (p)<-[f:FEATURES]-(v:Content)
  WHERE f.gmvUsd IS NOT NULL OR f.orders IS NOT NULL
  WITH f, v, {kept_share_of_sums("f")} AS kept
  WHERE $earliest <= v.publishedAt < $to // behind WITH, lest all content of the period is sought for each product
  OPTIONAL MATCH (v)<-[:PUBLISHED]-(c:Creator)
  WHERE $by IN ['CREATOR', 'CONTENT']
  RETURN v.publishedAt AS sold, c, v, coalesce(f.gmvUsd, 0.0) AS gross, coalesce(f.gmvUsd, 0.0) * kept AS net,
    coalesce(f.units, 0) - coalesce(f.refundedUnits, 0) AS units, null AS order, coalesce(f.orders, 0) AS orders
}}
"""
"""What was sold of the brand's products from `$earliest` on, and as far as `$by` asks for it by whom and through what."""

BY_KEY: Final[LiteralString] = f"""{LINES}
UNWIND [0, $shift] AS later
WITH sold + later AS at, later > 0 AS earlier, gross, net, units, order, orders, p, v,
  CASE WHEN $regions IS NULL OR c.region IN $regions THEN c END AS c
WHERE $from <= at < $to
WITH earlier, gross, net, units, order, orders, CASE $by
    WHEN 'CREATOR' THEN c.id
    WHEN 'PRODUCT' THEN p.id
    WHEN 'CONTENT' THEN CASE WHEN c IS NOT NULL THEN v.id END
    ELSE at - at % 86400 - ((at / 86400 + 3) % 7) * 86400
  END AS key
RETURN key, earlier, sum(gross) AS gross, sum(net) AS net, count(DISTINCT order) + sum(orders) AS orders, sum(units) AS units
"""
"""Days are counted from 1 January 1970, a Thursday, and weeks begin on Monday."""

IN_ALL: Final[LiteralString] = f"""{LINES}
WITH sold < $from AS earlier, gross, net, units, order, orders
RETURN earlier, sum(gross) AS gross, sum(net) AS net, count(DISTINCT order) + sum(orders) AS orders, sum(units) AS units
"""
"""An order with several keys counts once."""

NOTHING: Final = Sold(0.0, 0.0, 0, 0)


async def brand_sales(reading: Reading, brand: str, *, by: str, period: tuple[int, int], whole: bool = True) -> BrandSales:
    """Return what was sold from the period's start until before its end (Unix seconds), and before: a week earlier by WEEK, else as long.

    Ask only for a brand whose ties the reader sees. Creators whom the reader may not see have one row together, without a key.
    Unless `whole`, what was sold in all is not read, and nothing.
    """
    start, end = period
    shift = WEEK if by == "WEEK" else end - start
    values = {"brand": brand, "from": start, "to": end}
    found = await reading.rows(BY_KEY, **values, by=by, shift=shift, earliest=start - shift)
    sums = await reading.rows(IN_ALL, **values, by="NOTHING", earliest=2 * start - end) if whole else []
    sold = {(key, earlier): _sold(*numbers) for key, earlier, *numbers in found}
    in_all = {earlier: _sold(*numbers) for earlier, *numbers in sums}
    rows = [Row(key, sold.get((key, False), NOTHING), sold.get((key, True), NOTHING)) for key in dict.fromkeys(key for key, _ in sold)]
    return BrandSales(rows, Row(None, in_all.get(False, NOTHING), in_all.get(True, NOTHING)))


def _sold(gross: float, net: float, orders: int, units: int) -> Sold:
    return Sold(in_cents(gross), in_cents(net), orders, units)

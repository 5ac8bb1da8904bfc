"""`Brand.sales`: what was sold of a brand in a period, by creator, product, content or week, beside the period before."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cmp_to_key
from time import time
from typing import Any, Final

from api.errors import BadUserInput
from api.features.brand_sales.types import BrandSalesConnection, BrandSalesEdge, BrandSalesRow, SalesPeriod, SalesSums
from api.graphql.execution.field_context import FieldContext, reading_of
from api.graphql.execution.paging import Page, page
from api.graphql.types.nouns import Ref
from graph.brand_sales import BrandSales, Row, Sold, brand_sales
from graph.cents import in_cents
from graph.dates import DAY, iso_time
from graph.plans.listings import check_keys

DEFAULT_DAYS: Final = 28
MOST_DAYS: Final = 3_660
KINDS: Final = {"CREATOR": "Creator", "PRODUCT": "Product", "CONTENT": "Content"}
VALUES: Final[Mapping[str, Callable[[Row], float]]] = {
    "GMV": lambda row: row.now.net_usd,
    "PREVIOUS_GMV": lambda row: row.before.net_usd,
    "CHANGE": lambda row: row.now.net_usd - row.before.net_usd,
    "ORDERS": lambda row: row.now.orders,
    "UNITS": lambda row: row.now.units,
    "WEEK": lambda row: row.key if isinstance(row.key, int) else 0,
}


async def sales_of_brand(context: FieldContext) -> BrandSalesConnection | None:
    """Return a page of what was sold; None for a brand whose ties the viewer may not see."""
    brand, by = context.own_id or "", context.arguments.get("by", "CREATOR")
    reading = reading_of(context.viewer, context.state)
    if not reading.sees_ties_of(brand):
        return None
    start, end = _period(context)
    keys = _keys(context.arguments.get("sort"), by)
    whole = context.wants("total") or context.wants("previousTotal")
    found = await brand_sales(reading, brand, by=by, period=(start, end), whole=whole)
    order = f"Brand.sales|{brand}|{by}|{start}|{end}|{keys}"
    return _connection(found, by, page(context, _sorted(found.rows, keys), _place, order=order), start, end)


def _period(context: FieldContext) -> tuple[int, int]:
    """Return when the period begins and ends, as Unix seconds."""
    given = context.arguments
    end = given.get("to") or (context.run.as_of if context.run else int(time()))
    start = end - DEFAULT_DAYS * DAY if given.get("from") is None else given["from"]
    if not 0 < end - start <= MOST_DAYS * DAY:
        raise BadUserInput(
            f"from: {iso_time(start)}, to: {iso_time(end)}: the period must begin before it ends, at most {MOST_DAYS:,} days earlier;"
            " change one of them"
        )
    return start, end


def _keys(given: Sequence[Mapping[str, Any]] | None, by: str) -> list[tuple[str, bool]]:
    """Return what to sort by, with whether the greatest comes first."""
    keys = [(each["by"], each.get("direction") != "ASC") for each in given or ()]
    check_keys(keys)
    return keys or [("WEEK" if by == "WEEK" else "GMV", True)]


def _sorted(rows: Sequence[Row], keys: Sequence[tuple[str, bool]]) -> list[Row]:
    def compared(one: Row, other: Row) -> int:
        for by, descending in keys:
            mine, theirs = VALUES[by](one), VALUES[by](other)
            if mine != theirs:
                return 1 if (mine < theirs) == descending else -1
        return -1 if _place(one) < _place(other) else 1

    return sorted(rows, key=cmp_to_key(compared))


def _place(row: Row) -> str:
    """Return what no other row of the same sums has."""
    return "" if row.key is None else str(row.key)


def _connection(found: BrandSales, by: str, cut: Page[Row], start: int, end: int) -> BrandSalesConnection:
    edges = [BrandSalesEdge(node=_row(row, by), cursor=cursor) for row, cursor in cut.rows]
    return BrandSalesConnection(
        edges=edges,
        nodes=[each.node for each in edges],
        page_info=cut.info,
        total_count=len(found.rows),
        period=SalesPeriod(start=iso_time(start), end=iso_time(end), previous_start=iso_time(2 * start - end)),
        total=_sums(found.total.now),
        previous_total=_sums(found.total.before),
    )


def _row(row: Row, by: str) -> BrandSalesRow:
    refs = {kind: Ref(KINDS[kind], str(row.key)) if kind == by and row.key is not None else None for kind in KINDS}
    change = in_cents(row.now.net_usd - row.before.net_usd)
    return BrandSalesRow(
        creator=refs["CREATOR"],
        product=refs["PRODUCT"],
        content=refs["CONTENT"],
        week=iso_time(row.key) if isinstance(row.key, int) else None,
        sales=_sums(row.now),
        previous=_sums(row.before),
        change_usd=change,
        growth=change / row.before.net_usd if row.before.net_usd > 0 else None,
    )


def _sums(sold: Sold) -> SalesSums:
    return SalesSums(
        gmv_usd=sold.net_usd,
        gross_gmv_usd=sold.gross_usd,
        refunded_gmv_usd=in_cents(sold.gross_usd - sold.net_usd),
        orders=sold.orders,
        units=sold.units,
    )

"""What was sold of a brand: by creator, product, content or week, beside the period before."""

# Enums are made by call, which no checker takes for types.
# pyright: reportInvalidTypeForm=false
from __future__ import annotations

from typing import Final

import strawberry

from api.schema.enums import Direction, named
from api.schema.nouns import ContentRef, CreatorRef, ProductRef
from api.schema.page import PageInfo
from api.schema.planned import argument, paged, planned
from api.schema.scalars import DateTime

SalesGroup: Final = named(
    "SalesGroup",
    "What sales are summed by.",
    {
        "CREATOR": ("CREATOR", "The creator to whom they are credited."),
        "PRODUCT": ("PRODUCT", "The product."),
        "CONTENT": ("CONTENT", "The video or live stream that sold them."),
        "WEEK": ("WEEK", "The week in UTC, from Monday on."),
    },
)
SalesSort: Final = named(
    "SalesSort",
    "What rows of sales are sorted by.",
    {
        "GMV": ("GMV", "Net of refunds, in US dollars."),
        "PREVIOUS_GMV": ("PREVIOUS_GMV", "The same in the period before."),
        "CHANGE": ("CHANGE", "What it grew by, in US dollars."),
        "ORDERS": ("ORDERS", "Orders."),
        "UNITS": ("UNITS", "Units, net of refunded ones."),
        "WEEK": ("WEEK", "The week; by anything else than WEEK all rows are equal in it."),
    },
)


@strawberry.input(description="An order of rows of sales.")
class SalesOrder:
    """One key."""

    by: SalesSort = strawberry.field(description="The key.")
    direction: Direction | None = strawberry.field(description="Which end comes first; the greatest if absent.", default=strawberry.UNSET)


@strawberry.type(description="Exact sums of what was sold.")
class SalesSums:
    """For the brand's own business."""

    gmv_usd: float = planned("Net of refunds, in US dollars.")
    gross_gmv_usd: float = planned("Before refunds, in US dollars.")
    refunded_gmv_usd: float = planned("Refunded, in US dollars.")
    orders: int = planned("Orders, those that were refunded included.")
    units: int = planned("Units, net of refunded ones.")


@strawberry.type(description="What was sold of a brand by one creator, of one product, through one content, or in one week.")
class BrandSalesRow:
    """One of `creator`, `product`, `content` and `week` is filled, as `by` says."""

    creator: CreatorRef | None = planned(
        "The creator; null unless by CREATOR, and in the one row of what is credited to nobody, or to creators whom you may not see."
    )
    product: ProductRef | None = planned("The product; null unless by PRODUCT.")
    content: ContentRef | None = planned(
        "The content; null unless by CONTENT, and in the one row of what no known content sold, or content whose creator you may not see."
    )
    week: DateTime | None = planned("When the week begins, a Monday; null unless by WEEK.")
    sales: SalesSums = planned("What was sold in the period.")
    previous: SalesSums = planned("What was sold in the period before; by WEEK, in the same days of the week before.")
    change_usd: float = planned("Net GMV in the period less that in the one before, in US dollars.")
    growth: float | None = planned("The same as a share of the one before: 0.1 is a tenth more; null where nothing was sold then.")


@strawberry.type(description="A row of a page of BrandSalesRow rows.")
class BrandSalesEdge:
    """With its place."""

    node: BrandSalesRow = planned("The row itself.")
    cursor: str = planned("Where the row stands, for `after` and `before`; holds for the same arguments.")


@strawberry.type(description="The periods that sales are of.")
class SalesPeriod:
    """Both of one length; each begins at its start and ends just before its end."""

    start: DateTime = planned("When the period begins.")
    end: DateTime = planned("When it ends; nothing of that second is in it.")
    previous_start: DateTime = planned("When the period before begins; it ends where the other begins.")


@strawberry.type(description="A page of BrandSalesRow rows, with what was sold in all.")
class BrandSalesConnection:
    """Totals are of the whole period, not of the page."""

    edges: list[BrandSalesEdge] = planned("The rows with their cursors.")
    nodes: list[BrandSalesRow] = planned("The rows alone.")
    page_info: PageInfo = planned("Where the page lies.")
    total_count: int = planned("How many rows there are in all.")
    period: SalesPeriod = planned("The periods.")
    total: SalesSums = planned("What was sold in the period in all: orders with several rows are counted once.")
    previous_total: SalesSums = planned("What was sold in the period of the same length before it in all.")


SALES: Final = paged(
    "What was sold of the brand's products in a period, net of refunds, beside the period of the same length before it: by creator,"
    " product, content or week. Refunds are as known now. Of what is known in sums alone the day is that of the content. Null where you"
    " may not see who works with the brand: it is for the brand, its partner, and those who see all.",
    argument("by", SalesGroup, "What to sum by.", SalesGroup["CREATOR"]),
    argument("from", DateTime | None, "When the period begins; 28 days before its end if absent."),
    argument("to", DateTime | None, "When it ends; the current run's date if absent, or now before the first run."),
    argument(
        "sort",
        list[SalesOrder] | None,
        "What to sort by, equals by the next key and at last by id; by GMV if absent, weeks by WEEK. One key may stand without brackets.",
    ),
)

"""What was sold of a brand: by creator, product, content or week, beside the period before."""

# Enums are made by call, which no checker takes for types.
# pyright: reportInvalidTypeForm=false
from __future__ import annotations

from typing import Final

import strawberry

from api.graphql.types.enums import Direction, named
from api.graphql.types.fields import argument, paged, planned
from api.graphql.types.nouns import ContentRef, CreatorRef, ProductRef
from api.graphql.types.page import PageInfo
from api.graphql.types.scalars import DateTime

SalesGroup: Final = named(
    "SalesGroup",
    "What sales are grouped by.",
    {
        "CREATOR": ("CREATOR", "The creator to whom they are credited."),
        "PRODUCT": ("PRODUCT", "The product."),
        "CONTENT": ("CONTENT", "The video or live stream that sold them."),
        "WEEK": ("WEEK", "The week in UTC, starting on Monday."),
    },
)
SalesSort: Final = named(
    "SalesSort",
    "What rows of sales are sorted by.",
    {
        "GMV": ("GMV", "Net of refunds, in US dollars."),
        "PREVIOUS_GMV": ("PREVIOUS_GMV", "The same in the period before."),
        "CHANGE": ("CHANGE", "The change, in US dollars."),
        "ORDERS": ("ORDERS", "Orders."),
        "UNITS": ("UNITS", "Units, net of refunded ones."),
        "WEEK": ("WEEK", "The week; only useful when grouped by WEEK."),
    },
)


@strawberry.input(description="An order of rows of sales.")
class SalesOrder:
    """One key."""

    by: SalesSort = strawberry.field(description="The key.")
    direction: Direction | None = strawberry.field(description="Sort direction; descending if omitted.", default=strawberry.UNSET)


@strawberry.type(description="Exact sums of what was sold.")
class SalesSums:
    """For the brand's own business."""

    gmv_usd: float = planned("Net of refunds, in US dollars.")
    gross_gmv_usd: float = planned("Before refunds, in US dollars.")
    refunded_gmv_usd: float = planned("Refunded, in US dollars.")
    orders: int = planned("Number of orders, including refunded ones.")
    units: int = planned("Units, net of refunded ones.")


@strawberry.type(description="What was sold of a brand by one creator, of one product, through one content, or in one week.")
class BrandSalesRow:
    """One of `creator`, `product`, `content` and `week` is filled, as `by` says."""

    creator: CreatorRef | None = planned(
        "The creator; null unless grouped by CREATOR, and in the row for sales credited to no creator, or to creators whom you may not see."
    )
    product: ProductRef | None = planned("The product; null unless grouped by PRODUCT.")
    content: ContentRef | None = planned(
        "The content; null unless grouped by CONTENT, and in the row for sales without known content, or with content whose "
        "creator you may not see."
    )
    week: DateTime | None = planned("Monday on which the week starts; null unless grouped by WEEK.")
    sales: SalesSums = planned("What was sold in the period.")
    previous: SalesSums = planned("What was sold in the preceding period; by WEEK, on the same days of the week before.")
    change_usd: float = planned("Net GMV in the period minus that of the preceding period, in US dollars.")
    growth: float | None = planned("The change as a share of the preceding period: 0.1 is 10 % more; null where nothing was sold then.")


@strawberry.type(description="A row of a page of BrandSalesRow rows.")
class BrandSalesEdge:
    """With its place."""

    node: BrandSalesRow = planned("The row itself.")
    cursor: str = planned("The row's cursor, for `after` and `before`; valid for the same arguments.")


@strawberry.type(description="The periods that sales cover.")
class SalesPeriod:
    """Both of one length; each begins at its start and ends just before its end."""

    start: DateTime = planned("When the period begins.")
    end: DateTime = planned("End of the period, exclusive.")
    previous_start: DateTime = planned("Start of the preceding period, which ends where this one starts.")


@strawberry.type(description="A page of BrandSalesRow rows, with totals.")
class BrandSalesConnection:
    """Totals are of the whole period, not of the page."""

    edges: list[BrandSalesEdge] = planned("The rows with their cursors.")
    nodes: list[BrandSalesRow] = planned("The rows without their cursors.")
    page_info: PageInfo = planned("The page's position in the list.")
    total_count: int = planned("Total number of rows.")
    period: SalesPeriod = planned("The periods that the sales cover.")
    total: SalesSums = planned("Total sales in the period: orders with several rows are counted once.")
    previous_total: SalesSums = planned("Total sales in the preceding period of the same length.")


SALES: Final = paged(
    "What was sold of the brand's products in a period, net of refunds, beside the period of the same length before it: by "
    "creator, product, content or week. Refunds are as known now. Sales known only as totals count on the day of their "
    "content. Null where you may not see who works with the brand: it is available to the brand, its partner, and roles that "
    "see everything.",
    argument("by", SalesGroup, "What to group by.", SalesGroup["CREATOR"]),
    argument("from", DateTime | None, "Start of the period; 28 days before its end if omitted."),
    argument("to", DateTime | None, ("End of the period; if omitted, the current run's date, or the current time before the first run.")),
    argument(
        "sort",
        list[SalesOrder] | None,
        (
            "Sort keys: ties are broken by the next key, and finally by id. Defaults to GMV, or to WEEK for weeks. A single key "
            "may be given without brackets."
        ),
    ),
)

"""What lists are sorted by: keys, ties by id."""

# Enums and connections are made by call, which no checker takes for types.
# pyright: reportInvalidTypeForm=false
from __future__ import annotations

from typing import Any

import strawberry

from api.graphql.types.enums import BrandSort, CollaborationSort, CreatorSort, Direction, ProductSort, RankingOrder, Window
from api.graphql.types.fields import argument
from api.graphql.types.scalars import Id

UNSET: Any = strawberry.UNSET
WAY = "Sort direction. Defaults to descending for scores, followers and dates, and to ascending otherwise."


@strawberry.input(description="An order of creators.")
class CreatorOrder:
    """Scores need a window, and may have a category."""

    by: CreatorSort = strawberry.field(description="The key.")
    direction: Direction | None = strawberry.field(description=WAY, default=UNSET)
    window: Window | None = strawberry.field(description="For a score: the number of days that it looks back.", default=Window.D90)
    category: Id | None = strawberry.field(description="For a score: its category; all categories if omitted.", default=UNSET)
    order: RankingOrder | None = strawberry.field(
        description=(
            "For a score, where it is the only key: the order that a ranking by it would have. Keys that are granted several regions "
            "filter by one of them for the last two."
        ),
        default=RankingOrder["VALUE"],
    )


@strawberry.input(description="An order of brands.")
class BrandOrder:
    """One key."""

    by: BrandSort = strawberry.field(description="The key.")
    direction: Direction | None = strawberry.field(description=WAY, default=UNSET)


@strawberry.input(description="An order of products.")
class ProductOrder:
    """One key."""

    by: ProductSort = strawberry.field(description="The key.")
    direction: Direction | None = strawberry.field(description=WAY, default=UNSET)


@strawberry.input(description="An order of collaborations.")
class CollaborationOrder:
    """One key."""

    by: CollaborationSort = strawberry.field(description="The key.")
    direction: Direction | None = strawberry.field(description=WAY, default=UNSET)


def sorted_by(order: Any) -> Any:
    """Return the argument `sort` of a list."""
    return argument(
        "sort",
        list[order] | None,
        (
            "Sort keys, at most four: ties are broken by the next key, and finally by id. Defaults to id. A single key may be "
            "given without brackets."
        ),
    )

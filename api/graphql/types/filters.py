"""What lists are filtered by. All conditions of one object hold together; `and`, `or`, `not` combine objects."""

# Enums and connections are made by call, which no checker takes for types.
# pyright: reportInvalidTypeForm=false
from __future__ import annotations

from typing import Any

import strawberry

from api.graphql.types.enums import CollaborationKind, CollaborationStatus, ContentKind, Indicator, Window
from api.graphql.types.fields import argument
from api.graphql.types.scalars import BigInt, DateTime, Id, Region

UNSET: Any = strawberry.UNSET


def condition(description: str, *, name: str | None = None, default: Any = UNSET) -> Any:
    """Return a condition; one that is not given asks for nothing."""
    return strawberry.field(description=description, name=name, default=default)


@strawberry.input(description="A handle, compared without `@` and ignoring case. All conditions must be met.")
class HandleFilter:
    """Parts of a handle."""

    equals: str | None = condition("The handle is this.")
    starts_with: str | None = condition("The handle starts with this text.")
    contains: str | None = condition("The handle contains this text.")


@strawberry.input(description="Bounds of a whole number, both included. A `min` above `max` is an error.")
class IntRange:
    """Either bound may be left out; what is unknown lies in no range."""

    min: int | None = condition("At least.")
    max: int | None = condition("At most.")


@strawberry.input(description="Bounds of a whole number of up to 64 bits, both included. A `min` above `max` is an error.")
class BigIntRange:
    """Either bound may be left out; what is unknown lies in no range."""

    min: BigInt | None = condition("At least.")
    max: BigInt | None = condition("At most.")


@strawberry.input(description="Bounds of a number, both included. A `min` above `max` is an error.")
class FloatRange:
    """Either bound may be left out; what is unknown lies in no range."""

    min: float | None = condition("At least.")
    max: float | None = condition("At most.")


@strawberry.input(description="Bounds of an instant, both included. A `from` after `to` is an error.")
class TimeRange:
    """Either bound may be left out; what is unknown lies in no range."""

    from_: DateTime | None = condition("Earliest time.", name="from")
    to: DateTime | None = condition("Latest time.")


@strawberry.input(description="A score within bounds from 0 to 100, both included; without bounds, any score.")
class ScoreFilter:
    """One indicator in one window and category."""

    indicator: Indicator = strawberry.field(description="The indicator.")
    window: Window | None = condition("Number of days that the score looks back.", default=Window.D90)
    category: Id | None = condition("The category; all categories if omitted.")
    min: float | None = condition("At least.")
    max: float | None = condition("At most.")


@strawberry.input(description="Exact net sales within bounds, both included; not available to viewers who see sales as ranges.")
class SalesFilter:
    """Summed from the orders of each creator that is looked at."""

    window: Window | None = condition("Number of days that the total looks back.", default=Window.D90)
    category: Id | None = condition("The category; all categories if omitted.")
    min_usd: float | None = condition("At least, in US dollars.")
    max_usd: float | None = condition("At most, in US dollars.")


AND = "All of these must also be met; an empty list adds no condition."
OR = "At least one of these must also be met; an empty list adds no condition."
NOT = "This must not be met. A condition on an unknown value is neither met nor not met."


@strawberry.input(
    description="Conditions on creators. All conditions must be met. An empty list of values is an error; omit it to match all."
)
class CreatorFilter:
    """Profile, scores and relations."""

    and_: list[CreatorFilter] | None = condition(AND, name="and")
    or_: list[CreatorFilter] | None = condition(OR, name="or")
    not_: CreatorFilter | None = condition(NOT, name="not")
    ids: list[Id] | None = condition("One of these creators; an id that matches nothing you may see is an error.")
    handle: HandleFilter | None = condition("The handle.")
    search: str | None = condition("The handle or display name contains this text, ignoring case.")
    regions: list[Region] | None = condition("Sells in one of these regions.")
    followers: IntRange | None = condition("Number of followers.")
    verified: bool | None = condition("Verified by the platform, or known not to be.")
    languages: list[str] | None = condition("Main language is one of these, as given by the platform (`en`), ignoring case.")
    joined: TimeRange | None = condition("When the creator started on the platform.")
    score: ScoreFilter | None = condition("A score within bounds.")
    sales: SalesFilter | None = condition("Exact sales within bounds; not available where you see ranges.")
    worked_with: Id | None = condition(
        "Has worked with this brand: accepted collaborations or sales, as of the current run. Viewers who see other brands' "
        "collaborations only as counts can use only their own brands, or clients."
    )
    sold_in: Id | None = condition(
        "Has sold something in this category or its subcategories; where you see sales as ranges, has posted products of it."
    )
    promoted: Id | None = condition(
        "Published content with this product; products of other brands match no creator where their ties are hidden from you."
    )
    mentions: Id | None = condition("Published content that mentions this creator.")


@strawberry.input(
    description="Conditions on brands. All conditions must be met. An empty list of values is an error; omit it to match all."
)
class BrandFilter:
    """Shops by name, region and what they sell."""

    and_: list[BrandFilter] | None = condition(AND, name="and")
    or_: list[BrandFilter] | None = condition(OR, name="or")
    not_: BrandFilter | None = condition(NOT, name="not")
    ids: list[Id] | None = condition("One of these brands; an id that matches nothing you may see is an error.")
    search: str | None = condition("The name contains this text, ignoring case.")
    regions: list[Region] | None = condition("Sells in one of these regions.")
    category: Id | None = condition("Sells products in this category or one of its subcategories.")


@strawberry.input(
    description="Conditions on products. All conditions must be met. An empty list of values is an error; omit it to match all."
)
class ProductFilter:
    """Products by title, region, brand, category and price."""

    and_: list[ProductFilter] | None = condition(AND, name="and")
    or_: list[ProductFilter] | None = condition(OR, name="or")
    not_: ProductFilter | None = condition(NOT, name="not")
    ids: list[Id] | None = condition("One of these products; an id that matches nothing you may see is an error.")
    search: str | None = condition("The title contains this text, ignoring case.")
    regions: list[Region] | None = condition("Sold in one of these regions.")
    brand: Id | None = condition("Sold by this brand.")
    category: Id | None = condition("In this category or one of its subcategories.")
    price_usd: FloatRange | None = condition("Lowest price in US dollars.")


@strawberry.input(
    description="Conditions on categories. All conditions must be met. An empty list of values is an error; omit it to match all."
)
class CategoryFilter:
    """Categories by name and place in the tree."""

    and_: list[CategoryFilter] | None = condition(AND, name="and")
    or_: list[CategoryFilter] | None = condition(OR, name="or")
    not_: CategoryFilter | None = condition(NOT, name="not")
    ids: list[Id] | None = condition("One of these categories; an id that matches nothing you may see is an error.")
    search: str | None = condition("The name contains this text, ignoring case.")
    parent: Id | None = condition("A direct subcategory of this category.")
    leaf: bool | None = condition("Whether it has no subcategories.")


@strawberry.input(
    description="Conditions on collaborations that you may see. All conditions must be met. An empty list of values is an "
    "error; omit it to match all."
)
class CollaborationFilter:
    """Collaborations by kind, status, time and who takes part."""

    and_: list[CollaborationFilter] | None = condition(AND, name="and")
    or_: list[CollaborationFilter] | None = condition(OR, name="or")
    not_: CollaborationFilter | None = condition(NOT, name="not")
    ids: list[Id] | None = condition("One of these collaborations; an id that matches nothing you may see is an error.")
    kinds: list[CollaborationKind] | None = condition("Is of one of these kinds.")
    statuses: list[CollaborationStatus] | None = condition("Has one of these statuses.")
    offered: TimeRange | None = condition("When it was offered.")
    brand: Id | None = condition("Offered by this brand.")
    creator: Id | None = condition("With this creator.")
    product: Id | None = condition("Promotes this product.")


@strawberry.input(
    description="Conditions on content. All conditions must be met. An empty list of values is an error; omit it to match all."
)
class ContentFilter:
    """Content by kind, time and views."""

    and_: list[ContentFilter] | None = condition(AND, name="and")
    or_: list[ContentFilter] | None = condition(OR, name="or")
    not_: ContentFilter | None = condition(NOT, name="not")
    ids: list[Id] | None = condition("One of these; an id that matches nothing you may see is an error.")
    kinds: list[ContentKind] | None = condition("One of these kinds.")
    published: TimeRange | None = condition("When it was published.")
    views: BigIntRange | None = condition("Number of views.")


def filtered(by: type) -> Any:
    """Return the argument `filter` of a list."""
    return argument("filter", by | None, "Return only rows that match; all rows if omitted.")

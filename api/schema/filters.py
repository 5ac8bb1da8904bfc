"""What lists are filtered by. All conditions of one object hold together; `and`, `or`, `not` combine objects."""

# Enums and connections are made by call, which no checker takes for types.
# pyright: reportInvalidTypeForm=false
from __future__ import annotations

from typing import Any

import strawberry

from api.schema.enums import CollaborationKind, CollaborationStatus, ContentKind, Indicator, Window
from api.schema.planned import argument
from api.schema.scalars import BigInt, DateTime, Region

UNSET: Any = strawberry.UNSET


def condition(description: str, *, name: str | None = None, default: Any = UNSET) -> Any:
    """Return a condition; one that is not given asks for nothing."""
    return strawberry.field(description=description, name=name, default=default)


@strawberry.input(description="A handle, compared without `@` and without case. Conditions hold together.")
class HandleFilter:
    """Parts of a handle."""

    equals: str | None = condition("The handle is this.")
    starts_with: str | None = condition("The handle starts so.")
    contains: str | None = condition("The handle contains this.")


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

    from_: DateTime | None = condition("At the earliest.", name="from")
    to: DateTime | None = condition("At the latest.")


@strawberry.input(description="A score within bounds from 0 to 100, both included; without bounds: there is a score.")
class ScoreFilter:
    """One indicator in one window and category."""

    indicator: Indicator = strawberry.field(description="The indicator.")
    window: Window | None = condition("Days that the score looks back.", default=Window.D90)
    category: strawberry.ID | None = condition("The category; over all categories if absent.")
    min: float | None = condition("At least.")
    max: float | None = condition("At most.")


@strawberry.input(description="Exact net sales within bounds, both included; refused for those to whom sales are shown as ranges.")
class SalesFilter:
    """Summed from the orders of each creator that is looked at."""

    window: Window | None = condition("Days that the sum looks back.", default=Window.D90)
    category: strawberry.ID | None = condition("The category; over all categories if absent.")
    min_usd: float | None = condition("At least, in US dollars.")
    max_usd: float | None = condition("At most, in US dollars.")


AND = "All of these hold, too; an empty list adds no condition."
OR = "At least one of these holds, too; an empty list adds no condition."
NOT = "This does not hold. Conditions on what is unknown are neither met nor their opposite."


@strawberry.input(description="Which creators. All conditions hold together. An empty list of values is an error: leave it out for all.")
class CreatorFilter:
    """Profile, scores and relations."""

    and_: list[CreatorFilter] | None = condition(AND, name="and")
    or_: list[CreatorFilter] | None = condition(OR, name="or")
    not_: CreatorFilter | None = condition(NOT, name="not")
    ids: list[strawberry.ID] | None = condition("One of these creators; an id of nothing that you may see is an error.")
    handle: HandleFilter | None = condition("The handle.")
    search: str | None = condition("Handle or display name contain this, without case.")
    regions: list[Region] | None = condition("Sells in one of these regions.")
    followers: IntRange | None = condition("Number of followers.")
    verified: bool | None = condition("Verified by the platform, or known not to be.")
    languages: list[str] | None = condition("Main language is one of these, as the platform writes it (`en`), in any case.")
    joined: TimeRange | None = condition("When the creator started on the platform.")
    score: ScoreFilter | None = condition("A score within bounds.")
    sales: SalesFilter | None = condition("Exact sales within bounds; refused where you see ranges.")
    worked_with: strawberry.ID | None = condition(
        "Has worked with this brand: accepted collaborations or sales, as of the current run. Who sees other brands'"
        " collaborations as counts only may ask for their own brands, or clients, only."
    )
    sold_in: strawberry.ID | None = condition(
        "Has sold something in this category, or below it; where you see sales as ranges, has posted products of it."
    )
    promoted: strawberry.ID | None = condition(
        "Published content with this product; products of other brands match nobody where their ties are hidden."
    )
    mentions: strawberry.ID | None = condition("Published content that names this creator.")


@strawberry.input(description="Which brands. All conditions hold together. An empty list of values is an error: leave it out for all.")
class BrandFilter:
    """Shops by name, region and what they sell."""

    and_: list[BrandFilter] | None = condition(AND, name="and")
    or_: list[BrandFilter] | None = condition(OR, name="or")
    not_: BrandFilter | None = condition(NOT, name="not")
    ids: list[strawberry.ID] | None = condition("One of these brands; an id of nothing that you may see is an error.")
    search: str | None = condition("The name contains this, without case.")
    regions: list[Region] | None = condition("Sells in one of these regions.")
    category: strawberry.ID | None = condition("Sells products in this category or below it.")


@strawberry.input(description="Which products. All conditions hold together. An empty list of values is an error: leave it out for all.")
class ProductFilter:
    """Products by title, region, brand, category and price."""

    and_: list[ProductFilter] | None = condition(AND, name="and")
    or_: list[ProductFilter] | None = condition(OR, name="or")
    not_: ProductFilter | None = condition(NOT, name="not")
    ids: list[strawberry.ID] | None = condition("One of these products; an id of nothing that you may see is an error.")
    search: str | None = condition("The title contains this, without case.")
    regions: list[Region] | None = condition("Sold in one of these regions.")
    brand: strawberry.ID | None = condition("Sold by this brand.")
    category: strawberry.ID | None = condition("In this category or below it.")
    price_usd: FloatRange | None = condition("Lowest price in US dollars.")


@strawberry.input(description="Which categories. All conditions hold together. An empty list of values is an error: leave it out for all.")
class CategoryFilter:
    """Categories by name and place in the tree."""

    and_: list[CategoryFilter] | None = condition(AND, name="and")
    or_: list[CategoryFilter] | None = condition(OR, name="or")
    not_: CategoryFilter | None = condition(NOT, name="not")
    ids: list[strawberry.ID] | None = condition("One of these categories; an id of nothing that you may see is an error.")
    search: str | None = condition("The name contains this, without case.")
    parent: strawberry.ID | None = condition("A direct part of this category.")
    leaf: bool | None = condition("Without parts of its own, or known to have some.")


@strawberry.input(
    description="Which collaborations, among those that you may see. All conditions hold together. An empty list of values is an error:"
    " leave it out for all."
)
class CollaborationFilter:
    """Collaborations by kind, status, time and who takes part."""

    and_: list[CollaborationFilter] | None = condition(AND, name="and")
    or_: list[CollaborationFilter] | None = condition(OR, name="or")
    not_: CollaborationFilter | None = condition(NOT, name="not")
    ids: list[strawberry.ID] | None = condition("One of these collaborations; an id of nothing that you may see is an error.")
    kinds: list[CollaborationKind] | None = condition("Of one of these kinds.")
    statuses: list[CollaborationStatus] | None = condition("Stands at one of these.")
    offered: TimeRange | None = condition("When it was offered.")
    brand: strawberry.ID | None = condition("Offered by this brand.")
    creator: strawberry.ID | None = condition("With this creator.")
    product: strawberry.ID | None = condition("Promotes this product.")


@strawberry.input(description="Which content. All conditions hold together. An empty list of values is an error: leave it out for all.")
class ContentFilter:
    """Content by kind, time and views."""

    and_: list[ContentFilter] | None = condition(AND, name="and")
    or_: list[ContentFilter] | None = condition(OR, name="or")
    not_: ContentFilter | None = condition(NOT, name="not")
    ids: list[strawberry.ID] | None = condition("One of these; an id of nothing that you may see is an error.")
    kinds: list[ContentKind] | None = condition("One of these kinds.")
    published: TimeRange | None = condition("When it was published.")
    views: BigIntRange | None = condition("Number of views.")


def filtered(by: type) -> Any:
    """Return the argument `filter` of a list."""
    return argument("filter", by | None, "Only rows that match; all if absent.")

"""`overlap`: what creators have in common, two by two."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import combinations
from typing import Final, NamedTuple

from api.access.table import Permission, in_fives
from api.features.overlap.types import AudienceSimilarity, CoPromotion, Overlap, OverlapPair, SharedBrands, SharedProducts
from api.graphql.execution.arguments import several
from api.graphql.execution.field_context import FieldContext, reading_of
from api.graphql.types.nouns import Ref
from graph.dates import DAY
from graph.recommendations.candidates import audiences, seen
from graph.recommendations.overlap import Promotion, brands_of, promotions_of
from graph.recommendations.reading import Reading
from scoring.recommendations.audience import similarity

SPANS: Final = (7, 28)
MOST_LISTED: Final = 50


class Known(NamedTuple):
    """What is known of the creators, by id, and whose ties may be seen one by one (None: all)."""

    brands: Mapping[str, set[str]]
    promotions: Mapping[str, list[Promotion]]
    audiences: Mapping[str, Mapping[str, Mapping[str, float]]]
    visible: list[str] | None


async def overlap(context: FieldContext) -> Overlap:
    """Return what every two of 2 to 10 creators have in common; ids that are not there, or not to be seen, are `missing`."""
    context.allowed(Permission.EXPLORE)
    named = several("creators", context.arguments["creators"], "Creator", least=2, most=10)
    reading = reading_of(context.viewer, context.state)
    there = await seen(reading, list(named))
    known = await _known(context, reading, there)
    return Overlap(
        creators=[Ref("Creator", each) for each in there],
        missing=[given for own, given in named.items() if own not in there],
        pairs=[_pair(known, one, other) for one, other in combinations(there, 2)],
    )


async def _known(context: FieldContext, reading: Reading, creators: Sequence[str]) -> Known:
    """Read what the selection needs, and nothing else."""
    in_time = context.wants("pairs", "coPromotion") or context.wants("pairs", "sharedProducts")
    brands = await brands_of(reading, context.run.id, creators) if context.run and context.wants("pairs", "sharedBrands") else {}
    promotions = await promotions_of(reading, creators) if in_time else {}
    return Known(brands, promotions, await audiences(reading, creators) if context.wants("pairs", "audience") else {}, reading.brands)


def _pair(known: Known, one: str, other: str) -> OverlapPair:
    mine, theirs = ({each.product: each for each in known.promotions.get(creator, ())} for creator in (one, other))
    by_brand, their_brands = _by_brand(mine.values()), _by_brand(theirs.values())
    products = {product: nearest(mine[product].at, theirs[product].at) for product in mine.keys() & theirs.keys()}
    brands = {brand: nearest(by_brand[brand], their_brands[brand]) for brand in by_brand.keys() & their_brands.keys()}
    seller = {product: mine[product].brand for product in products}
    return OverlapPair(
        one=Ref("Creator", one),
        other=Ref("Creator", other),
        shared_brands=_shared_brands(known, known.brands.get(one, set()) & known.brands.get(other, set())),
        shared_products=_shared_products(known, products, seller),
        co_promotion=[_within(known, days, brands, products, seller) for days in SPANS],
        audience=_alike(known.audiences.get(one, {}), known.audiences.get(other, {})),
    )


def _within(
    known: Known, days: int, brands: Mapping[str, int], products: Mapping[str, int], seller: Mapping[str, str | None]
) -> CoPromotion:
    brands_near = {brand for brand, apart in brands.items() if apart <= days * DAY}
    products_near = {product for product, apart in products.items() if apart <= days * DAY}
    return CoPromotion(days=days, brands=_shared_brands(known, brands_near), products=_shared_products(known, products_near, seller))


def nearest(one: Sequence[int], other: Sequence[int]) -> int:
    """Return the seconds between the two moments that lie nearest, of two ascending lists; a day more than any span if one is empty."""
    least, i, j = (SPANS[-1] + 1) * DAY, 0, 0
    while i < len(one) and j < len(other):
        least = min(least, abs(one[i] - other[j]))
        i, j = (i + 1, j) if one[i] < other[j] else (i, j + 1)
    return least


def _by_brand(promotions: Collection[Promotion]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for each in promotions:
        if each.brand is not None:
            found.setdefault(each.brand, []).extend(each.at)
    return {brand: sorted(at) for brand, at in found.items()}


def _shared_brands(known: Known, brands: Collection[str]) -> SharedBrands:
    visible = {each for each in brands if known.visible is None or each in known.visible}
    return SharedBrands(count=len(visible), brands=_listed("Brand", visible), others=in_fives(len(brands) - len(visible)))


def _shared_products(known: Known, products: Collection[str], seller: Mapping[str, str | None]) -> SharedProducts:
    visible = {each for each in products if known.visible is None or seller[each] in known.visible}
    return SharedProducts(count=len(visible), products=_listed("Product", visible), others=in_fives(len(products) - len(visible)))


def _listed(kind: str, visible: Collection[str]) -> list[Ref | None]:
    return [Ref(kind, each) for each in sorted(visible)[:MOST_LISTED]]


def _alike(one: Mapping[str, Mapping[str, float]], other: Mapping[str, Mapping[str, float]]) -> AudienceSimilarity:
    def alike(dimension: str) -> float | None:
        return similarity(one.get(dimension, {}), other.get(dimension, {}))

    return AudienceSimilarity(age=alike("AGE"), gender=alike("GENDER"), location=alike("LOCATION"))

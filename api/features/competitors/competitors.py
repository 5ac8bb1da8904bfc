"""`Brand.competitors`: brands that work with the same creators."""

from __future__ import annotations

from collections.abc import Sequence

from api.access.table import Permission, in_fives
from api.features.competitors.types import Competitor
from api.graphql.execution.field_context import FieldContext, reading_of
from api.graphql.types.nouns import Ref
from graph.recommendations.competitors import Rival, Rivals, rivals, shared_categories


async def competitors(context: FieldContext) -> list[Competitor]:
    """Return the brands that share most creators with the one asked of; none before the first run."""
    context.allowed(Permission.EXPLORE)
    if context.run is None or context.own_id is None:
        return []
    reading = reading_of(context.viewer, context.state)
    found = await rivals(reading, context.run.id, context.own_id)
    told = _exact(found) if reading.brands is None else _grouped(found, own=context.own_id in reading.brands)
    told = told[: context.arguments.get("first", 10)]
    both = await _categories(context, [each.brand for each, _ in told])
    return [
        Competitor(
            brand=Ref("Brand", each.brand),
            shared_creators=each.shared,
            exact=reading.brands is None,
            overlap=overlap,
            shared_categories=[Ref("Category", of) for of in both.get(each.brand, ())],
        )
        for each, overlap in told
    ]


def _exact(found: Rivals) -> list[tuple[Rival, float | None]]:
    """Return everyone with exact counts, and the Jaccard index of the two brands' creators."""
    return [(each, each.shared / (found.creators + each.creators - each.shared)) for each in found.rivals]


def _grouped(found: Rivals, *, own: bool) -> list[tuple[Rival, float | None]]:
    """Return those that share five creators or more, counts in fives, in an order that tells no more than these.

    The share is told of the viewer's own creators alone, whose number they know: how many a foreign brand has would follow
    from it. Where all of their own were among the shared ones, each one's tie would be told, so that such a brand is left out.
    """
    counted = [(each.brand, in_fives(each.shared)) for each in found.rivals]
    told = [(brand, count) for brand, count in counted if count is not None and not (own and count >= found.creators)]
    told.sort(key=lambda each: (-each[1], each[0]))
    return [(Rival(brand, count, 0), count / found.creators if own else None) for brand, count in told]


async def _categories(context: FieldContext, brands: Sequence[str]) -> dict[str, list[str]]:
    if not context.wants("sharedCategories") or context.own_id is None:
        return {}
    return await shared_categories(reading_of(context.viewer, context.state), context.own_id, brands)

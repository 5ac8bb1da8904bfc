"""`Brand.network`: a brand's surroundings, drawn and measured."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from api.access.table import Permission
from api.errors import BadUserInput
from api.graphql.execution.arguments import told_category
from api.graphql.execution.field_context import FieldContext, reading_of
from graph.dates import DAY
from graph.networks import Around, Asked, around

if TYPE_CHECKING:
    from api.features.network.types import BrandNetwork

DEEPEST: Final = 3


async def network(context: FieldContext) -> BrandNetwork | None:
    """Return the network around the brand asked of; None before the first run."""
    context.allowed(Permission.EXPLORE)
    asked = _asked(context)
    found = None if asked is None else await around(reading_of(context.viewer, context.state), asked)
    if asked is None or found is None:
        return None
    # Laying out and measuring is work for a processor: other requests go on meanwhile.
    return await asyncio.to_thread(_drawn, context, asked, found)


def _asked(context: FieldContext) -> Asked | None:
    """Return what is asked, checked; None before the first run."""
    given, wants = context.arguments, context.wants
    depth, first, weight = given.get("depth", 1), given.get("first", 100), given.get("minWeight", 0.0)
    if not 1 <= depth <= DEEPEST:
        raise BadUserInput(f"depth is {depth}; give 1 to {DEEPEST}")
    if weight < 0:
        raise BadUserInput(f"minWeight is {weight:g}; give 0 or more")
    if context.run is None or context.own_id is None:
        return None
    window, categories = given.get("window"), given.get("categories")
    return Asked(
        brand=context.own_id,
        run=context.run.id,
        as_of=context.run.as_of,
        depth=depth,
        first=first,
        since=None if window is None else context.run.as_of - window * DAY,
        regions=given.get("regions"),
        categories=None if categories is None else [told_category("categories", each, context.run) for each in categories],
        min_weight=weight,
        trends=wants("edges", "trend") or wants("measures", "trends"),
        shared=wants("measures", "communities"),
        counts=wants("nodes", "otherBrands") or wants("hiddenCreators"),
        cards=context.run.cards,
    )


def _drawn(context: FieldContext, asked: Asked, found: Around) -> BrandNetwork:
    # NetworkX takes a fifth of a second to import, which only who asks for a network has to wait for.
    from api.features.network.answer import drawn

    return drawn(found, asked, context.wants)

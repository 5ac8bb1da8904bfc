"""Whom a viewer looks through for the like, and with which filters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from api.access.table import Permission
from api.errors import BadUserInput, Forbidden
from api.features.lookalikes.index import Index, Indexes, Visible
from api.features.recommendations.pool import PoolCache
from api.graphql.execution.arguments import local, told_category
from api.graphql.execution.field_context import FieldContext, reading_of
from graph.plans.bounds import check_order
from graph.recommendations.reading import Reading
from graph.runs import EVERYWHERE
from graph.runs.run import Run
from graph.similarity.active import active
from graph.similarity.partners import partners

MOST_NAMED: Final = 1_000
MOST_BRANDS: Final = 50

Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Search:
    """One look for the like in the current run."""

    context: FieldContext
    reading: Reading
    run: Run
    index: Index
    visible: Visible

    async def allowed(self) -> Bools:
        """Return the rows that the viewer may see and the arguments let through."""
        given = self.context.arguments
        check_order("lookalikes", ("minFollowers", "maxFollowers"), given.get("minFollowers"), given.get("maxFollowers"))
        mask = self.visible.mask.copy()
        if (region := given.get("region")) is not None:
            mask &= self.visible.region == region
        for name, keeps in (("minFollowers", np.greater_equal), ("maxFollowers", np.less_equal)):
            if given.get(name) is not None:
                mask &= keeps(self.visible.followers, given[name])
        if (category := given.get("category")) is not None:
            mask &= await self.index.active(told_category("category", category, self.run), self._active)
        mask[self.index.places(_ids(given, "exclude", "Creator", MOST_NAMED))] = False
        if brands := _ids(given, "excludeBrands", "Brand", MOST_BRANDS):
            mask[await self._who_work_with(brands)] = False
        return mask

    async def _active(self, category: str) -> list[str]:
        return await active(self.reading, self.run.cards, category)

    async def _who_work_with(self, brands: Sequence[str]) -> Any:
        """Return the rows of brands' creators; Forbidden where leaving them out would tell the viewer who they are."""
        for brand in brands:
            if not self.reading.sees_ties_of(brand):
                raise Forbidden(f"excludeBrands: this key may not see who works with Brand:{brand}; list only your own brands")
        return self.index.places([each.creator for each in await partners(self.reading, self.run.id, brands)])


async def searches(context: FieldContext) -> list[Search]:
    """Return a search of the current run among everyone, or, for whom scores go out to, one in each region that they see.

    Empty before the first run, and where it has no vectors. Forbidden for who may not explore.
    """
    context.allowed(Permission.EXPLORE)
    if context.run is None or context.own_id is None:
        return []
    reading = reading_of(context.viewer, context.state)
    seen = await context.state.own.of(PoolCache).creators(reading, context.state.run.data_version)
    found: list[Search] = []
    for region in sorted(set(seen.region)) if context.visibility.outward else [EVERYWHERE]:
        index = await context.state.own.of(Indexes).of(context.run, context.state, region)
        if index is not None:
            found.append(Search(context, reading, context.run, index, index.visible(seen)))
    return found


def _ids(given: Any, name: str, kind: str, most: int) -> list[str]:
    values = given.get(name) or ()
    if len(values) > most:
        raise BadUserInput(f"{name} has {len(values):,} entries; give at most {most:,}")
    return [local(name, each, kind) for each in values]

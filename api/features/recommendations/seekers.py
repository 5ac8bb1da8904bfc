"""Who reads what for finding creators: the viewer's sight, the process's limits, and what it keeps."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from api.access.table import sight
from api.access.viewer import Viewer
from api.features.recommendations.pool import Kept
from api.features.recommendations.seeker import Seeker
from graph.finding.reading import Reading
from graph.plans.sight import Reach

if TYPE_CHECKING:
    from api.graphql.execution.request import ReadState


def reading_of(viewer: Viewer, state: ReadState) -> Reading:
    """Return where a viewer reads, bounded by what they may see and by the seconds that a query may take."""
    return Reading(state.driver, state.settings.neo4j_database, state.settings.query_seconds, sight(viewer))


def seeker_of(viewer: Viewer, state: ReadState) -> Seeker | None:
    """Return a viewer as one who looks for creators in the current run; None before the first."""
    run = state.run.seen(outward=sight(viewer).outward)
    return None if run is None else Seeker(reading_of(viewer, state), run, state.own.of(Kept), state.run.data_version)


def for_brand(seeker: Seeker, brand: str) -> Seeker:
    """Return a seeker who sees no more than the brand itself would: what is found so may be shared by all its keys.

    What an administrator or a partner sees beside, other brands' terms and exact sales, would show in who is left out.
    """
    seen = replace(seeker.reading.sight, terms=Reach.OWN, others=Reach.COUNTS, exact_sales=Reach.RANGES, brands=(brand,))
    return replace(seeker, reading=replace(seeker.reading, sight=seen), run=seeker.run.outward())

"""Where a viewer reads: bounded by what they may see, and by the seconds that a query may take."""

from __future__ import annotations

from api.access.table import sight
from api.access.viewer import Viewer
from api.graphql.execution.request import ReadState
from graph.finding.reading import Reading


def reading_of(viewer: Viewer, state: ReadState) -> Reading:
    """Return where a viewer reads, within their sight."""
    return Reading(state.driver, state.settings.neo4j_database, state.settings.query_seconds, sight(viewer))

"""Where what a run expects is read, and of whom a viewer may be told."""

from __future__ import annotations

from api.graphql.execution.field_context import Asking
from api.graphql.execution.scorecards import place_of, rated, ratings_of
from graph.runs import PredictionReader


def reader_of(asking: Asking) -> PredictionReader:
    """Return where it is read."""
    settings = asking.state.settings
    return PredictionReader(asking.state.driver, settings.neo4j_database, float(settings.query_seconds))


async def explained(asking: Asking) -> str | None:
    """Return the current run's id where the viewer may see the creator's scores explained; None elsewhere, and before the first run."""
    if asking.run is None or asking.own_id is None:
        return None
    ratings = ratings_of(asking)
    run = next((each for each in await ratings.runs() if each.id == asking.run.id), None)
    return None if run is None or await rated(asking, ratings, place_of(asking), run) is None else run.id

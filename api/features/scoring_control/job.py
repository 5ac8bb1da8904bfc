"""`scoringJob`: what is under way, and how the last one ended."""

from __future__ import annotations

from time import time

from api.access.table import Permission
from api.features.scoring_control.types import ScoringJob, shown
from api.graphql.execution.field_context import FieldContext
from graph.runs import newest_job


async def scoring_job(context: FieldContext) -> ScoringJob | None:
    """Return the job that was started last, in whichever process; None before the first."""
    context.allowed(Permission.SCORE)
    found = await newest_job(context.state.driver, now=int(time()), database=context.state.settings.neo4j_database)
    return None if found is None else shown(found)

"""`recommendations`: whom to work with, by a brief given or kept."""

from __future__ import annotations

from api.access.table import Permission
from api.errors import BadUserInput
from api.features.briefs.brief import Wanted, stored, wanted_of
from api.features.recommendations.seeker import recommended, seeker_of
from api.features.recommendations.types import Recommendations
from api.graphql.execution.arguments import local
from api.graphql.execution.field_context import FieldContext, reading_of
from graph.recommendations.briefs import briefs


async def recommendations(context: FieldContext) -> Recommendations | None:
    """Return whom a brief finds; null before the first run."""
    context.allowed(Permission.EXPLORE)
    wanted, seeker = await wanted_by(context), seeker_of(context.viewer, context.state)
    return None if seeker is None else await recommended(seeker, wanted, first=context.arguments.get("first", 20))


async def wanted_by(context: FieldContext) -> Wanted:
    """Return the brief of a field's arguments `brief` and `briefId`, of which one may be given; an empty brief where none is."""
    given, kept = context.arguments.get("brief"), context.arguments.get("briefId")
    if kept is None:
        return wanted_of(given)
    if given is not None:
        raise BadUserInput("both brief and briefId were given; use only one of them")
    found = await briefs(reading_of(context.viewer, context.state), id_=local("briefId", kept, "Brief"), first=1)
    if not found:
        raise BadUserInput(f"briefId: no brief of this key's brands has the id {kept!r}; `briefs {{ id name }}` lists them")
    return stored(found[0].wanted)

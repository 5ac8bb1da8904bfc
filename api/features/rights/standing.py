"""`Creator.rights` and `erasureRequests`: what creators have asked for."""

from __future__ import annotations

from api.access.table import Permission
from api.access.viewer import Role
from api.features.rights.types import CreatorRights, ErasureRequest
from api.graphql.execution.field_context import FieldContext
from api.graphql.mutations import moment
from api.graphql.types.nouns import Ref
from graph.dates import iso_time
from graph.rights.requests import requests, standing


async def rights_of(context: FieldContext) -> CreatorRights | None:
    """Return what the creator has asked for; None for whoever is neither the creator nor an administrator."""
    viewer = context.viewer
    own = viewer.role is Role.CREATOR and viewer.creator == context.own_id
    if context.own_id is None or not (own or viewer.role is Role.ADMIN):
        return None
    found = await standing(context.state.driver, context.own_id, database=context.state.settings.neo4j_database)
    return CreatorRights(
        objects_since=moment(found.objects_since),
        erasure_requested_at=moment(found.erasure_requested_at),
        erasure_due_at=moment(found.erasure_due_at),
    )


async def erasure_requests(context: FieldContext) -> list[ErasureRequest]:
    """Return the requests that wait."""
    context.allowed(Permission.ERASE)
    found = await requests(context.state.driver, database=context.state.settings.neo4j_database)
    return [
        ErasureRequest(creator=Ref("Creator", each.creator), requested_at=iso_time(each.at), due_at=iso_time(each.due_at)) for each in found
    ]

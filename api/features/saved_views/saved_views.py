"""`viewer { savedViews }`: the views that an account keeps, and those that its brand shares."""

from __future__ import annotations

import json
from typing import Final

from api.access.table import Permission
from api.access.viewer import Role, Viewer
from api.features.saved_views.types import PAGES, SavedView, SavedViewConnection, SavedViewEdge, SavedViewPage
from api.graphql.execution.field_context import FieldContext
from api.graphql.execution.paging import page
from graph import views as stored
from graph.dates import iso_time

ORDER: Final = "saved views"
NAMES: Final = {path: SavedViewPage[name] for name, (path, _) in PAGES.items()}


async def saved_views(context: FieldContext) -> SavedViewConnection:
    """Return the viewer's views, then those shared with them; a start among the others' is none of the viewer's."""
    context.allowed(Permission.EXPLORE)
    state, given, viewer = context.state, context.arguments, context.viewer
    wanted = stored.Wanted(viewer.account, party_of(viewer), given.get("page"), given.get("start"))
    settings = state.settings
    kept = await stored.saved_views(state.driver, wanted, database=settings.neo4j_database, seconds=settings.query_seconds)
    found = [shown(one, viewer) for one in kept]
    cut = page(context, found, lambda each: each.view_id, order=ORDER)
    return SavedViewConnection(
        edges=[SavedViewEdge(cursor=place, node=row) for row, place in cut.rows],
        nodes=[row for row, _ in cut.rows],
        page_info=cut.info,
        total_count=len(found),
    )


def party_of(viewer: Viewer) -> str | None:
    """Return whom the viewer's views can be shared with, as text that is equal for equals: all keys of the same brand; None for others.

    Nothing tells the keys of one partner from those of another with the same clients.
    """
    if viewer.role is not Role.BRAND or not viewer.brands:
        return None
    return json.dumps([str(viewer.role), *sorted(set(viewer.brands))], ensure_ascii=False)


def shown(found: stored.SavedView, viewer: Viewer) -> SavedView:
    """Return a view as the viewer sees it."""
    own = found.key_id == viewer.account
    return SavedView(
        view_id=found.id,
        name=found.name,
        page=NAMES[found.page],
        address=found.address,
        own=own,
        shared=found.party is not None,
        start=own and found.start,
        created_at=iso_time(found.created_at),
        updated_at=iso_time(found.updated_at),
    )

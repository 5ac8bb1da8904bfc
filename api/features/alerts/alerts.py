"""`alerts`, `alertMembers`: a key's alerts, and who is inside them."""

from __future__ import annotations

from typing import Any, Final

from api.features.alerts.types import Alert, AlertConnection, AlertEdge, AlertMemberConnection, AlertMemberEdge
from api.graphql.execution.field_context import FieldContext
from api.graphql.execution.paging import page
from api.graphql.types.nouns import Ref
from graph import alerts as stored
from graph.dates import iso_time, iso_time_or_null

ORDER: Final = "alerts"
MEMBERS: Final = "alert members"


async def alerts(context: FieldContext) -> AlertConnection:
    """Return the viewer's alerts."""
    found = [shown(each) for each in await _own(context)]
    cut = page(context, found, lambda each: each.alert_id, order=ORDER)
    return AlertConnection(
        edges=[AlertEdge(cursor=place, node=row) for row, place in cut.rows],
        nodes=[row for row, _ in cut.rows],
        page_info=cut.info,
        total_count=len(found),
    )


async def alert_members(context: FieldContext) -> AlertMemberConnection | None:
    """Return who is inside one of the viewer's alerts, None where the id is none of theirs; whom they may see is read by plans."""
    id_ = context.arguments["alert"]
    found = next((each for each in await _own(context) if each.id == id_), None)
    if found is None:
        return None
    cut = page(context, found.inside, str, order=MEMBERS)
    edges = [AlertMemberEdge(cursor=place, node=Ref("Creator", row)) for row, place in cut.rows]
    return AlertMemberConnection(edges=edges, nodes=[each.node for each in edges], page_info=cut.info, total_count=len(found.inside))


async def _own(context: FieldContext) -> list[stored.Alert]:
    state = context.state
    return await stored.alerts(state.driver, key=context.viewer.account, database=state.settings.neo4j_database)


def shown(found: stored.Alert) -> Alert:
    """Return an alert as the API shows it."""
    watches: Any = dict(found.watches)
    return Alert(
        alert_id=found.id,
        name=found.name,
        watches=watches,
        count=len(found.inside),
        created_at=iso_time(found.created_at),
        evaluated_at=iso_time_or_null(found.looked_at),
        last_crossing_at=iso_time_or_null(found.crossed_at),
        error=found.error,
    )

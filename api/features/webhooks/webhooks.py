"""`webhooks`, `webhook`, `webhookDeliveries`: a key's webhooks, and what was sent to them."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from api.access.viewer import Role, Viewer
from api.errors import BadUserInput
from api.events.places import cursor
from api.features.webhooks.types import (
    Webhook,
    WebhookConnection,
    WebhookDelivery,
    WebhookDeliveryConnection,
    WebhookDeliveryEdge,
    WebhookDeliveryStatus,
    WebhookDisabledReason,
    WebhookEdge,
)
from api.graphql.execution.field_context import FieldContext
from api.graphql.execution.paging import page
from api.graphql.types.page import PageInfo
from api.webhooks import deliveries as kept
from api.webhooks import store as stored
from api.webhooks.deliveries import Deliveries
from graph.dates import iso_time, iso_time_or_null

ORDER: Final = "webhooks"
DELIVERIES: Final = "webhook deliveries"
MOST: Final = 100


async def webhooks(context: FieldContext) -> WebhookConnection:
    """Return the viewer's webhooks, or an administrator's view of all."""
    home, viewer = context.state.settings.home, context.viewer
    with Deliveries.opened(home) as store:
        found = [shown(home, store, each) for each in store.webhooks(None if viewer.role is Role.ADMIN else viewer.account)]
    cut = page(context, found, lambda each: each.webhook_id, order=ORDER)
    return WebhookConnection(
        edges=[WebhookEdge(cursor=place, node=row) for row, place in cut.rows],
        nodes=[row for row, _ in cut.rows],
        page_info=cut.info,
        total_count=len(found),
    )


async def webhook(context: FieldContext) -> Webhook | None:
    """Return one webhook of the viewer's."""
    home = context.state.settings.home
    with Deliveries.opened(home) as store:
        found = readable(store, context.viewer, context.arguments["webhook"])
        return None if found is None else shown(home, store, found)


async def webhook_deliveries(context: FieldContext) -> WebhookDeliveryConnection | None:
    """Return deliveries of one webhook of the viewer's; None where the id is none of theirs."""
    given, home = context.arguments, context.state.settings.home
    first, after = given["first"], given.get("after")
    if not 0 <= first <= MOST:
        raise BadUserInput(f"first is {first}; give 0 to {MOST}")
    before = None if after is None else int(context.cursors.read(after, order=DELIVERIES)[0])
    with Deliveries.opened(home) as store:
        found = readable(store, context.viewer, given["webhook"])
        if found is None:
            return None
        rows = store.newest(found.id, first=first + 1, before=before)
    edges = [
        WebhookDeliveryEdge(cursor=context.cursors.write([each.number], order=DELIVERIES), node=delivery(home, each))
        for each in rows[:first]
    ]
    ends = (edges[0].cursor, edges[-1].cursor) if edges else (None, None)
    info = PageInfo(has_next_page=len(rows) > first, has_previous_page=after is not None, start_cursor=ends[0], end_cursor=ends[1])
    return WebhookDeliveryConnection(edges=edges, nodes=[each.node for each in edges], page_info=info)


def readable(store: Deliveries, viewer: Viewer, id_: str) -> stored.Webhook | None:
    """Return a webhook that a viewer may read: an own one; administrators read all."""
    found = store.webhook(id_)
    return found if found is not None and (found.key_id == viewer.account or viewer.role is Role.ADMIN) else None


def shown(home: Path, store: Deliveries, found: stored.Webhook) -> Webhook:
    """Return a webhook as the API shows it."""
    head = store.head(found.id)
    failing = head is not None and head.attempts > 0 and found.disabled_at is None
    variables: Any = dict(found.variables)
    return Webhook(
        webhook_id=found.id,
        url=found.url,
        description=found.description,
        subscription=found.query,
        variables=variables,
        created_at=iso_time(found.created_at),
        cursor=cursor(home, found.position),
        old_secret_expires_at=iso_time_or_null(found.old_secret_until),
        failing=failing,
        last_error=head.error if failing and head is not None else found.error,
        disabled_at=iso_time_or_null(found.disabled_at),
        disabled_reason=None if found.reason is None else WebhookDisabledReason[found.reason.name],
        key_id=found.key_id,
    )


def delivery(home: Path, found: kept.Delivery) -> WebhookDelivery:
    """Return a delivery as the API shows it."""
    return WebhookDelivery(
        delivery_id=found.id,
        type=found.type,
        cursor=cursor(home, found.number),
        status=WebhookDeliveryStatus[found.status.name],
        attempts=found.attempts,
        response_status=found.code,
        error=found.error,
        queued_at=iso_time(found.created_at),
        last_attempt_at=iso_time_or_null(found.attempted_at),
        next_attempt_at=iso_time_or_null(found.next_at),
    )

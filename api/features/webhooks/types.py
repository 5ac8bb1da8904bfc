"""Webhooks and their deliveries, as their owners see them."""

# Enums and connections are made by call, which no checker takes for types.
# pyright: reportInvalidTypeForm=false
from __future__ import annotations

from typing import Final

import strawberry

from api.graphql.types.enums import named
from api.graphql.types.fields import REFUSED, argument, paged, planned
from api.graphql.types.page import PageInfo
from api.graphql.types.scalars import DateTime, Id, Json
from api.webhooks.deliveries import KEPT, Status
from api.webhooks.store import Reason

WebhookDisabledReason: Final = named(
    "WebhookDisabledReason",
    "Why a webhook is disabled.",
    {
        "FAILING": (Reason.FAILING, "An event could not be delivered for three days."),
        "GONE": (Reason.GONE, "The receiver answered 410 Gone."),
        "KEY_ENDED": (Reason.KEY_ENDED, "The key that created it was revoked, or has expired."),
        "EVENTS_GONE": (Reason.EVENTS_GONE, "It fell so far behind that the next events are no longer stored."),
        "REFUSED": (Reason.REFUSED, "Its subscription is no longer valid, such as one that names a creator you may no longer see."),
    },
)
WebhookDeliveryStatus: Final = named(
    "WebhookDeliveryStatus",
    "The status of a delivery.",
    {
        "PENDING": (Status.PENDING, "To be sent, or to be sent again."),
        "DELIVERED": (Status.DELIVERED, "The receiver answered with a status from 200 to 299."),
        "FAILED": (Status.FAILED, "Given up when the webhook was disabled; sent again once it is enabled."),
        "WITHHELD": (Status.WITHHELD, "Not sent, since you may no longer see the event, or it is no longer stored."),
    },
)


@strawberry.type(description="A subscription whose events are sent to a URL by POST, signed as Standard Webhooks specifies.")
class Webhook:
    """Without its secret."""

    webhook_id: Id = planned("The webhook's id.")
    url: str = planned("Where messages are sent.")
    description: str | None = planned("What it is for, in your words; null if not given.")
    subscription: str = planned("The subscription whose events are sent: what it selects is what messages contain under `data`.")
    variables: Json = planned("The variables of that subscription.")
    created_at: DateTime = planned("When it was created.")
    cursor: str = planned("The place in the order of events up to which events were taken up; usable as `since`.")
    old_secret_expires_at: DateTime | None = planned("Until when messages are signed with the former secret, too; null if there is none.")
    failing: bool = planned("Whether the last attempt failed and another one is due.")
    last_error: str | None = planned("Why the last attempt failed, or why it is disabled; null otherwise.")
    disabled_at: DateTime | None = planned("When it was disabled; null while it is enabled.")
    disabled_reason: WebhookDisabledReason | None = planned("Why it is disabled; null while it is enabled.")
    key_id: Id = planned(
        "The key that created it, or the first of those that it was rotated from; messages contain the data as the newest of them sees it."
    )


@strawberry.type(description="An event on its way to a webhook.")
class WebhookDelivery:
    """The message itself is not stored."""

    delivery_id: Id = planned("Id of the message, sent as `webhook-id`; the same for every attempt and replay.")
    type: str = planned("Type of the message, such as `run.published`.")
    cursor: str = planned("The event's place; usable as `since`.")
    status: WebhookDeliveryStatus = planned("The status.")
    attempts: int = planned("Number of attempts since it was last queued.")
    response_status: int | None = planned("HTTP status of the last response; null if there was none.")
    error: str | None = planned("Why the last attempt failed; null if it did not.")
    queued_at: DateTime = planned("When it was first queued.")
    last_attempt_at: DateTime | None = planned("When it was last attempted; null before the first attempt.")
    next_attempt_at: DateTime | None = planned("When it is due; null unless pending.")


@strawberry.type(description="A webhook with its cursor.")
class WebhookEdge:
    """One place of the list."""

    cursor: str = planned("Cursor for `after` and `before`.")
    node: Webhook = planned("The webhook.")


@strawberry.type(description="A page of webhooks, oldest first.")
class WebhookConnection:
    """They are few."""

    edges: list[WebhookEdge] = planned("The webhooks with their cursors.")
    nodes: list[Webhook] = planned("The webhooks without their cursors.")
    page_info: PageInfo = planned("The page's position in the list.")
    total_count: int = planned("Total number of webhooks.")


@strawberry.type(description="A delivery with its cursor.")
class WebhookDeliveryEdge:
    """One place of the list."""

    cursor: str = planned("Cursor for `after`.")
    node: WebhookDelivery = planned("The delivery.")


@strawberry.type(description="A page of deliveries, newest events first.")
class WebhookDeliveryConnection:
    """There is no total: old ones are dropped."""

    edges: list[WebhookDeliveryEdge] = planned("The deliveries with their cursors.")
    nodes: list[WebhookDelivery] = planned("The deliveries without their cursors.")
    page_info: PageInfo = planned("The page's position in the list.")


@strawberry.type
class Query:
    """Webhooks of the key that asks."""

    webhooks: WebhookConnection | None = paged("Your webhooks, oldest first; for administrators, those of all keys.")
    webhook: Webhook | None = planned(
        "One of your webhooks; null if you have none with this id.", argument("webhook", Id, "The webhook's id.")
    )
    webhook_deliveries: WebhookDeliveryConnection | None = planned(
        f"What was sent to one of your webhooks, newest events first; the newest {KEPT:,} are stored. Null for an id that is none of "
        f"yours. {REFUSED}",
        argument("webhook", Id, "The webhook's id."),
        argument("first", int, "Number of deliveries to return, at most 100.", 20),
        argument("after", str | None, "A cursor; returns older deliveries."),
    )

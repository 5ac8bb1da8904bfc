"""What mutations of webhooks are asked with, and what they answer."""

# Enums are made by call, which no checker takes for types.
# pyright: reportInvalidTypeForm=false
from __future__ import annotations

from typing import Final

import strawberry

from api.features.changes.types import ChangeKind
from api.features.webhooks.content import WatchedRankingInput, WatchedScoresInput
from api.features.webhooks.types import Webhook, WebhookDelivery
from api.graphql.mutations import UserError, node
from api.graphql.types.scalars import Id

URL: Final = "Where to send messages: an https URL on a public address (`CREATORGRAPH_WEBHOOKS_TO_PRIVATE_ADDRESSES`)."
KINDS: Final = "Kinds of changes to send, as for `changed`; all that you may see if neither this nor `scores` nor `ranking` is given."
ERRORS: Final = "Why nothing was done; empty on success."
WHICH: Final = "The webhook's id."


@strawberry.input(description="A webhook to create. Give at most one of `kinds`, `scores` and `ranking`.")
class CreateWebhookInput:
    """Where to, and what."""

    url: str = strawberry.field(description=URL)
    description: str | None = strawberry.field(default=None, description="What it is for; at most 200 characters.")
    kinds: list[ChangeKind] | None = strawberry.field(default=None, description=KINDS)
    scores: WatchedScoresInput | None = strawberry.field(default=None, description="Send score changes of these creators instead.")
    ranking: WatchedRankingInput | None = strawberry.field(default=None, description="Send changes of a ranking's first places instead.")
    since: str | None = strawberry.field(
        default=None, description="A cursor from `changes` or a subscription: begin after it. From now on if omitted."
    )


@strawberry.input(description="A change to a webhook. What is omitted stays. Give at most one of `kinds`, `scores` and `ranking`.")
class UpdateWebhookInput:
    """Which, and what becomes of it."""

    webhook_id: Id = strawberry.field(description=WHICH)
    url: str | None = strawberry.field(default=None, description=URL)
    description: str | None = strawberry.field(default=None, description="What it is for; at most 200 characters.")
    kinds: list[ChangeKind] | None = strawberry.field(default=None, description="Send these kinds of changes from now on.")
    scores: WatchedScoresInput | None = strawberry.field(default=None, description="Send score changes of these creators from now on.")
    ranking: WatchedRankingInput | None = strawberry.field(default=None, description="Send changes of a ranking from now on.")


@strawberry.input(description="A webhook to delete.")
class DeleteWebhookInput:
    """Which."""

    webhook_id: Id = strawberry.field(description=WHICH)


@strawberry.input(description="A webhook to send a test message.")
class TestWebhookInput:
    """Which."""

    __test__ = False

    webhook_id: Id = strawberry.field(description=WHICH)


@strawberry.input(description="A webhook that gets a new secret.")
class RotateWebhookSecretInput:
    """Which, and how long both are valid."""

    webhook_id: Id = strawberry.field(description=WHICH)
    overlap_hours: int = strawberry.field(
        default=24, description="Hours for which messages are signed with the former secret, too; 0 to 168."
    )


@strawberry.input(description="A disabled webhook to enable again.")
class EnableWebhookInput:
    """Which, and from where on."""

    webhook_id: Id = strawberry.field(description=WHICH)
    from_now: bool = strawberry.field(
        default=False, description="Whether to pass over what happened meanwhile; if false, what could not be delivered comes first."
    )


@strawberry.input(description="Events to send to a webhook again.")
class ReplayWebhookInput:
    """Which, and from where on."""

    webhook_id: Id = strawberry.field(description=WHICH)
    since: str = strawberry.field(description="A cursor: everything after it is sent again, in order.")


@strawberry.input(description="A delivery to send again.")
class ReplayWebhookDeliveryInput:
    """Which."""

    delivery_id: Id = strawberry.field(description="Id of the delivery, as in `webhookDeliveries` or the header `webhook-id`.")


@strawberry.type(description="The result of a change to a webhook.")
class WebhookPayload:
    """What came of it."""

    webhook: Webhook | None = node("The webhook; null if nothing was done.")
    user_errors: list[UserError] = strawberry.field(default_factory=list, description=ERRORS)


@strawberry.type(description="A webhook with a new secret.")
class WebhookSecretPayload:
    """What came of it."""

    webhook: Webhook | None = node("The webhook; null if nothing was done.")
    secret: str | None = strawberry.field(default=None, description="The secret, `whsec_…`, shown only once; null if nothing was done.")
    user_errors: list[UserError] = strawberry.field(default_factory=list, description=ERRORS)


@strawberry.type(description="The webhook that was deleted.")
class DeleteWebhookPayload:
    """What came of it."""

    webhook_id: Id | None = strawberry.field(default=None, description="Its id; null if nothing was deleted.")
    user_errors: list[UserError] = strawberry.field(default_factory=list, description=ERRORS)


@strawberry.type(description="What a receiver answered to a test message.")
class TestWebhookPayload:
    """What came of it."""

    __test__ = False

    delivered: bool = strawberry.field(default=False, description="Whether the receiver answered with a status from 200 to 299.")
    response_status: int | None = strawberry.field(default=None, description="HTTP status of the response; null if there was none.")
    error: str | None = strawberry.field(default=None, description="Why it was not delivered; null if it was.")
    user_errors: list[UserError] = strawberry.field(default_factory=list, description="Why nothing was sent; empty if it was.")


@strawberry.type(description="A delivery that is sent again.")
class ReplayWebhookDeliveryPayload:
    """What came of it."""

    delivery: WebhookDelivery | None = node("The delivery; null if nothing was done.")
    user_errors: list[UserError] = strawberry.field(default_factory=list, description=ERRORS)

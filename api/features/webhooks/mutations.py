"""Webhooks are created, changed, tested, replayed and deleted by the key that they belong to."""

from __future__ import annotations

import asyncio
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Annotated, Any, Final
from uuid import uuid4

import orjson
import strawberry

from api.errors import ApiError
from api.events.places import number
from api.events.told import told
from api.features.webhooks import inputs
from api.features.webhooks.content import check, content
from api.features.webhooks.webhooks import delivery as as_delivery
from api.features.webhooks.webhooks import readable, shown
from api.graphql.mutations import INPUT, Context, Info, Refusal, mutation, text
from api.webhooks.addresses import AddressRefused, checked
from api.webhooks.deliveries import Deliveries
from api.webhooks.posting import Post
from api.webhooks.signatures import headers
from api.webhooks.store import TooManyWebhooks, Webhook
from graph.dates import iso_time
from graph.feeds import newest_told, news_after
from graph.outbox import EventsForgotten
from graph.plans.errors import PlanError

LONGEST_DESCRIPTION: Final = 200
HOURS_OF_OVERLAP: Final = 168


@dataclass(frozen=True, slots=True)
class Own:
    """A webhook of the viewer's, with the open file that holds it."""

    store: Deliveries
    webhook: Webhook
    context: Context

    def shown(self) -> Any:
        """Return it as it is by now, as the API shows it."""
        found = self.store.webhook(self.webhook.id)
        return None if found is None else shown(self.context.state.settings.home, self.store, found)


@contextmanager
def _own(context: Context, id_: str) -> Generator[Own]:
    """Have a webhook of the viewer's within the block; Refusal for any other."""
    with Deliveries.opened(context.state.settings.home) as store:
        found = store.webhook(id_)
        if found is None or found.key_id != context.viewer.account:
            raise _unknown(id_)
        yield Own(store, found, context)


def _unknown(id_: str) -> Refusal:
    return Refusal("webhookId", "NOT_FOUND", f"you have no webhook with the id {id_[:80]!r}; `webhooks` lists yours")


async def create_webhook(info: Info, input: Annotated[inputs.CreateWebhookInput, INPUT]) -> inputs.WebhookSecretPayload:
    """Keep a new webhook, whose secret is told this once."""
    context = info.context
    settings, viewer = context.state.settings, context.viewer
    what = content(input.kinds, input.scores, input.ranking)
    await check(context, what)
    url = _url(context, input.url)
    description = text("description", input.description, most=LONGEST_DESCRIPTION)
    position = await _position(context, input.since)
    new = Webhook.new(viewer.account, url, what, position=position, now=context.now)
    with Deliveries.opened(settings.home) as store:
        try:
            store.create(replace(new, description=description), most=settings.webhooks_per_key)
        except TooManyWebhooks as error:
            most = settings.webhooks_per_key
            raise Refusal("input", "TOO_MANY", f"this key has {most} webhooks, which is as many as it may have; delete one") from error
        return inputs.WebhookSecretPayload(webhook=Own(store, new, context).shown(), secret=new.secret)


async def update_webhook(info: Info, input: Annotated[inputs.UpdateWebhookInput, INPUT]) -> inputs.WebhookPayload:
    """Change what is given."""
    context = info.context
    with _own(context, input.webhook_id) as own:
        found = own.webhook
        told_anew = any(each is not None for each in (input.kinds, input.scores, input.ranking))
        what = content(input.kinds, input.scores, input.ranking) if told_anew else found.content
        if told_anew:
            await check(context, what)
        own.store.change(
            found.id,
            url=found.url if input.url is None else _url(context, input.url),
            description=found.description
            if input.description is None
            else text("description", input.description, most=LONGEST_DESCRIPTION),
            content=what,
        )
        return inputs.WebhookPayload(webhook=own.shown())


async def delete_webhook(info: Info, input: Annotated[inputs.DeleteWebhookInput, INPUT]) -> inputs.DeleteWebhookPayload:
    """Delete an own webhook; an administrator deletes any."""
    context = info.context
    with Deliveries.opened(context.state.settings.home) as store:
        if readable(store, context.viewer, input.webhook_id) is None:
            raise _unknown(input.webhook_id)
        store.delete(input.webhook_id)
    return inputs.DeleteWebhookPayload(webhook_id=input.webhook_id)


async def rotate_webhook_secret(info: Info, input: Annotated[inputs.RotateWebhookSecretInput, INPUT]) -> inputs.WebhookSecretPayload:
    """Make a new secret; the former one signs beside it for a while."""
    context, hours = info.context, input.overlap_hours
    if not 0 <= hours <= HOURS_OF_OVERLAP:
        raise Refusal("overlapHours", "INVALID", f"overlapHours is {hours}; give 0 to {HOURS_OF_OVERLAP}")
    with _own(context, input.webhook_id) as own:
        secret = own.store.rotate(own.webhook.id, until=context.now + 3_600 * hours)
        return inputs.WebhookSecretPayload(webhook=own.shown(), secret=secret)


async def test_webhook(info: Info, input: Annotated[inputs.TestWebhookInput, INPUT]) -> inputs.TestWebhookPayload:
    """Send a message without any data, once, and say what came of it."""
    context = info.context
    with _own(context, input.webhook_id) as own:
        webhook = own.webhook
    body = orjson.dumps({"type": "webhook.test", "timestamp": iso_time(context.now), "data": {}})
    signed = headers(webhook.secrets(context.now), f"msg_test{uuid4().hex[:20]}", context.now, body)
    post = Post(private=context.state.settings.webhooks_to_private_addresses)
    async with context.state.own.of(_Testing).turn:
        outcome = await post(webhook.url, signed, body)
    return inputs.TestWebhookPayload(delivered=outcome.delivered, response_status=outcome.status, error=outcome.error)


class _Testing:
    """Few tests at once: each holds a request for as long as a receiver takes."""

    def __init__(self) -> None:
        self.turn = asyncio.Semaphore(4)


async def enable_webhook(info: Info, input: Annotated[inputs.EnableWebhookInput, INPUT]) -> inputs.WebhookPayload:
    """Go on sending."""
    context = info.context
    position = await _position(context, None) if input.from_now else None
    with _own(context, input.webhook_id) as own:
        own.store.enable(own.webhook.id, now=context.now, position=position)
        return inputs.WebhookPayload(webhook=own.shown())


async def replay_webhook(info: Info, input: Annotated[inputs.ReplayWebhookInput, INPUT]) -> inputs.WebhookPayload:
    """Send everything after a cursor again."""
    context = info.context
    position = await _position(context, input.since)
    with _own(context, input.webhook_id) as own:
        own.store.replay_after(own.webhook.id, position)
        return inputs.WebhookPayload(webhook=own.shown())


async def replay_webhook_delivery(
    info: Info, input: Annotated[inputs.ReplayWebhookDeliveryInput, INPUT]
) -> inputs.ReplayWebhookDeliveryPayload:
    """Send one delivery again."""
    context = info.context
    with Deliveries.opened(context.state.settings.home) as store:
        found = store.delivery(input.delivery_id)
        webhook = None if found is None else store.webhook(found.webhook)
        if found is None or webhook is None or webhook.key_id != context.viewer.account:
            raise Refusal(
                "deliveryId", "NOT_FOUND", f"you have no delivery with the id {input.delivery_id[:80]!r}; `webhookDeliveries` lists them"
            )
        store.replay(found.id, now=context.now)
        again = store.delivery(found.id)
        return inputs.ReplayWebhookDeliveryPayload(delivery=None if again is None else as_delivery(context.state.settings.home, again))


def _url(context: Context, url: str) -> str:
    try:
        return checked(url, private=context.state.settings.webhooks_to_private_addresses)
    except AddressRefused as error:
        raise Refusal("url", "INVALID", str(error)) from error


async def _position(context: Context, since: str | None) -> int:
    """Return the number after which to begin: of a cursor whose events are all there, or of the newest event told to the viewer."""
    state, database = context.state, context.state.settings.neo4j_database
    if since is None:
        return await newest_told(state.driver, told(context.viewer), database=database)
    try:
        found = number(state.settings.home, since)
        await news_after(state.driver, found, told(context.viewer), first=1, database=database)
    except EventsForgotten as error:
        raise Refusal("since", "STALE_CURSOR", "changes after this cursor are no longer stored; take a new one from `changes`") from error
    except (ApiError, PlanError) as error:
        raise Refusal("since", "INVALID", str(error)) from error
    return found


@strawberry.type
class Mutation:
    """Webhooks."""

    create_webhook = mutation(
        inputs.WebhookSecretPayload,
        create_webhook,
        description="Create a webhook: events that you may see are sent to a URL, in order, until the receiver has each of them. "
        "The secret that messages are signed with is shown only once.",
    )
    update_webhook = mutation(inputs.WebhookPayload, update_webhook, description="Change where one of your webhooks sends, or what.")
    delete_webhook = mutation(
        inputs.DeleteWebhookPayload, delete_webhook, description="Delete one of your webhooks, or, as an administrator, any."
    )
    rotate_webhook_secret = mutation(
        inputs.WebhookSecretPayload,
        rotate_webhook_secret,
        description="Give one of your webhooks a new secret, shown only once; for a while messages are signed with both.",
    )
    test_webhook = mutation(
        inputs.TestWebhookPayload, test_webhook, description="Send a message of the type `webhook.test` to one of your webhooks, once."
    )
    enable_webhook = mutation(inputs.WebhookPayload, enable_webhook, description="Enable one of your webhooks that was disabled.")
    replay_webhook = mutation(
        inputs.WebhookPayload, replay_webhook, description="Send everything after a cursor to one of your webhooks again, in order."
    )
    replay_webhook_delivery = mutation(
        inputs.ReplayWebhookDeliveryPayload,
        replay_webhook_delivery,
        description="Send one delivery again, before whatever else is due.",
    )

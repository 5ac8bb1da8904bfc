"""Delivering to one webhook: one event after the other, each until the receiver has it, and on from the place that is on the disk."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from time import time
from typing import Final

from neo4j.exceptions import DriverError, Neo4jError

from api.access.viewer import Viewer
from api.error_mapping import translated
from api.errors import ApiError, AuditUnavailable, Internal, LimitExceeded, NotReady, StaleCursor, TooManyAtOnce, Unauthenticated
from api.graphql.execution.subscriptions import LiveOperation
from api.process.state import State
from api.webhooks.deliveries import Attempt, Deliveries, Delivery, Status
from api.webhooks.messages import body, live, message_type
from api.webhooks.posting import Outcome, Post
from api.webhooks.schedule import next_attempt
from api.webhooks.signatures import headers
from api.webhooks.store import Reason, Webhook
from graph.errors import GraphError
from graph.outbox import Recorded
from graph.tracing import ROOT, Span, span
from graph.turns import Turns

LOG: Final = logging.getLogger("creatorgraph.webhooks")
SECONDS: Final = 1.0
"""So late at most a change to a webhook, a replay or an end of its key is noticed where nothing else happens."""

SECONDS_AFTER_FAILURE: Final = 2.0
KNOWN: Final = (ApiError, GraphError, DriverError, Neo4jError)
"""Failures of a subscription that are known, and so either pass or refuse it for good."""

PASSING: Final = (NotReady, TooManyAtOnce, LimitExceeded, AuditUnavailable, Internal)
"""What keeps an answer from being made for now; it says nothing about the webhook."""


class Over(Exception):
    """Nothing more is sent to the webhook, for a reason."""

    def __init__(self, reason: Reason, error: str | None) -> None:
        """Keep why."""
        super().__init__(reason)
        self.reason, self.error = reason, error


@dataclass(slots=True)
class Delivering:
    """One webhook's way through the events."""

    webhook: str
    state: State
    store: Deliveries
    post: Post
    turns: Turns
    clock: Callable[[], float] = time
    _checked: str = ""
    _ahead: deque[Recorded] = field(default_factory=deque[Recorded])
    _place: int = -1

    async def run(self) -> None:
        """Deliver until the webhook is deleted or disabled; while the database, or the disk, does not answer, wait."""
        while (webhook := self.store.webhook(self.webhook)) is not None and webhook.disabled_at is None:
            try:
                await self._step(webhook)
            except Over as over:
                self.store.disable(webhook.id, over.reason, over.error, now=int(self.clock()))
                LOG.warning("a webhook is disabled", extra={"fields": {"webhook": webhook.id, "reason": str(over.reason)}})
            except PASSING as error:
                await asyncio.sleep(float(error.headers.get("Retry-After", SECONDS_AFTER_FAILURE)))
            except (DriverError, Neo4jError, OSError, sqlite3.OperationalError) as error:
                LOG.warning("a webhook waits", extra={"fields": {"webhook": webhook.id, "error": type(error).__name__}})
                await asyncio.sleep(SECONDS_AFTER_FAILURE)

    async def _step(self, webhook: Webhook) -> None:
        """Deliver what is due, or take up the next event, or wait a little for either."""
        subscription = self._subscription(webhook)
        await self._check(webhook, subscription)
        head = self.store.head(webhook.id)
        if head is None:
            await self._take_up(webhook, subscription)
        elif (left := (head.next_at or 0) - self.clock()) > 0:
            await asyncio.sleep(min(left, SECONDS))
        else:
            await self._attempt(webhook, subscription, head)

    def _subscription(self, webhook: Webhook) -> LiveOperation:
        def viewer() -> Viewer:
            return self.state.keyring.holder(webhook.key_id)

        try:
            return live(webhook, viewer, self.state)
        except ApiError as error:
            raise _over(error) from error

    async def _check(self, webhook: Webhook, subscription: LiveOperation) -> None:
        """Refuse, once, what a subscription of the key would be refused for."""
        content = repr(webhook.content)
        if content == self._checked:
            return
        try:
            await subscription.begin(new=False)
        except KNOWN as error:
            raise _over(error) from error
        self._checked = content

    async def _take_up(self, webhook: Webhook, subscription: LiveOperation) -> None:
        """Take up the next event; what is read ahead holds for the place after which it was read."""
        if self._place != webhook.position:
            self._ahead.clear()
        if not self._ahead:
            try:
                async with asyncio.timeout(SECONDS):
                    await self.state.run.news(webhook.position)
            except TimeoutError:
                return
            await self._read(webhook, subscription)
        if self._ahead:
            event = self._ahead.popleft()
            now = int(self.clock())
            self.store.queue(webhook, event.number, message_type(subscription, event), now=now)
            self._place = event.number

    async def _read(self, webhook: Webhook, subscription: LiveOperation) -> None:
        try:
            news = await subscription.news(webhook.position)
        except KNOWN as error:
            raise _over(error) from error
        self._ahead.extend(news.events)
        self._place = webhook.position
        if not news.events:
            self.store.advance(webhook, news.newest)

    async def _attempt(self, webhook: Webhook, subscription: LiveOperation, head: Delivery) -> None:
        """Make the message anew, as its key sees it now, and send it."""
        attributes = {"creatorgraph.webhook.id": webhook.id, "creatorgraph.webhook.attempt": head.attempts + 1}
        with span("webhook delivery", attributes, ROOT) as delivery:
            await self._deliver(webhook, subscription, head, delivery)

    async def _deliver(self, webhook: Webhook, subscription: LiveOperation, head: Delivery, delivery: Span) -> None:
        async with self.turns.turn(webhook.key_id):
            try:
                message = await self._message(subscription, head)
            except (Over, *KNOWN):
                raise
            except Exception:  # ours: tried again as what a receiver refuses is, not at once and for ever
                LOG.exception("a webhook's message cannot be made", extra={"fields": {"webhook": webhook.id, "event": head.number}})
                self._note(head, Outcome(None, "the message could not be made; the error is in the service's log"))
                return
            current = self.store.webhook(webhook.id)
            if current is None or current.disabled_at is not None or self.store.head(webhook.id) != head:
                return
            if message is None:
                self.store.note(head, Attempt(int(self.clock())), Status.WITHHELD)
                delivery.set("creatorgraph.webhook.outcome", "withheld")
                return
            self._subscription(current)  # the key may have ended while the answer was made
            at = int(self.clock())
            outcome = await self.post(current.url, headers(current.secrets(at), head.id, at, message), message)
        delivery.set("creatorgraph.webhook.outcome", outcome.name)
        self._note(head, outcome)

    async def _message(self, subscription: LiveOperation, head: Delivery) -> bytes | None:
        """Return the message of an event; None where the event no longer concerns the key, or is no longer kept."""
        try:
            news = await subscription.news(head.number - 1, first=1)
            event = next((each for each in news.events if each.number == head.number), None)
            answer = None if event is None else await subscription.answer(event)
        except StaleCursor:
            return None
        except KNOWN as error:
            raise _over(error) from error
        return None if event is None or answer is None else body(message_type(subscription, event), event, answer)

    def _note(self, head: Delivery, outcome: Outcome) -> None:
        now = self.clock()
        attempt = Attempt(int(now), outcome.status, outcome.error)
        until = next_attempt(head.attempts + 1, now, retry_after=outcome.retry_after)
        self.state.metrics.deliveries.labels(outcome.name).inc()
        if outcome.delivered:
            self.store.note(head, attempt, Status.DELIVERED)
        elif outcome.gone or until is None:
            self.store.note(head, attempt, Status.FAILED)
            raise Over(Reason.GONE if outcome.gone else Reason.FAILING, outcome.error)
        else:
            self.store.note(head, attempt, Status.PENDING, next_at=until)


def _over(error: Exception) -> Exception:
    """Return why a webhook ends, where an answer of its subscription was refused for good; else the failure as it is."""
    told = error if isinstance(error, ApiError) else translated(error, "")
    if isinstance(told, PASSING):
        return told
    if isinstance(told, Unauthenticated):
        return Over(Reason.KEY_ENDED, told.message)
    return Over(Reason.EVENTS_GONE if isinstance(told, StaleCursor) else Reason.REFUSED, told.message)

"""A process that sends to webhooks of its keys, on the test database."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from neo4j import AsyncDriver

from api.access.viewer import Role
from api.features.webhooks.content import CHANGED
from api.process.state import State
from api.webhooks.deliveries import Deliveries, Delivery
from api.webhooks.sender import sending
from api.webhooks.store import Content, Reason, Webhook
from graph.outbox import Event, record
from tests.api.processes import keys, process
from tests.api.webhooks.receiver import Receiver


class Hooks:
    """A process that sends, and webhooks of its keys."""

    def __init__(self, driver: AsyncDriver, state: State, store: Deliveries) -> None:
        self.driver, self.state, self.store = driver, state, store
        keys(state)
        self.ids = {each.grant.role: each.id for each in state.store.records()}

    def add(self, receiver: Receiver, role: Role = Role.ADMIN, *, query: str = CHANGED, **variables: Any) -> Webhook:
        url = f"{receiver.url}/{role}"
        new = Webhook.new(self.ids[role], url, Content(query, variables), position=0, now=1)
        self.store.create(new, most=10)
        return new

    async def happen(self, *events: Event) -> None:
        async with self.driver.session() as session:
            for each in events:
                await session.execute_write(record, each)

    def deliveries(self, webhook: Webhook) -> list[Delivery]:
        return self.store.newest(webhook.id, first=100)[::-1]

    async def disabled(self, receiver: Receiver, webhook: Webhook) -> tuple[Reason | None, str]:
        """Wait until it is, and return why."""
        await receiver.until(lambda _: self.webhook(webhook).disabled_at is not None)
        return self.webhook(webhook).reason, self.webhook(webhook).error or ""

    def webhook(self, webhook: Webhook) -> Webhook:
        found = self.store.webhook(webhook.id)
        assert found is not None
        return found


@asynccontextmanager
async def hooks_of(driver: AsyncDriver, home: Path, **settings: Any) -> AsyncIterator[Hooks]:
    state = process(driver, home, **{"webhooks_to_private_addresses": True, **settings})
    with Deliveries.opened(home) as store:
        async with state.run, sending(state):
            yield Hooks(driver, state, store)
        await state.own.end()
    state.store.close()

"""The one process of a home that sends: it delivers to every webhook that is enabled, each on its own, and looks at alerts."""

from __future__ import annotations

import asyncio
import logging
import os
import sqlite3
from collections import Counter
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Final

from api.alerts.watch import Watch
from api.process.own import alongside
from api.process.state import State
from api.webhooks.deliveries import Deliveries
from api.webhooks.delivering import Delivering
from api.webhooks.posting import Post
from graph.server.locks import take
from graph.turns import Turns

LOG: Final = logging.getLogger("creatorgraph.webhooks")
LOCK: Final = "webhooks.lock"
SECONDS: Final = 1.0
"""Between looks for webhooks that are new, or enabled again; and between tries to become the one that sends."""


class Sender:
    """Keeps one task for each enabled webhook."""

    def __init__(self, state: State, store: Deliveries) -> None:
        """Send from a process; the store is its own connection."""
        self._state, self._store = state, store
        self._tasks: dict[str, asyncio.Task[None]] = {}
        most = state.settings.webhooks_at_once
        self._turns = Turns(most=most, each=max(1, most // 4))
        self._post = Post(private=state.settings.webhooks_to_private_addresses)

    async def run(self) -> None:
        """Look after the tasks until cancelled, and end them then."""
        try:
            while True:
                try:
                    self._look()
                except sqlite3.OperationalError as error:
                    LOG.warning("webhooks cannot be read", extra={"fields": {"error": str(error)}})
                await asyncio.sleep(SECONDS)
        finally:
            for task in self._tasks.values():
                task.cancel()
            await asyncio.gather(*self._tasks.values(), return_exceptions=True)

    def _look(self) -> None:
        for id_, task in list(self._tasks.items()):
            if task.done():
                del self._tasks[id_]
                if not task.cancelled() and (error := task.exception()) is not None:
                    LOG.error("delivering to a webhook has failed; it is begun anew", exc_info=error, extra={"fields": {"webhook": id_}})
        webhooks = self._store.webhooks()
        for each in webhooks:
            if each.disabled_at is None and each.id not in self._tasks:
                delivering = Delivering(each.id, self._state, self._store, self._post, self._turns)
                self._tasks[each.id] = asyncio.create_task(delivering.run())
        states = Counter("enabled" if each.disabled_at is None else "disabled" for each in webhooks)
        for name in ("enabled", "disabled"):
            self._state.metrics.webhooks.labels(name).set(states[name])


@asynccontextmanager
async def sending(state: State) -> AsyncGenerator[None]:
    """Send within the block, as soon as no other process of this home does."""
    async with alongside(_sent(state)):
        yield


async def _sent(state: State) -> None:
    """Send whenever the lock is to be had, which the kernel frees however its holder ends."""
    while True:
        lock = take(state.settings.home / LOCK, wait=False)
        if lock is not None:
            try:
                with Deliveries.opened(state.settings.home) as store:
                    async with asyncio.TaskGroup() as group:
                        group.create_task(Sender(state, store).run())
                        group.create_task(Watch(state).run())
            except Exception:
                LOG.exception("sending has failed; it is begun anew")
            finally:
                os.close(lock)
        await asyncio.sleep(SECONDS)

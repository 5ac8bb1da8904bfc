"""Looks at alerts after each event that may move somebody in or out; in the one process of a home that sends."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from time import time
from typing import Any, Final

from neo4j.exceptions import DriverError, Neo4jError

from api.alerts.looking import matches
from api.error_mapping import translated
from api.errors import ApiError
from api.process.state import State
from graph import alerts as stored
from graph.alerts import Alert, Look
from graph.connection import writing
from graph.errors import GraphError
from graph.feeds import EVERYTHING, Told, newest_told
from graph.outbox import ALERT_CREATED, APPEAL_DECIDED, COLLABORATION_RATED, CONSENT_CHANGED, IMPORT_FINISHED, RUN_PUBLISHED, RUN_RESTORED

LOG: Final = logging.getLogger("creatorgraph.alerts")
MOVING: Final = (RUN_PUBLISHED, RUN_RESTORED, IMPORT_FINISHED, CONSENT_CHANGED, APPEAL_DECIDED, COLLABORATION_RATED, ALERT_CREATED)
"""What may move a creator into a filter, or out of it."""

SECONDS_AFTER_FAILURE: Final = 30.0
SECONDS_AFTER_LOSS: Final = 2.0


class Watch:
    """Looks at each alert once for the newest event that may have moved somebody."""

    def __init__(self, state: State) -> None:
        """Look as the keys see that the alerts belong to."""
        self._state = state
        self._database = state.settings.neo4j_database

    async def run(self) -> None:
        """Look after the alerts until cancelled; what fails is tried again, at the latest after a while."""
        known, failing = -1, False
        while True:
            try:
                with suppress(TimeoutError):
                    async with asyncio.timeout(SECONDS_AFTER_FAILURE if failing else None):
                        await self._state.run.news(known)
                known, failing = await self.look()
            except (DriverError, Neo4jError, OSError) as error:
                LOG.warning("alerts wait for the database", extra={"fields": {"error": type(error).__name__}})
                await asyncio.sleep(SECONDS_AFTER_LOSS)
            except Exception as error:  # whatever it is, alerts are looked at again
                LOG.exception("alerts could not be looked at", exc_info=error)
                await asyncio.sleep(SECONDS_AFTER_FAILURE)

    async def look(self) -> tuple[int, bool]:
        """Look at each alert that was not looked at since the newest event that may have moved somebody.

        Return up to which event that was, and whether a look has failed. The numbers are read before the run and the data that answer.
        """
        newest = await newest_told(self._state.driver, EVERYTHING, database=self._database)
        moved = await newest_told(self._state.driver, Told(always=tuple(each.name for each in MOVING)), database=self._database)
        await self._state.run.refresh()
        behind = await stored.alerts(self._state.driver, before=moved, database=self._database)
        done = [await self._look_at(alert, moved) for alert in behind if self._is_ours(alert)]
        return newest, not all(done)

    def _is_ours(self, alert: Alert) -> bool:
        """Tell whether the alert belongs to a key of this home: another home that shares the database looks at those of its own keys."""
        return self._state.store.has_account(alert.key_id)

    async def _look_at(self, alert: Alert, seen: int) -> bool:
        now = int(time())
        try:
            viewer = self._state.keyring.holder(alert.key_id)
            found = await matches(alert.watches, viewer, self._state)
        except (ApiError, GraphError, DriverError, Neo4jError, OSError) as error:
            await self._written(stored.failed, alert.id, translated(error, "").message, seen=seen, now=now)
            return False
        await self._written(stored.looked, alert.id, Look(found.entering, found.staying, seen, now))
        return True

    async def _written(self, write: Callable[..., Awaitable[Any]], *args: Any, **values: Any) -> None:
        async with writing(self._state.driver, self._database) as session:
            await session.execute_write(write, *args, **values)

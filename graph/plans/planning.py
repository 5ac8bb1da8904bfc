"""New queries take turns in being planned: planning cannot be ended, and many at once would leave no core to anyone else.

A plan is known by its text and by the types and sizes of its parameters, as the database's own cache knows it. Long texts take
seconds and are admitted as expensive; the others come one at a time, and wait for none of these. Whoever waits holds no connection.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Mapping, Sized
from contextlib import suppress
from typing import Any, Final, LiteralString, cast

from neo4j import AsyncDriver
from neo4j.exceptions import DriverError, Neo4jError

from graph.connection import reading
from graph.expensive import Expensive
from graph.turns import Turns

KNOWN: Final = 500
"""Half of what the database keeps by default."""
LONG: Final = 2_000
"""Characters from which a text is expensive to plan."""
SECONDS: Final = 120.0
"""When a planning is given up that nothing is heard of; those within the bounds of `compile` take seconds."""


class Planning:
    """Which queries the database has planned already, and whose turn it is with a new one."""

    def __init__(self, expensive: Expensive) -> None:
        """Start with nothing known."""
        self._expensive = expensive
        self._known: OrderedDict[Any, None] = OrderedDict()
        self._turns = Turns(most=1, each=1)
        self._running: set[asyncio.Task[None]] = set()

    async def planned(self, driver: AsyncDriver, text: str, parameters: Mapping[str, Any], *, database: str, holder: str) -> None:
        """Return once the database has planned a query, at once where it has before; `holder` is the key that asks.

        Who gives up while the database plans does not end the planning, and the turn lasts until it has ended. `Busy` where
        too much that is expensive is under way.
        """
        name = (text, tuple(map(_kind, parameters.values())))
        if self._is_known(name):
            return
        if len(text) >= LONG:
            async with self._expensive.step(holder) as step:
                await asyncio.shield(step.lasts(self._plan(driver, text, parameters, database, name)))
            return
        await self._turns.begin(holder)
        task = asyncio.get_running_loop().create_task(self._plan(driver, text, parameters, database, name))
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        task.add_done_callback(lambda _: self._turns.end(holder))
        await asyncio.shield(task)

    def _is_known(self, name: Any) -> bool:
        if name in self._known:
            self._known.move_to_end(name)
            return True
        return False

    async def _plan(self, driver: AsyncDriver, text: str, parameters: Mapping[str, Any], database: str, name: Any) -> None:
        """Have a query planned; what fails here fails again where the query runs, and is told there."""
        if self._is_known(name):
            return
        with suppress(DriverError, Neo4jError, OSError):
            async with asyncio.timeout(SECONDS), reading(driver, database) as session:
                # The text is made of literals and declared names alone, by `compile`.
                await (await session.run(cast("LiteralString", f"EXPLAIN {text}"), dict(parameters))).consume()
            self._known[name] = None
            if len(self._known) > KNOWN:
                self._known.popitem(last=False)


def _kind(value: object) -> object:
    """Return what a plan depends on of a parameter: its type, and the order of its size."""
    if isinstance(value, str):
        return str, _order(value)
    if isinstance(value, list):
        items = cast("list[object]", value)
        return list, items[0].__class__ if items else None, _order(items)
    return value.__class__


def _order(value: Sized) -> int:
    return len(str(max(0, len(value) - 1)))

"""Who may go next: so many at once, so many of them of one holder, and the rest in lines of which each holder has its own.

Some turns may be kept free of some work, so that others need not wait for it.
"""

from __future__ import annotations

import asyncio
from collections import Counter, OrderedDict, deque
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from math import inf

from graph.tracing import span


class Full(Exception):
    """As many wait already as may; `holder` tells whether it is the holder's own line that is full."""

    def __init__(self, *, holder: bool) -> None:
        """Keep which line is full."""
        super().__init__("the line is full")
        self.holder = holder


class Turns:
    """Hands out turns. One that is free goes to the waiting holder that has the fewest, so that no holder can crowd out another."""

    def __init__(self, *, most: int, each: int, waiting: float = inf, waiting_each: float = inf) -> None:
        """Give out `most` turns at once, `each` to one holder; let `waiting` wait, and `waiting_each` of one holder, all if not told."""
        self._most, self._each = most, each
        self._most_waiting, self._each_waiting = waiting, waiting_each
        self._running: Counter[str] = Counter()
        self._shares: dict[str, int] = {}
        self._lines: OrderedDict[str, deque[tuple[asyncio.Future[None], int]]] = OrderedDict()

    @property
    def running(self) -> int:
        """How many turns are given out."""
        return self._running.total()

    @property
    def waiting(self) -> int:
        """How many wait for one."""
        return sum(map(len, self._lines.values()))

    def of(self, holder: str) -> int:
        """How many turns a holder has."""
        return self._running[holder]

    @asynccontextmanager
    async def turn(self, holder: str, *, beyond: int = 0, each: int | None = None) -> AsyncGenerator[None]:
        """Hold a turn within the block, once there is one; `Full` where too many wait.

        `beyond` are turns kept free for such as this; where it is negative, this one leaves as many free for others. `each` is how many
        this holder may have, in place of what all have.
        """
        self._share(holder, each)
        await self.begin(holder, beyond=beyond)
        try:
            yield
        finally:
            self.end(holder)

    async def begin(self, holder: str, *, beyond: int = 0) -> None:
        """Take a turn that lasts until `end`, as `turn` does for a block."""
        if self._may_begin(holder, beyond) and holder not in self._lines:
            self._running[holder] += 1
            return
        line = self._lines.get(holder, ())
        if len(line) >= self._each_waiting or self.waiting >= self._most_waiting:
            raise Full(holder=len(line) >= self._each_waiting)
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._lines.setdefault(holder, deque()).append((turn, beyond))
        try:
            with span("wait for a turn"):
                await turn
        except asyncio.CancelledError:
            self._leave(holder, turn, beyond)
            raise

    def _share(self, holder: str, each: int | None) -> None:
        """Note the share of a holder that has one of its own."""
        if each is None:
            self._shares.pop(holder, None)
        else:
            self._shares[holder] = each

    def _leave(self, holder: str, turn: asyncio.Future[None], beyond: int) -> None:
        """Take one that waits no more out of its line, or give the turn on that it was given meanwhile."""
        if turn.done() and not turn.cancelled():
            self.end(holder)
            return
        line = self._lines.get(holder)
        if line and (turn, beyond) in line:
            line.remove((turn, beyond))
            if not line:
                del self._lines[holder]
            self._give_all()

    def end(self, holder: str) -> None:
        """Give a turn back, and on to whoever waits."""
        self._running[holder] -= 1
        if not self._running[holder]:
            del self._running[holder]
        self._give_all()

    def _give_all(self) -> None:
        """Give out what is free, each time to the first in the line of the holder that has the fewest."""
        while able := [each for each, line in self._lines.items() if self._may_begin(each, line[0][1])]:
            self._give(min(able, key=lambda each: self._running[each]))

    def _may_begin(self, holder: str, beyond: int) -> bool:
        return self.running < self._most + beyond and self._running[holder] < self._shares.get(holder, self._each)

    def _give(self, holder: str) -> None:
        """Give a turn to the first in a holder's line, which goes behind the lines of the others."""
        line = self._lines[holder]
        turn, _ = line.popleft()
        self._lines.move_to_end(holder)
        if not line:
            del self._lines[holder]
        if not turn.done():
            self._running[holder] += 1
            turn.set_result(None)

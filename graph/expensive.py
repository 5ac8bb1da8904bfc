"""One admission for whatever keeps a core busy: queries that somebody wrote, planning of long ones, large answers, computations.

So much of it is under way at once, and so much of one holder, that a core is left for all that is cheap, which never comes here.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable
from contextlib import asynccontextmanager
from contextvars import ContextVar
from typing import Any, Final

from graph.errors import Busy
from graph.turns import Full, Turns

WAITING: Final = 64
WAITING_EACH: Final = 6
SECONDS: Final = 5.0
"""How long the wait for a turn may be."""


class Request:
    """What one request has under way: it holds at most one turn, from when it first needs one until all of its steps have ended."""

    def __init__(self, turns: Turns, holder: str) -> None:
        """Begin without a turn."""
        self.turns, self._holder = turns, holder
        self._step = asyncio.Lock()
        self._has_turn = False
        self.left = False

    async def begin(self, *, spared: int = 0) -> None:
        """Take the turn, where it is not taken yet; `Busy` where the line is full, or too long to be waited for.

        `spared` turns are left to others.
        """
        if self._has_turn:
            return
        try:
            async with asyncio.timeout(SECONDS):
                await self.turns.begin(self._holder, beyond=-spared)
        except Full as full:
            raise _busy(own=full.holder) from full
        except TimeoutError as error:
            raise _busy(own=self.turns.of(self._holder) > 0) from error
        self._has_turn = True

    async def enter(self, *, spared: int = 0) -> None:
        """Begin a step; those of one request come one after the other."""
        await self._step.acquire()
        try:
            await self.begin(spared=spared)
        except BaseException:
            self._step.release()
            raise

    def leave(self) -> None:
        """End the step."""
        self._step.release()
        self._end_if_over()

    def end(self) -> None:
        """Let the turn end with the last step."""
        self.left = True
        self._end_if_over()

    def _end_if_over(self) -> None:
        if self._has_turn and self.left and not self._step.locked():
            self._has_turn = False
            self.turns.end(self._holder)


class Step:
    """One expensive thing of a request."""

    def __init__(self) -> None:
        """Let it end with its block."""
        self.rest: asyncio.Future[Any] | None = None

    def lasts(self, rest: Awaitable[Any]) -> asyncio.Future[Any]:
        """Let it last until `rest` has ended as well, whatever becomes of who asked; return that as a future."""
        self.rest = asyncio.ensure_future(rest)
        return self.rest


_REQUEST: Final[ContextVar[Request | None]] = ContextVar("request", default=None)


class Expensive:
    """Admits what is expensive."""

    def __init__(self, *, most: int, each: int) -> None:
        """Let `most` be under way at once, `each` of one holder; a few wait, for `SECONDS`."""
        self._turns = Turns(most=most, each=each, waiting=WAITING, waiting_each=WAITING_EACH)
        self._rests: set[asyncio.Future[Any]] = set()

    @property
    def running(self) -> int:
        """How many are under way."""
        return self._turns.running

    @asynccontextmanager
    async def request(self, holder: str) -> AsyncGenerator[Request]:
        """Have all steps within the block share one turn, so that no request waits for itself."""
        request = Request(self._turns, holder)
        token = _REQUEST.set(request)
        try:
            yield request
        finally:
            _REQUEST.reset(token)
            request.end()

    @asynccontextmanager
    async def step(self, holder: str, *, spared: int = 0) -> AsyncGenerator[Step]:
        """Do one expensive thing within the block, in the turn of the request that it belongs to, else in one of its own."""
        around = _REQUEST.get()
        if around is None or around.left or around.turns is not self._turns:
            around = None
        request = around or Request(self._turns, holder)
        await request.enter(spared=spared)
        step = Step()
        try:
            yield step
        finally:
            if request is not around:
                request.end()
            self._ended(step, request)

    def _ended(self, step: Step, request: Request) -> None:
        """Leave the step, now or when its rest has ended."""
        if step.rest is None or step.rest.done():
            request.leave()
            return
        self._rests.add(step.rest)
        step.rest.add_done_callback(self._rests.discard)
        step.rest.add_done_callback(lambda _: request.leave())


def _busy(*, own: bool) -> Busy:
    if own:
        return Busy(
            "expensive requests of this key (Cypher, queries in a new form, large answers, computations) are already running or waiting; "
            "wait until one finishes, or cancel it",
            own=True,
        )
    return Busy("expensive requests of other keys are running; try again later", own=False)

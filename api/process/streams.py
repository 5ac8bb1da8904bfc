"""How many streams are open: in all, of one key, and of one session of a browser."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import TYPE_CHECKING, Final

from api.errors import TooManyAtOnce
from graph.turns import Full, Turns

if TYPE_CHECKING:
    from api.process.state import State

SESSION_STREAMS: Final = 6
"""Streams of one session: a page of the explorer has one while it is in view, so these are windows side by side."""
OF_KEY: Final = "this key has {} streams open; close one, or follow several things in one stream with `changed`"
OF_SESSION: Final = "this session has {} streams open; close a window of the explorer"
OF_SESSIONS: Final = "the sessions of this key have {} streams open together; close windows of the explorer, or give each person a key"


class Streams:
    """The open streams of a process: each is a turn that nobody waits for.

    Those of sessions are counted apart from those of their key's programs: pages that somebody has open take none from a program, nor
    it from them. The sessions of a key are bounded together, too, since a key may begin any number of them.
    """

    def __init__(self, most: int) -> None:
        """Let `most` be open, a quarter of them of one key's programs, and a quarter of its sessions."""
        self._most, each = most, max(1, most // 4)
        self._turns = Turns(most=most, each=each, waiting=0, waiting_each=0)
        self._sessions = Turns(most=most, each=min(SESSION_STREAMS, each), waiting=0, waiting_each=0)

    @asynccontextmanager
    async def stream(self, key_id: str, *, session: str | None = None) -> AsyncGenerator[None]:
        """Have a stream open within the block, of a session where one is named; TooManyAtOnce where as many are open as may be."""
        async with AsyncExitStack() as held:
            if session is None:
                await self._begin(held, self._turns, key_id, OF_KEY)
            else:
                await self._begin(held, self._sessions, session, OF_SESSION)
                await self._begin(held, self._turns, f"{key_id} in browsers", OF_SESSIONS)
            yield

    async def _begin(self, held: AsyncExitStack, turns: Turns, holder: str, refusal: str) -> None:
        try:
            await turns.begin(holder)
        except Full as full:
            raise TooManyAtOnce(self._full if self._turns.running >= self._most else refusal.format(turns.of(holder))) from full
        held.callback(turns.end, holder)

    @property
    def _full(self) -> str:
        return f"{self._most} streams are open, which is as many as this service keeps; try again later"


def streams_of(process: State) -> Streams:
    """Return the open streams of a process."""
    return process.own.of(Streams, lambda: Streams(process.settings.streams_at_once))

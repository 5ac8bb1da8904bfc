"""How many streams are open: in all, and of one key."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from api.errors import TooManyAtOnce
from graph.turns import Full, Turns

if TYPE_CHECKING:
    from api.process.state import State


class Streams:
    """The open streams of a process: each is a turn that nobody waits for."""

    def __init__(self, most: int) -> None:
        """Let `most` be open, a quarter of them of one key."""
        self._most, self._each = most, max(1, most // 4)
        self._turns = Turns(most=most, each=self._each, waiting=0, waiting_each=0)

    @asynccontextmanager
    async def stream(self, key_id: str) -> AsyncGenerator[None]:
        """Have a stream open within the block; TooManyAtOnce where the key, or all keys together, have as many as may be."""
        try:
            await self._turns.begin(key_id)
        except Full as full:
            raise self._too_many(key_id) from full
        try:
            yield
        finally:
            self._turns.end(key_id)

    def _too_many(self, key_id: str) -> TooManyAtOnce:
        if self._turns.running >= self._most:
            return TooManyAtOnce(f"{self._most} streams are open, which is as many as this service keeps; try again later")
        return TooManyAtOnce(
            f"this key has {self._turns.of(key_id)} streams open; close one, or follow several things in one stream with `changed`"
        )


def streams_of(process: State) -> Streams:
    """Return the open streams of a process."""
    return process.own.of(Streams, lambda: Streams(process.settings.streams_at_once))

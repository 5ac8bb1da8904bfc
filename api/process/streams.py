"""How many streams are open: in all, and of one key."""

from __future__ import annotations

from collections import Counter
from contextlib import ExitStack

from api.errors import TooManyAtOnce
from api.settings import Settings


class Streams:
    """The open streams of a process, by key."""

    def __init__(self) -> None:
        """Begin with none."""
        self._open: Counter[str] = Counter()

    def held(self, key_id: str, settings: Settings) -> ExitStack:
        """Count a stream until the result is closed; TooManyAtOnce where the key, or all keys together, have as many as may be."""
        if self._open.total() >= settings.streams_at_once:
            raise TooManyAtOnce(f"{settings.streams_at_once} streams are open, which is as many as this service keeps; try again later")
        if self._open[key_id] >= max(1, settings.streams_at_once // 4):
            raise TooManyAtOnce(
                f"this key has {self._open[key_id]} streams open; close one, or follow several things in one stream with `changed`"
            )
        self._open[key_id] += 1
        held = ExitStack()
        held.callback(self._close, key_id)
        return held

    def _close(self, key_id: str) -> None:
        self._open[key_id] -= 1
        if not self._open[key_id]:
            del self._open[key_id]

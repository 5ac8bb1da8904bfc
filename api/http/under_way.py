"""Answers that are being made: who asks the same meanwhile waits for them, so that after a change each is made once, not once a client."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Generator, Hashable
from contextlib import contextmanager
from typing import Final

MOST: Final = 10_000


class UnderWay:
    """What is being made, by a name; nobody waits for what was not kept the last time."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._ends: dict[Hashable, asyncio.Event] = {}
        self._fleeting: set[Hashable] = set()

    async def ended(self, name: Hashable, kind: Hashable) -> bool:
        """Return at once where nothing of the name is being made, else once that has ended; tell whether there was something.

        `kind` is what decides whether it will be kept.
        """
        end = self._ends.get(name) if kind not in self._fleeting else None
        if end is None:
            return False
        await end.wait()
        return True

    @contextmanager
    def making(self, name: Hashable, kind: Hashable) -> Generator[Callable[[bool], None]]:
        """Have others wait for what the block makes, until it says whether that is kept, or ends.

        Where it is being made already, they go on waiting for that; None is waited for by nobody.
        """
        end = None if name is None or name in self._ends else self._ends.setdefault(name, asyncio.Event())

        def over() -> None:
            if end is not None and not end.is_set():
                del self._ends[name]
                end.set()

        def settle(kept: bool) -> None:
            if name is not None:
                self._learn(kind, kept=kept)
            over()

        try:
            yield settle
        finally:
            over()

    def _learn(self, kind: Hashable, *, kept: bool) -> None:
        if kept:
            self._fleeting.discard(kind)
        elif len(self._fleeting) < MOST:
            self._fleeting.add(kind)

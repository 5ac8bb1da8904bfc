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
    def making(self, name: Hashable, kind: Hashable) -> Generator[Callable[[], None]]:
        """Have others wait for what the block makes, until it calls what it is given: nothing will be kept.

        Where it is being made already, they go on waiting for that; None is waited for by nobody.
        """
        if name is None or name in self._ends:
            yield lambda: None
            return
        end = self._ends[name] = asyncio.Event()

        def over() -> None:
            if not end.is_set():
                del self._ends[name]
                end.set()

        def given_up() -> None:
            self.learn(kind, kept=False)
            over()

        try:
            yield given_up
        finally:
            over()

    def learn(self, kind: Hashable, *, kept: bool) -> None:
        """Note whether an answer of a kind was kept."""
        if kept:
            self._fleeting.discard(kind)
        elif len(self._fleeting) < MOST:
            self._fleeting.add(kind)

"""What a process keeps of its own for as long as it serves: each thing once, made where it is first needed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any, TypeVar, cast

Thing = TypeVar("Thing")


class Own:
    """Things by what makes them."""

    def __init__(self) -> None:
        """Start empty."""
        self._things: dict[Any, Any] = {}
        self._endings: list[Callable[[], Awaitable[None]]] = []

    def of(self, kind: Callable[..., Thing], make: Callable[[], Thing] | None = None) -> Thing:
        """Return the one thing of a kind, a class or a function, in this process; made at first use by `make`, or by the kind itself."""
        if kind not in self._things:
            self._things[kind] = (make or kind)()
        return cast("Thing", self._things[kind])

    def at_end(self, ending: Callable[[], Awaitable[None]]) -> None:
        """Have something done when the process stops serving."""
        self._endings.append(ending)

    async def end(self) -> None:
        """Do what is to be done at the end, the newest first."""
        while self._endings:
            await self._endings.pop()()


@asynccontextmanager
async def alongside(work: Coroutine[Any, Any, None]) -> AsyncGenerator[None]:
    """Do some work in a task of its own, for no longer than the block runs; what fails in it is for itself to say."""
    task = asyncio.create_task(work)
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

"""How columns leave the graph: one record a batch, one list a column, a few batches at once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, LiteralString, TypeVar

from neo4j import AsyncDriver

from graph.connection import reading

SESSIONS: Final = 3
"""Two keep both cores of a small server busy while a third one's answer is decoded; more gained nothing."""

BATCH: Final = 2_000

T = TypeVar("T")


Batch = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Reader:
    """Where columns are read."""

    driver: AsyncDriver
    database: str = "neo4j"

    async def read(self, query: LiteralString, batches: Sequence[Batch], take: Callable[[Mapping[str, Any]], T]) -> list[T]:
        """Run `query` once a batch and return what `take` makes of each single record, in the order of the batches.

        Auto-commit reads: each batch sees what is committed when it starts.
        """
        taken: dict[int, T] = {}
        queue = iter(enumerate(batches))
        try:
            async with asyncio.TaskGroup() as group:
                for _ in range(min(SESSIONS, len(batches))):
                    group.create_task(self._drain(query, queue, lambda index, record: taken.update({index: take(record)})))
        except ExceptionGroup as failures:
            raise failures.exceptions[0] from failures
        return [taken[index] for index in range(len(batches))]

    async def _drain(self, query: LiteralString, queue: Iterator[tuple[int, Batch]], put: Callable[[int, Mapping[str, Any]], None]) -> None:
        async with reading(self.driver, self.database) as session:
            for index, batch in queue:
                put(index, await (await session.run(query, dict(batch))).single(strict=True))


def by_id(ids: Sequence[str], *, as_of: int) -> list[Batch]:
    """Return the ids in batches, with what bounds the reading in time."""
    return [{"ids": list(ids[at : at + BATCH]), "asOf": as_of} for at in range(0, len(ids), BATCH)]

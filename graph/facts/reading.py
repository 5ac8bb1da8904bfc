"""How facts leave the graph: one record a batch, one list a column, a few batches at once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final, LiteralString, TypeVar

from neo4j import AsyncDriver

from graph.connection import reading
from graph.facts.period import DAY, Period

SESSIONS: Final = 3
"""Two keep both cores of a small server busy while a third one's answer is decoded; more gained nothing."""

SLICE_ROWS: Final = 10_000
BATCH: Final = 2_000

T = TypeVar("T")


Batch = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Reader:
    """Where facts are read."""

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


def by_time(period: Period, rows: int) -> list[Batch]:
    """Return the longest window cut into spans, about `SLICE_ROWS` rows each where rows spread evenly."""
    return spans(period.start, period.until, period.as_of, rows)


def spans(start: int, until: int, as_of: int, rows: int) -> list[Batch]:
    """Return the time from `start` to `until`, cut likewise: no span is shorter than a day."""
    slices = max(1, min((until - start) // DAY, rows // SLICE_ROWS))
    cuts = [start + (until - start) * cut // slices for cut in range(slices + 1)]
    return [{"from": a, "until": b, "asOf": as_of} for a, b in pairwise(cuts)]


def by_id(ids: Sequence[str], period: Period) -> list[Batch]:
    """Return the ids in batches, with what bounds the reading in time."""
    return [{"ids": list(ids[at : at + BATCH]), "asOf": period.as_of} for at in range(0, len(ids), BATCH)]

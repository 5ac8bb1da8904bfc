"""How facts leave the graph: one record a batch, one list a column, a few batches at once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, Final, LiteralString, TypeVar

from neo4j import READ_ACCESS, AsyncDriver

from graph.facts.period import DAY, Period

SESSIONS: Final = 3
"""Two keep both cores of a small server busy while a third one's answer is decoded; more gained nothing."""

SLICE_ROWS: Final = 10_000
BATCH: Final = 2_000

T = TypeVar("T")


async def read(
    driver: AsyncDriver,
    query: LiteralString,
    batches: Sequence[Mapping[str, object]],
    take: Callable[[Mapping[str, Any]], T],
) -> list[T]:
    """Run `query` once a batch and return what `take` makes of each single record, in the order of the batches.

    Auto-commit reads: each batch sees what is committed when it starts, so an import must not run beside it.
    """
    taken: dict[int, T] = {}
    queue = iter(enumerate(batches))
    try:
        async with asyncio.TaskGroup() as group:
            for _ in range(min(SESSIONS, len(batches))):
                group.create_task(_read_from(driver, query, queue, take, taken))
    except ExceptionGroup as failures:
        raise failures.exceptions[0] from failures
    return [taken[index] for index in range(len(batches))]


async def _read_from(
    driver: AsyncDriver,
    query: LiteralString,
    queue: Iterator[tuple[int, Mapping[str, object]]],
    take: Callable[[Mapping[str, Any]], T],
    taken: dict[int, T],
) -> None:
    async with driver.session(default_access_mode=READ_ACCESS) as session:  # pyright: ignore[reportUnknownMemberType] -- untyped options
        for index, batch in queue:
            record = await (await session.run(query, dict(batch))).single(strict=True)
            taken[index] = take(record)


def by_time(period: Period, rows: int) -> list[Mapping[str, object]]:
    """Return the longest window cut into spans of whole days, about `SLICE_ROWS` rows each where rows spread evenly."""
    days = max(period.windows)
    slices = max(1, min(days, rows // SLICE_ROWS))
    cuts = [period.start + days * cut // slices * DAY for cut in range(slices + 1)]
    return [{"from": a, "until": b, "asOf": period.as_of} for a, b in pairwise(cuts)]


def by_id(ids: Sequence[str], period: Period) -> list[Mapping[str, object]]:
    """Return the ids in batches, with what bounds the reading in time."""
    return [{"ids": list(ids[at : at + BATCH]), "asOf": period.as_of} for at in range(0, len(ids), BATCH)]

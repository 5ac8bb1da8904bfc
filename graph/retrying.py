"""A read that fails in passing is made once more, whoever makes it: an auto-commit read saves two round trips of a managed transaction."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final, LiteralString, TypeVar

from neo4j import AsyncDriver, Query
from neo4j.exceptions import ServiceUnavailable, SessionExpired, TransientError

from graph.connection import reading

TRIES: Final = 2

Found = TypeVar("Found")


async def tried(read: Callable[[], Awaitable[Found]]) -> Found:
    """Read, once more where the connection was lost or the database says that it will pass."""
    for attempt in range(1, TRIES + 1):
        try:
            return await read()
        except (TransientError, SessionExpired, ServiceUnavailable):
            if attempt == TRIES:
                raise
    raise AssertionError("unreachable")


async def read_rows(
    driver: AsyncDriver, query: LiteralString, values: Mapping[str, Any], *, database: str, seconds: float | None = None
) -> list[list[Any]]:
    """Return a query's rows, all fetched at once; the database ends it after `seconds`."""

    async def read() -> list[list[Any]]:
        async with reading(driver, database, fetch_size=-1) as session:
            return await (await session.run(Query(query, timeout=seconds), dict(values))).values()

    return await tried(read)

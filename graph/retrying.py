"""A read that fails in passing is made once more, whoever makes it: an auto-commit read saves two round trips of a managed transaction."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final, LiteralString, TypeVar

from neo4j import AsyncDriver, Query
from neo4j.exceptions import Neo4jError, ServiceUnavailable, SessionExpired, TransientError

from graph.codes import OUT_OF_MEMORY
from graph.connection import reading
from graph.errors import DatabaseUnreachable

TRIES: Final = 2
GRACE: Final = 5.0
"""Seconds beyond its limit that a query is waited for: by then the database has ended it, and said so, where it says anything."""

Found = TypeVar("Found")


async def tried(read: Callable[[], Awaitable[Found]]) -> Found:
    """Read, once more where the connection was lost or the database says that it will pass, memory aside."""
    for attempt in range(1, TRIES + 1):
        try:
            return await read()
        except (TransientError, SessionExpired, ServiceUnavailable) as error:
            if attempt == TRIES or (isinstance(error, Neo4jError) and (error.code or "").endswith(OUT_OF_MEMORY)):
                raise
    raise AssertionError("unreachable")


async def read_rows(
    driver: AsyncDriver, query: LiteralString, values: Mapping[str, Any], *, database: str, seconds: float | None = None
) -> list[list[Any]]:
    """Return a query's rows, all fetched at once; the database ends it after `seconds`.

    DatabaseUnreachable where it does not even say so.
    """

    async def read() -> list[list[Any]]:
        async with reading(driver, database, fetch_size=-1) as session:
            return await (await session.run(Query(query, timeout=seconds), dict(values))).values()

    try:
        async with asyncio.timeout(None if seconds is None else seconds + GRACE):
            return await tried(read)
    except TimeoutError as error:
        raise DatabaseUnreachable(f"nothing came from the database within {seconds} s") from error

"""Sessions that can only read, for queries that someone else wrote."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Final

from neo4j import READ_ACCESS, AsyncDriver, AsyncSession

BATCH: Final = 1_000
"""Rows that the database sends before it waits to be asked for more."""

GRACE: Final = 2.0
"""Seconds that the database may take to say that a query's time is up, before its connection is closed."""


@asynccontextmanager
async def reading(driver: AsyncDriver, database: str) -> AsyncGenerator[AsyncSession]:
    """Yield a session in which the database refuses to write."""
    session = driver.session(  # pyright: ignore[reportUnknownMemberType] -- the driver leaves its options untyped
        database=database, default_access_mode=READ_ACCESS, fetch_size=BATCH
    )
    async with session:
        yield session

"""Running a plan: one query, without a transaction of its own, in a session that cannot write."""

from __future__ import annotations

from typing import Any, Final, LiteralString, cast

from neo4j import AsyncDriver
from neo4j.exceptions import ServiceUnavailable, SessionExpired, TransientError

from graph.connection import reading
from graph.plans.compile import Plan

TRIES: Final = 2


async def data(driver: AsyncDriver, plan: Plan, parameters: dict[str, Any], *, database: str) -> Any:
    """Return the value of a plan's query, not finished yet.

    An auto-commit read saves two round trips of a managed transaction; one that fails in passing is sent again.
    """
    for attempt in range(1, TRIES + 1):
        try:
            return await _data(driver, plan, parameters, database)
        except (TransientError, SessionExpired, ServiceUnavailable):
            if attempt == TRIES:
                raise
    raise AssertionError("unreachable")


async def _data(driver: AsyncDriver, plan: Plan, parameters: dict[str, Any], database: str) -> Any:
    async with reading(driver, database) as session:
        # The text is made of literals and declared names alone, by `compile`.
        result = await session.run(cast("LiteralString", plan.text), parameters)
        record = await result.single(strict=True)
        return record["data"]

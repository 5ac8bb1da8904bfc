"""Running a plan: one query, without a transaction of its own, in a session that cannot write."""

from __future__ import annotations

from typing import Any, Final, LiteralString, cast

from neo4j import AsyncDriver, Record
from neo4j.exceptions import ServiceUnavailable, SessionExpired, TransientError

from graph.connection import reading
from graph.plans.compile import Plan
from graph.plans.inputs import Inputs

TRIES: Final = 2


async def data(driver: AsyncDriver, plan: Plan, inputs: Inputs, *, database: str) -> Any:
    """Return the value of a plan's query, not finished yet; `PlanError` where an argument breaks a rule or names what is not there.

    An auto-commit read saves two round trips of a managed transaction; one that fails in passing is sent again.
    """
    parameters = plan.parameters(inputs)
    for attempt in range(1, TRIES + 1):
        try:
            found = await _data(driver, plan, parameters, database)
            plan.check(found["missing"] if plan.named else (), inputs)
            return found["data"]
        except (TransientError, SessionExpired, ServiceUnavailable):
            if attempt == TRIES:
                raise
    raise AssertionError("unreachable")


async def _data(driver: AsyncDriver, plan: Plan, parameters: dict[str, Any], database: str) -> Record:
    async with reading(driver, database) as session:
        # The text is made of literals and declared names alone, by `compile`.
        result = await session.run(cast("LiteralString", plan.text), parameters)
        return await result.single(strict=True)

"""Running a plan: one query, without a transaction of its own, in a session that cannot write."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from time import monotonic, perf_counter
from typing import Any, LiteralString, cast

from neo4j import AsyncDriver, Query, Record
from neo4j.exceptions import Neo4jError

from graph.codes import TIMED_OUT
from graph.connection import reading
from graph.errors import DatabaseUnreachable, OutOfTime
from graph.plans.compile import Plan
from graph.plans.inputs import Inputs
from graph.plans.planning import Planning
from graph.plans.regions import Regions
from graph.reachability import heard, responds
from graph.retrying import tried
from graph.turns import Turns


def _unobserved(_seconds: float) -> None:
    """Count nothing."""


@dataclass(frozen=True, slots=True)
class QuerySeconds:
    """Who is told how long queries take, in a process that counts it."""

    observe: Callable[[float], None] = _unobserved


@dataclass(frozen=True, slots=True)
class Place:
    """Where plans run, for which key, and how long each may take: from the wait for its turn to the last byte of its answer.

    `observe` is told the seconds of each query that was answered, without the wait for its turn.
    """

    driver: AsyncDriver
    database: str
    planning: Planning
    regions: Regions
    turns: Turns
    holder: str
    seconds: float
    observe: Callable[[float], None] = _unobserved


async def data(place: Place, plan: Plan, inputs: Inputs) -> Any:
    """Return the value of a plan's query, not finished yet; `PlanError` where an argument breaks a rule or names what is not there.

    `OutOfTime` where it takes longer than it may: its connection is closed then, and the database ends it. `DatabaseUnreachable`
    where the database does not answer anything.
    """
    parameters, asked = plan.parameters(inputs), monotonic()
    try:
        async with asyncio.timeout(place.seconds):
            await plan.check_regions(parameters, partial(place.regions.absent, place.driver, place.database))
            await place.planning.planned(place.driver, plan.text, parameters, database=place.database, holder=place.holder)
            async with place.turns.turn(place.holder):
                began = perf_counter()
                found = await tried(lambda: _run(place, plan, parameters))
                place.observe(perf_counter() - began)
                heard(place.driver)
    except TimeoutError as error:
        if not await responds(place.driver, place.database, since=asked):
            raise DatabaseUnreachable(f"nothing came from the database within {place.seconds:g} s, nor a word since") from error
        raise _late(place) from error
    except Neo4jError as error:
        if TIMED_OUT in (error.code or ""):
            raise _late(place) from error
        raise
    plan.check(found["missing"] if plan.named else (), inputs)
    return found["data"]


async def _run(place: Place, plan: Plan, parameters: dict[str, Any]) -> Record:
    async with reading(place.driver, place.database) as session:
        # The text is made of literals and declared names alone, by `compile`.
        result = await session.run(Query(cast("LiteralString", plan.text), timeout=place.seconds), parameters)
        return await result.single(strict=True)


def _late(place: Place) -> OutOfTime:
    return OutOfTime(
        f"this operation took longer than {place.seconds:g} s, the most that a query may take (CREATORGRAPH_QUERY_SECONDS);"
        " request fewer fields or smaller pages, filter more, or try again when the service is less busy"
    )

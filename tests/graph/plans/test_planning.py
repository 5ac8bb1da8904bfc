"""New queries take turns in being planned, and every query has one deadline, after which nothing of it is left in the database."""

from __future__ import annotations

import asyncio
import secrets
from time import monotonic
from typing import Any, Final, LiteralString

import pytest
from neo4j import AsyncDriver

from graph.connection import reading
from graph.errors import OutOfTime
from graph.expensive import Expensive
from graph.plans.answers import Place, data
from graph.plans.compile import Plan
from graph.plans.planning import LONG, Planning
from graph.plans.regions import Regions
from graph.turns import Turns

COUNTING: Final = "UNWIND range(1, 100000000000) AS i WITH i WHERE i % 7 = 8 RETURN count(i) AS data"
RUNNING: Final[LiteralString] = "SHOW TRANSACTIONS YIELD currentQuery WHERE currentQuery CONTAINS $part RETURN count(*) AS n"

NOBODY: Final[Any] = None
"""Plans without bindings ask nothing of who reads."""


def planning_of(expensive: Expensive | None = None) -> Planning:
    return Planning(expensive or Expensive(most=3, each=1))


def place(driver: AsyncDriver, planning: Planning, *, holder: str = "a", seconds: float = 30.0) -> Place:
    return Place(driver, "neo4j", planning, Regions(), Turns(most=8, each=4, waiting=9, waiting_each=9), holder, seconds)


def plan(text: str) -> Plan:
    return Plan(text, (), None, {}, ())


def new(patterns: int = 1) -> tuple[str, str]:
    """Return a query that the database has not planned yet, and its mark."""
    mark = f"m{secrets.token_hex(6)}"
    parts = " OR ".join(f"EXISTS {{ MATCH (n)-[:CHILD_OF*0..8]->(o:Category) WHERE o.id = '{each}' }}" for each in range(patterns))
    return f"OPTIONAL MATCH (n:Category) WHERE {parts} RETURN count(n) AS data /* {mark} */, 1 AS {mark}", mark


async def running(driver: AsyncDriver, part: str) -> int:
    async with reading(driver, "neo4j") as session:
        return (await (await session.run(RUNNING, part=part)).single(strict=True))["n"]


async def test_a_query_ends_at_its_deadline_in_the_database_too(graph: AsyncDriver) -> None:
    began = monotonic()
    with pytest.raises(OutOfTime, match=r"took longer than 0\.5 s, the most that a query may take"):
        await data(place(graph, planning_of(), seconds=0.5), plan(COUNTING), NOBODY)
    assert monotonic() - began < 5
    while await running(graph, "100000000000"):
        assert monotonic() - began < 15
        await asyncio.sleep(0.05)


async def test_the_deadline_covers_the_wait_for_a_turn(graph: AsyncDriver) -> None:
    planning = planning_of()
    await planning._turns.begin("another")
    with pytest.raises(OutOfTime):
        await data(place(graph, planning, seconds=0.2), plan(new()[0]), NOBODY)
    planning._turns.end("another")
    assert await data(place(graph, planning), plan(new()[0]), NOBODY) == 0


async def test_one_is_planned_at_a_time_even_where_those_who_asked_have_gone(graph: AsyncDriver) -> None:
    planning = planning_of()
    asked = [
        asyncio.create_task(planning.planned(graph, new(8)[0], {}, database="neo4j", holder=holder)) for holder in ("a", "a", "b", "b", "c")
    ]
    await asyncio.sleep(0.05)
    for each in asked[:3]:
        each.cancel()
    most = 0
    while not all(each.done() for each in asked):
        most = max(most, len(planning._running))
        await asyncio.sleep(0.005)
    assert most == 1
    assert [each.cancelled() for each in asked] == [True, True, True, False, False]


async def test_what_is_known_waits_for_nobody(graph: AsyncDriver) -> None:
    planning, known = planning_of(), plan(new()[0])
    await data(place(graph, planning), known, NOBODY)
    slow = asyncio.create_task(planning.planned(graph, new(30)[0], {}, database="neo4j", holder="b"))
    await asyncio.sleep(0)
    assert await data(place(graph, planning), known, NOBODY) == 0
    assert not slow.done()
    await slow


def long(mark: str) -> str:
    return f"UNWIND range(1, 1) AS {mark} RETURN {mark} AS data /* {'x' * LONG} */"


async def test_long_texts_are_admitted_as_expensive_and_the_short_ones_of_all_keys_wait_for_none(graph: AsyncDriver) -> None:
    expensive = Expensive(most=1, each=1)
    planning = planning_of(expensive)
    async with expensive.step("a"):
        patient = asyncio.create_task(planning.planned(graph, long("n1"), {}, database="neo4j", holder="b"))
        await planning.planned(graph, new()[0], {}, database="neo4j", holder="a")
        await planning.planned(graph, new()[0], {}, database="neo4j", holder="b")
        assert not patient.done()
    await patient
    assert expensive.running == 0


async def test_a_long_planning_keeps_its_turn_until_it_has_ended_though_who_asked_has_gone(graph: AsyncDriver) -> None:
    expensive = Expensive(most=1, each=1)
    text = f"{new(30)[0]} /* {'x' * LONG} */"
    gone = asyncio.create_task(planning_of(expensive).planned(graph, text, {}, database="neo4j", holder="a"))
    await asyncio.sleep(0.05)
    gone.cancel()
    await asyncio.gather(gone, return_exceptions=True)
    assert expensive.running == 1
    async with asyncio.timeout(30):
        while expensive.running:
            await asyncio.sleep(0.01)


async def test_other_types_and_sizes_of_parameters_are_planned_anew(graph: AsyncDriver) -> None:
    planning, text = planning_of(), "RETURN $a AS data"
    for value in ("x", "y", None, 1, 2, ["x"], ["x"] * 5, ["x"] * 50, [1]):
        await planning.planned(graph, text, {"a": value}, database="neo4j", holder="a")
    assert len(planning._known) == 6

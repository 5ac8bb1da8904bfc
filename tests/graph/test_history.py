"""The history of scores: kept beyond the runs, thinned as it ages, never told of a run that nobody saw."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise

import numpy as np
from neo4j import AsyncDriver

from graph.runs import Building, Cards, PastRun, Plan, begin, clean, past_scores, retain, store_history, thin
from graph.runs.history import superseded
from tests.graph.test_runs import NAMES, cards

DAY = 86_400
NOW = 20_000 * DAY


def run(id_: str, as_of: int) -> PastRun:
    return PastRun(id_, as_of, "1", NAMES)


def test_of_each_day_the_last_run_stays() -> None:
    runs = [run("r1", NOW), run("r2", NOW), run("r3", NOW - 5), run("r4", NOW - DAY), run("r5", NOW - DAY + 9)]
    assert superseded(runs) == ["r1", "r4", "r5"]
    assert superseded([]) == []


def test_a_quarter_is_daily_two_years_weekly_and_the_rest_monthly() -> None:
    runs = [run(f"r{age:04d}", NOW - age * DAY) for age in range(1_500)]
    gone = set(superseded(runs))
    kept = [age for age in range(1_500) if f"r{age:04d}" not in gone]
    assert kept[:93] == list(range(93))
    weekly = [age for age in kept if 100 < age <= 720]
    assert {later - earlier for earlier, later in pairwise(weekly)} == {7}
    monthly = [age for age in kept if age > 760]
    assert {later - earlier for earlier, later in pairwise(monthly)} <= {28, 29, 30, 31}
    assert superseded([each for each in runs if each.id not in gone]) == []


async def made(graph: AsyncDriver, as_of: int, found: Cards, *, formula: str = "1", publish: bool = True) -> Building:
    plan = Plan(as_of, formula, NAMES, ("a", "b"), "{}", 1, 0.0, 1, 1)
    building = await begin(graph, plan, database="neo4j")
    await store_history(building, found)
    if publish:
        await building.publish({}, creators=3, scorecards=3, published_at=9)
    return building


def quarter(values: list[list[float]]) -> Cards:
    return replace(cards(values), window=np.full(len(values), 90))


async def told(graph: AsyncDriver, creator: str, score: str = "overall") -> list[tuple[str, float | None]]:
    found = await past_scores(graph, creator, score, database="neo4j", seconds=10.0)
    return [(each.run.id, each.value) for each in found]


async def test_scores_outlive_their_run(graph: AsyncDriver) -> None:
    await graph.execute_query("UNWIND ['ann', 'bob', 'ann|x'] AS id CREATE (:Creator {id: id})")
    await made(graph, NOW - 2 * DAY, quarter([[1.5, math.nan], [2.5, 3.5]]))
    await made(graph, NOW - DAY, replace(quarter([[4.5, 5.5]]), creator=np.array(["ann|x"])))
    await made(graph, NOW, quarter([[6.5, 7.5], [8.5, 9.5]]))
    await retain(graph, 1, database="neo4j")
    assert await told(graph, "ann") == [("r000001", 1.5), ("r000003", 6.5)]
    assert await told(graph, "ann", "contentVolume") == [("r000001", None), ("r000003", 7.5)]
    assert await told(graph, "ann", "fame") == await told(graph, "nobody") == []
    (_, last) = await past_scores(graph, "bob", "overall", database="neo4j", seconds=10.0)
    assert (last.low, last.high) == (7.5, 9.5)


async def test_a_later_run_of_the_same_day_takes_its_place(graph: AsyncDriver) -> None:
    await made(graph, NOW, quarter([[1.5, 1.5]]))
    await made(graph, NOW, quarter([[2.5, 2.5]]))
    assert await thin(graph, database="neo4j") == 1
    assert await told(graph, "ann") == [("r000002", 2.5)]
    left = "MATCH (past:PastScores|PastRun) RETURN count(past) AS left"
    assert (await graph.execute_query(left)).records[0]["left"] == 2


async def test_a_run_that_was_given_up_leaves_nothing(graph: AsyncDriver) -> None:
    await made(graph, NOW - DAY, quarter([[1.5, 1.5]]))
    await made(graph, NOW, quarter([[2.5, 2.5]]), publish=False)
    assert await told(graph, "ann") == [("r000001", 1.5)]
    assert await clean(graph, database="neo4j") == 1
    assert (await graph.execute_query("MATCH (past:PastScores) RETURN count(past) AS left")).records[0]["left"] == 1
    assert (await made(graph, NOW, quarter([[3.5, 3.5]]))).id == "r000002"


async def test_other_windows_and_categories_are_not_kept(graph: AsyncDriver) -> None:
    both = cards([[1.0, 1.0], [2.0, 2.0], [3.0, 3.0]])
    await made(graph, NOW, replace(both, window=np.array([90, 28, 90]), category=np.array(["*", "*", "shoes"])))
    assert [len(await told(graph, creator)) for creator in ("ann", "bob", "cat")] == [1, 0, 0]

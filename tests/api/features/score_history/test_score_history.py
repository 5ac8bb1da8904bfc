"""`Creator.history`: the last run of each day, week or month, and where the formula changed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from api.errors import BadUserInput, LimitExceeded
from api.features.score_history.score_history import by_period, marked
from api.runs.scoring_run import score
from graph.runs import PastRun, PastScore
from tests.api.drawn_market import END
from tests.api.features.finding_market import Finding, draw_finding
from tests.api.processes import process
from tests.conftest import TestServer

DAY = 86_400
QUERY = """
query ($id: ID!, $by: Indicator! = OVERALL, $every: Every! = DAY, $last: Int! = 90) {
  creator(id: $id) { history(by: $by, every: $every, last: $last) { asOf value low high formulaVersion formulaChanged } }
}
"""


def past(day: str, value: float, version: str = "1") -> PastScore:
    return PastScore(PastRun(f"r{day}", int(datetime.fromisoformat(f"{day}T00:00:00+00:00").timestamp()), version, ()), value, value, value)


SCORES = [past("2026-01-30", 1), past("2026-01-31", 2), past("2026-02-01", 3, "2"), past("2026-02-02", 4, "2"), past("2026-03-05", 5, "2")]


@pytest.mark.parametrize(("every", "values"), [("DAY", [1, 2, 3, 4, 5]), ("WEEK", [3, 4, 5]), ("MONTH", [2, 4, 5])])
def test_the_last_of_each_period_stays(every: str, values: list[float]) -> None:
    assert [each.value for each in by_period(SCORES, every)] == values


def test_a_change_of_the_formula_is_marked_where_it_shows() -> None:
    assert [each.formula_changed for each in marked(SCORES)] == [False, False, True, False, False]
    assert [each.formula_changed for each in marked(by_period(SCORES, "MONTH"))] == [False, True, False]
    assert marked([]) == []


@pytest.fixture(scope="module")
async def daily(neo4j: TestServer, _schema: None, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Finding]:
    async with neo4j.driver() as driver:
        await driver.execute_query("MATCH (n) DETACH DELETE n")
        await draw_finding(driver)
        for back in (9, 1, 0):
            await score(driver, as_of=END - back * DAY, kept=1)
        state = process(driver, tmp_path_factory.mktemp("home"), max_cost=10**6, cost_budget=10**9)
        await state.run.refresh()
        yield Finding(driver, state)
        state.store.close()


async def history(daily: Finding, who: str = "admin", creator: str = "c07", **more: Any) -> Any:
    found = (await daily.ask(who, QUERY, id=creator, **more))["creator"]
    return found and found["history"]


async def test_runs_that_are_dropped_stay_in_the_history(daily: Finding) -> None:
    assert (await daily.ask("admin", "{ scoringRuns { totalCount } }"))["scoringRuns"]["totalCount"] == 1
    found = await history(daily)
    end = datetime.fromtimestamp(END, UTC)
    assert [each["asOf"] for each in found] == [(end - timedelta(days=back)).strftime("%Y-%m-%dT%H:%M:%SZ") for back in (9, 1, 0)]
    query = '{ creator(id: "c07") { overall { value low high } } }'
    assert {name: found[-1][name] for name in ("value", "low", "high")} == (await daily.ask("admin", query))["creator"]["overall"]
    assert not any(each["formulaChanged"] for each in found)


async def test_periods_and_how_many(daily: Finding) -> None:
    every = await history(daily, by="DILIGENCE")
    assert await history(daily, by="DILIGENCE", last=1) == every[-1:]
    assert await history(daily, last=0) == []
    assert len(await history(daily, every="MONTH")) <= 2
    for last, error in ((-1, BadUserInput), (10**6, LimitExceeded)):
        with pytest.raises(error):
            await daily.result("admin", QUERY, id="c07", last=last)


async def test_who_sees_the_score_sees_its_history(daily: Finding) -> None:
    own, told = await history(daily, "creator", "c01"), await history(daily, "brand", "c01")
    assert [each["asOf"] for each in own] == [each["asOf"] for each in told]
    current = '{ creator(id: "c01") { overall { value } } }'
    for who, points in (("creator", own), ("brand", told)):
        assert points[-1]["value"] == (await daily.ask(who, current))["creator"]["overall"]["value"]
    assert await history(daily, "creator") is None
    assert await history(daily, "nowhere") is None

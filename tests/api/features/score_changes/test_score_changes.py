"""`Creator.scoreChange` on a market scored twice, a week apart."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import AsyncIterator
from typing import Any

import pytest

from api.graphql.execution.scorecards import FitCache
from api.runs.scoring_run import score
from scoring import NAMES
from tests.api.drawn_market import END
from tests.api.features.finding_market import Finding, draw_finding
from tests.api.processes import process
from tests.conftest import TestServer

WEEK = 7 * 86_400
QUERY = """
query ($id: ID!, $by: Indicator!, $since: ID, $category: ID) {
  creator(id: $id) {
    scoreChange(by: $by, since: $since, category: $category) {
      since { id asOf } before after change own peers formula formulaChanged reason
      components { name change own peers rawBefore rawAfter facts { name before after } }
      events { kind entered left points } rest
    }
  }
}
"""


@pytest.fixture(scope="module")
async def weekly(neo4j: TestServer, _schema: None, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Finding]:
    async with neo4j.driver() as driver:
        await driver.execute_query("MATCH (n) DETACH DELETE n")
        await draw_finding(driver)
        await score(driver, as_of=END - WEEK)
        await score(driver, as_of=END)
        state = process(driver, tmp_path_factory.mktemp("home"), max_cost=10**6, cost_budget=10**9)
        await state.run.refresh()
        yield Finding(driver, state)
        state.store.close()


async def change(weekly: Finding, who: str = "admin", by: str = "OVERALL", creator: str = "c07", **more: Any) -> Any:
    return (await weekly.ask(who, QUERY, id=creator, by=by, **more))["creator"]["scoreChange"]


@pytest.mark.parametrize("by", [name.upper() for name in NAMES])
async def test_the_parts_add_up_to_the_stored_scores(weekly: Finding, by: str) -> None:
    for creator in ("c02", "c07", "c12"):
        found = await change(weekly, by=by, creator=creator)
        query = f'{{ creator(id: "{creator}") {{ scores {{ indicator value previous }} }} }}'
        scores = {each["indicator"]: each for each in (await weekly.ask("admin", query))["creator"]["scores"]}
        assert (found["after"], found["before"]) == (scores[by]["value"], scores[by]["previous"])
        assert found["since"] == {"id": "ScoringRun:r000002", "asOf": "2024-09-27T00:00:00Z"}
        if found["reason"] is None:
            assert found["before"] + found["own"] + found["peers"] + found["formula"] == found["after"]
            assert sum(each["change"] for each in found["components"]) == found["change"]
            assert all(each["own"] + each["peers"] == each["change"] for each in found["components"])


async def test_facts_and_events_name_what_came_and_went(weekly: Finding) -> None:
    found = await change(weekly, by="DILIGENCE")
    posts = next(each for each in found["events"] if each["kind"] == "POSTS")
    facts = {fact["name"]: fact for part in found["components"] for fact in part["facts"]}
    assert posts["entered"] > 0
    listed = facts["listed_posts"]
    assert listed["after"] - listed["before"] == posts["entered"] - posts["left"]
    assert all(each["before"] != each["after"] for each in facts.values())


async def test_a_run_can_be_named(weekly: Finding) -> None:
    found = await change(weekly, since="ScoringRun:r000001")
    assert (found["since"]["id"], found["change"]) == ("ScoringRun:r000001", 0.0)
    assert (await change(weekly, since="r000002"))["since"]["id"] == "ScoringRun:r000002"
    for wrong in ("r000003", "r000099", "nothing"):
        assert await weekly.code("admin", QUERY, id="c07", by="OVERALL", since=wrong) == "BAD_USER_INPUT"


async def test_a_score_without_a_value_has_a_reason(weekly: Finding) -> None:
    await weekly.driver.execute_query("MATCH (card:Scorecard {id: 'r000002|c05|90|*'}) REMOVE card.cooperation")
    found = await change(weekly, by="COOPERATION", creator="c05")
    assert (found["before"], found["change"], found["components"]) == (None, None, [])
    assert found["reason"].startswith("no value in the earlier run")


@pytest.mark.parametrize("by", ["OVERALL", "COOPERATION", "SALES_ABILITY", "CONTENT_VOLUME"])
async def test_points_of_events_and_the_rest_are_the_creator_s_own_part(weekly: Finding, by: str) -> None:
    found = await change(weekly, by=by)
    points = {each["kind"]: each["points"] for each in found["events"]}
    assert set(points) == {"POSTS", "COLLABORATIONS", "SALES", "REPORTS"}
    assert sum(each or 0.0 for each in points.values()) + found["rest"] == pytest.approx(found["own"], abs=1e-9)
    if by == "COOPERATION":
        assert points["POSTS"] == points["SALES"] == 0.0
    within = await change(weekly, by=by, category="Category:1")
    assert (within["events"], within["rest"]) == ([], None)


async def test_exact_sales_are_told_to_those_alone_who_may_see_them(weekly: Finding) -> None:
    for who, creator, exact in (("brand", "c07", False), ("brand", "c02", True), ("analyst", "c07", True), ("creator", "c01", True)):
        found = await change(weekly, who, "SALES_ABILITY", creator)
        sales = next(each for each in found["events"] if each["kind"] == "SALES")
        assert (sales["entered"] is not None) == exact
        assert exact or sales["points"] is None
        if found["reason"] is None:
            facts = {fact["name"] for part in found["components"] for fact in part["facts"]}
            assert any(part["rawAfter"] is not None for part in found["components"])
            assert who == "brand" or not facts or {"selling_log", "selling_var"} & facts, (who, creator)
            assert found["own"] is not None


async def test_others_see_nothing(weekly: Finding) -> None:
    query = QUERY
    assert (await weekly.ask("nowhere", query, id="c07", by="OVERALL"))["creator"] is None
    assert (await weekly.ask("creator", query, id="c07", by="OVERALL"))["creator"] is None


async def test_another_formula_is_told_apart(weekly: Finding, monkeypatch: pytest.MonkeyPatch) -> None:
    query = """
    MATCH (run:ScoringRun {id: 'r000001'})
    SET run.fit = replace(run.fit, run.formulaVersion, '0.9-old'), run.formulaVersion = '0.9-old'
    """
    await weekly.driver.execute_query(query)
    monkeypatch.setattr(weekly.state.own.of(FitCache), "_fits", OrderedDict())
    await weekly.driver.execute_query("MATCH (card:Scorecard {id: 'r000001|c07|90|*'}) SET card.overall = card.overall - 2.5")
    found = await change(weekly, since="r000001")
    assert (found["formulaChanged"], found["formula"] != 0.0, found["peers"]) == (True, True, 0.0)
    assert found["before"] + found["own"] + found["peers"] + found["formula"] == found["after"]

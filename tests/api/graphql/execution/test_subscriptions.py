"""Subscriptions: an answer to each event, from a cursor on, as the viewer sees it then."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping
from contextlib import aclosing
from typing import Any

import pytest
from neo4j import AsyncDriver

from api.access.viewer import Viewer
from api.errors import ApiError, Unauthenticated
from api.graphql.execution.operations import RequestRefused
from api.graphql.execution.request import GraphQLRequest
from api.graphql.execution.subscriptions import begun
from api.process.state import State
from api.runs.scoring_run import score
from graph.outbox import RUN_PUBLISHED, Event, forget_old, record
from graph.plans.errors import PlanError
from graph.runs import ALL, WINDOW, card_id
from tests.api.drawn_market import END
from tests.api.features.finding_market import VIEWERS, Finding, draw_finding
from tests.api.processes import process
from tests.conftest import TestServer

SECONDS = 60
DAY = 86_400
CHANGED = "subscription ($since: String) { changed(since: $since, kinds: [RUN_PUBLISHED]) { cursor kind node { id } } }"
SCORES = """
subscription ($creators: [ID!]!, $since: String) {
  scoresChanged(creators: $creators, by: DILIGENCE, since: $since) {
    cursor run { id } scores { creator { id handle } before after }
  }
}
"""
RANKING = """
subscription ($first: Int, $region: Region, $since: String) {
  rankingChanged(by: DILIGENCE, first: $first, region: $region, since: $since) {
    cursor run { id } entered { rank creator { id } } left { rank creator { id } }
  }
}
"""


@pytest.fixture(scope="module")
async def scored(neo4j: TestServer, _schema: None, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Finding]:
    """Return a process on a market scored three times: on its last day, a week later, and the same day again."""
    async with neo4j.driver() as driver:
        await driver.execute_query("MATCH (n) DETACH DELETE n")
        await draw_finding(driver)
        for as_of in (END + 7 * DAY, END + 7 * DAY):
            await score(driver, as_of=as_of)
        state = process(driver, tmp_path_factory.mktemp("home"), max_cost=10**6, cost_budget=10**9)
        await state.run.refresh()
        yield Finding(driver, state)
        state.store.close()


def holder(who: str) -> Callable[[], Viewer]:
    return lambda: VIEWERS[who]


async def answers(finding: Finding, who: str, text: str, number: int, **given: Any) -> list[Mapping[str, Any]]:
    """Return the first answers of a subscription; the test fails where they do not come."""
    stream = await begun(GraphQLRequest(text, variables=given), holder(who), finding.state)
    async with asyncio.timeout(SECONDS), aclosing(stream):
        return [(await anext(stream))["data"] for _ in range(number)]


async def first_cursor(finding: Finding) -> str:
    """Return the cursor of the time before any run."""
    from api.events.places import cursor

    return cursor(finding.state.settings.home, 0)


async def score_of(finding: Finding, run: str, creator: str) -> float | None:
    """Return a stored score."""
    query = "MATCH (card:Scorecard {id: $id}) RETURN card.diligence AS value"
    found = await finding.driver.execute_query(query, id=card_id(run, creator, WINDOW, ALL))
    return found.records[0]["value"]


async def test_each_event_is_answered_in_order_from_a_cursor_on(scored: Finding) -> None:
    found = [each["changed"] for each in await answers(scored, "admin", CHANGED, 3, since=await first_cursor(scored))]
    assert [each["node"]["id"] for each in found] == ["ScoringRun:r000001", "ScoringRun:r000002", "ScoringRun:r000003"]
    later = await answers(scored, "partner", CHANGED, 1, since=found[1]["cursor"])
    assert later == [{"changed": found[2]}]


async def test_the_scores_that_a_run_changed(scored: Finding) -> None:
    watched = ["c02", "c07", "c12"]
    found = await answers(scored, "analyst", SCORES, 2, creators=watched, since=await first_cursor(scored))
    first, second = (each["scoresChanged"] for each in found)
    assert (first["run"], second["run"]) == ({"id": "ScoringRun:r000001"}, {"id": "ScoringRun:r000002"})
    assert all(each["before"] is None for each in first["scores"])
    assert second["scores"], "a week later something has changed"
    for each in second["scores"]:
        creator = each["creator"]["id"].removeprefix("Creator:")
        assert each["before"] == await score_of(scored, "r000001", creator)
        assert each["after"] == await score_of(scored, "r000002", creator)
        assert each["before"] != each["after"]


async def silent(finding: Finding, who: str, text: str, **given: Any) -> bool:
    """Tell whether a subscription has nothing to say of what there is."""
    stream = await begun(GraphQLRequest(text, variables=given), holder(who), finding.state)
    try:
        async with asyncio.timeout(2):
            await anext(stream)
    except TimeoutError:
        return True
    finally:
        await stream.aclose()
    return False


async def test_a_run_that_changed_nothing_is_not_told(scored: Finding) -> None:
    second = (await answers(scored, "admin", CHANGED, 2, since=await first_cursor(scored)))[1]["changed"]["cursor"]
    assert await silent(scored, "analyst", SCORES, creators=["c02", "c07"], since=second)
    assert await silent(scored, "analyst", RANKING, first=3, since=second)


async def test_who_entered_and_who_left_the_first_places(scored: Finding) -> None:
    second = None
    for first in (1, 3, 5, 8):
        found = await answers(scored, "analyst", RANKING, 1, first=first, since=await first_cursor(scored))
        entered = found[0]["rankingChanged"]["entered"]
        assert [each["rank"] for each in entered] == list(range(1, len(entered) + 1))
        assert found[0]["rankingChanged"]["left"] == []
        listed = await scored.ask(
            "analyst", "query ($n: Int) { ranking(by: DILIGENCE, first: $n) { edges { rank node { id } } } }", n=first
        )
        now = [(each["rank"], each["node"]["id"]) for each in listed["ranking"]["edges"]]
        before = [(each["rank"], each["creator"]["id"]) for each in entered]
        if {name for _, name in now} != {name for _, name in before}:
            second = (await answers(scored, "analyst", RANKING, 2, first=first, since=await first_cursor(scored)))[1]["rankingChanged"]
            here, there = {name for _, name in now}, {name for _, name in before}
            assert {(each["rank"], each["creator"]["id"]) for each in second["entered"]} == {each for each in now if each[1] not in there}
            assert {(each["rank"], each["creator"]["id"]) for each in second["left"]} == {each for each in before if each[1] not in here}
    assert second is not None, "a week later some ranking has changed"


async def test_a_viewer_is_told_of_nobody_they_may_not_see(scored: Finding) -> None:
    start = await first_cursor(scored)
    (own,) = await answers(scored, "creator", SCORES, 1, creators=["c01", "c07"], since=start)
    assert [each["creator"]["id"] for each in own["scoresChanged"]["scores"]] == ["Creator:c01"]
    assert await silent(scored, "nowhere", SCORES, creators=["c01", "c07"], since=start)


async def test_what_happens_is_told_while_one_listens(scored: Finding) -> None:
    stream = await begun(GraphQLRequest(CHANGED), holder("brand"), scored.state)
    async with scored.state.run, asyncio.timeout(SECONDS), aclosing(stream):
        coming = asyncio.ensure_future(anext(stream))
        await asyncio.sleep(0.2)
        assert not coming.done()
        async with scored.driver.session() as session:
            await session.execute_write(record, Event(RUN_PUBLISHED, "r000003"))
        assert (await coming)["data"]["changed"]["node"] == {"id": "ScoringRun:r000003"}


@pytest.mark.parametrize(
    ("text", "given", "says"),
    [
        (CHANGED, {"since": "abc"}, "'abc' is not a cursor of this list"),
        (SCORES, {"creators": []}, "give 1 to 50"),
        (SCORES, {"creators": [f"c{each}" for each in range(51)]}, "give 1 to 50"),
        (SCORES, {"creators": ["Brand:b1"]}, "is the id of a Brand"),
        (RANKING, {"first": 0}, "first is 0; give 1 to 100"),
        (RANKING, {"first": 3, "region": "XX"}, "XX"),
        ("subscription { changed @skip(if: true) { cursor } }", {}, "must not use `@skip`"),
        ("subscription { changed(kinds: []) { cursor } changed2: changed { cursor } }", {}, "only one"),
        ("subscription { nothing }", {}, "nothing"),
    ],
)
async def test_what_cannot_be_answered_is_refused_at_once(scored: Finding, text: str, given: dict[str, Any], says: str) -> None:
    with pytest.raises((ApiError, PlanError)) as refused:
        await begun(GraphQLRequest(text, variables=given), holder("analyst"), scored.state)
    words = refused.value.errors[0]["message"] if isinstance(refused.value, RequestRefused) else str(refused.value)
    assert says in words


async def test_queries_are_answered_once(scored: Finding) -> None:
    stream = await begun(GraphQLRequest("{ viewer { role } }"), holder("brand"), scored.state)
    assert [each["data"] async for each in stream] == [{"viewer": {"role": "BRAND"}}]


async def test_a_key_that_is_revoked_ends_it(scored: Finding) -> None:
    valid = True

    def viewer() -> Viewer:
        if not valid:
            raise Unauthenticated("revoked")
        return VIEWERS["analyst"]

    stream: AsyncGenerator[Any] = await begun(
        GraphQLRequest(CHANGED, variables={"since": await first_cursor(scored)}), viewer, scored.state
    )
    await anext(stream)
    valid = False
    with pytest.raises(Unauthenticated):
        await anext(stream)


async def test_each_answer_is_paid_for(scored: Finding, tmp_path_factory: pytest.TempPathFactory) -> None:
    poor: State = process(scored.driver, tmp_path_factory.mktemp("poor"), cost_budget=600)
    await poor.run.refresh()
    stream = await begun(
        GraphQLRequest(CHANGED, variables={"since": await first_cursor(Finding(scored.driver, poor))}), holder("admin"), poor
    )
    poor.budgets.take(VIEWERS["admin"].key_id, await _cost(poor, 600 - 1))
    loop = asyncio.get_running_loop()
    began = loop.time()
    async with asyncio.timeout(SECONDS), aclosing(stream):
        for _ in range(3):
            await anext(stream)
    assert loop.time() - began > 0.5, "it waits until the budget has been restored"
    poor.store.close()


async def _cost(_state: State, requested: int) -> Any:
    from api.graphql.cost.limits import Cost

    return Cost(requested)


async def test_a_field_that_fails_is_null_with_an_error_and_ends_nothing(scored: Finding) -> None:
    text = SCORES.replace("($creators", "($many: [ID!], $creators").replace(
        "{ id handle }", "{ id lookalikes(first: 2, exclude: $many) { similarity } }"
    )
    given = {"creators": ["c02", "c07", "c12"], "many": ["Creator:c01"] * 2_000, "since": await first_cursor(scored)}
    stream = await begun(GraphQLRequest(text, variables=given), holder("analyst"), scored.state)
    async with asyncio.timeout(SECONDS), aclosing(stream):
        found = [await anext(stream) for _ in range(2)]
    for each in found:
        creators = [score["creator"] for score in each["data"]["scoresChanged"]["scores"]]
        assert creators
        assert all(creator["lookalikes"] is None for creator in creators)
        assert {error["extensions"]["code"] for error in each["errors"]} == {"BAD_USER_INPUT"}


async def test_events_that_are_no_longer_kept_end_it(scored: Finding) -> None:
    start = await first_cursor(scored)
    await forget_old(scored.driver, kept=1)
    stream = await begun(GraphQLRequest(CHANGED, variables={"since": start}), holder("admin"), scored.state)
    with pytest.raises(ApiError, match="no longer stored"):
        await anext(stream)


async def test_it_waits_for_a_database_that_is_away(graph: AsyncDriver, scored: Finding, monkeypatch: pytest.MonkeyPatch) -> None:
    from neo4j.exceptions import ServiceUnavailable

    from api.graphql.execution import subscriptions

    away = 2

    async def failing(*args: Any, **more: Any) -> Any:
        nonlocal away
        away -= 1
        if away >= 0:
            raise ServiceUnavailable("away")
        return await found(*args, **more)

    found = subscriptions.news_after
    monkeypatch.setattr(subscriptions, "news_after", failing)
    monkeypatch.setattr(subscriptions, "SECONDS_BETWEEN_TRIES", 0.01)
    stream = await begun(GraphQLRequest(CHANGED), holder("admin"), scored.state)
    async with scored.state.run, asyncio.timeout(SECONDS), aclosing(stream):
        coming = asyncio.ensure_future(anext(stream))
        async with graph.session() as session:
            await session.execute_write(record, Event(RUN_PUBLISHED, "r9"))
        assert (await coming)["data"]["changed"]["kind"] == "RUN_PUBLISHED"
    assert away < 0

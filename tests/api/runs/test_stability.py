"""A run that lies otherwise than the current one waits: readers go on seeing that one until somebody publishes the new one."""

from __future__ import annotations

from typing import Any

import pytest
from neo4j import AsyncDriver

from api.access.viewer import Role, Viewer
from api.graphql.execution.execution import execute
from api.graphql.execution.request import GraphQLRequest
from api.runs.scoring_run import Outcome, score
from graph.runs import CurrentRun, Standing, discard_held, publish_held
from tests.api.drawn_market import END
from tests.api.processes import process

MARKET = """
CREATE (:Category {id: '1', name: 'Beauty'})<-[:IN_CATEGORY]-(p:Product {id: 'p', title: 'Balm'})<-[:SELLS]-(:Brand {id: 'b', name: 'B'})
WITH p
UNWIND range(1, 200) AS n
CREATE (c:Creator {id: 'c' + right('00' + n, 3), handle: 'creator' + n, region: 'US', followerCount: 900 + 7 * n,
                   joinedAt: $end - (20 + n) * $day})
WITH p, c, n
UNWIND range(1, 3 + n % 5) AS m
CREATE (c)-[:PUBLISHED]->(:Content:Video {id: 'v' + n + '-' + m, kind: 'VIDEO', publishedAt: $end - (m * 9 - n % 4) * $day,
                                          views: 50 + (n * 37 + m * 11) % 900, likes: 3, comments: 1, shares: 1})-[:FEATURES]->(p)
"""
MORE_VIEWS = "MATCH (t:Content) SET t.views = t.views * 60"
ADMIN, PARTNER = Viewer("k1", "root", Role.ADMIN), Viewer("k2", "agency", Role.PARTNER, ("US",), ("b",))
RUNS = "{ scoringRuns { nodes { id status publishedAt driftLimit drift { kind name index drifted } } } }"


@pytest.fixture
async def scored(graph: AsyncDriver) -> Outcome:
    """Return the first run of the market."""
    await graph.execute_query(MARKET, end=END, day=86_400)
    return await score(graph)


async def current(graph: AsyncDriver) -> str | None:
    run = CurrentRun(graph)
    await run.refresh()
    return run.id


async def asked(graph: AsyncDriver, tmp_path: Any, viewer: Viewer, query: str = RUNS, **variables: Any) -> Any:
    state = process(graph, tmp_path, max_cost=10**6, cost_budget=10**9)
    await state.run.refresh()
    try:
        return await execute(GraphQLRequest(query, variables=variables), viewer, state)
    finally:
        state.store.close()


async def test_the_first_run_never_waits_and_the_same_again_has_not_drifted(graph: AsyncDriver, scored: Outcome) -> None:
    assert (scored.held, scored.drifted) == (False, {})
    again = await score(graph)
    assert (again.held, again.drifted) == (False, {})
    assert await current(graph) == "r000002"


async def test_a_run_that_drifts_waits_and_readers_see_the_one_before(graph: AsyncDriver, scored: Outcome, tmp_path: Any) -> None:
    await graph.execute_query(MORE_VIEWS)
    second = await score(graph)
    assert second.held
    assert "INPUT:seen_video_views" in second.drifted
    assert await current(graph) == scored.run == "r000001"
    nodes = (await asked(graph, tmp_path / "1", ADMIN))["data"]["scoringRuns"]["nodes"]
    held = next(each for each in nodes if each["status"] == "HELD")
    assert (held["id"], held["publishedAt"], held["driftLimit"]) == ("ScoringRun:r000002", None, 0.25)
    moved = {each["name"] for each in held["drift"] if each["drifted"]}
    assert "seen_video_views" in moved
    assert [each["index"] for each in held["drift"]] == sorted((each["index"] for each in held["drift"]), reverse=True)
    seen = (await asked(graph, tmp_path / "2", PARTNER))["data"]["scoringRuns"]["nodes"]
    assert [each["id"] for each in seen] == ["ScoringRun:r000001"]
    assert (await asked(graph, tmp_path / "3", PARTNER, '{ node(id: "ScoringRun:r000002") { id } }'))["data"]["node"] is None

    assert await publish_held(graph, "r000002", now=7, database="neo4j") is Standing.DONE
    assert await current(graph) == "r000002"
    statuses = (await graph.execute_query("MATCH (run:ScoringRun) RETURN run.status AS status ORDER BY run.id")).records
    assert [each["status"] for each in statuses] == ["superseded", "current"]
    assert (await graph.execute_query("MATCH (past:PastRun) RETURN count(past) AS n")).records[0]["n"] == 2
    assert await publish_held(graph, "r000002", now=7, database="neo4j") is Standing.NOT_HELD
    third = await score(graph)
    assert not third.held


async def test_a_run_that_waits_is_discarded_by_hand_or_by_a_newer_one(graph: AsyncDriver, scored: Outcome) -> None:
    await graph.execute_query(MORE_VIEWS)
    assert [(await score(graph)).run for _ in range(2)] == ["r000002", "r000003"]
    runs = "MATCH (run:ScoringRun) RETURN collect(run.id) AS ids"
    assert sorted((await graph.execute_query(runs)).records[0]["ids"]) == ["r000001", "r000003"]
    assert await discard_held(graph, "r000003", database="neo4j") is Standing.DONE
    assert await discard_held(graph, "r000003", database="neo4j") is Standing.MISSING
    assert await discard_held(graph, scored.run, database="neo4j") is Standing.NOT_HELD
    left = "MATCH (n) WHERE n.runId IN ['r000002', 'r000003'] RETURN count(n) AS n"
    assert (await graph.execute_query(left)).records[0]["n"] == 0
    assert await current(graph) == "r000001"
    replay = await score(graph, as_of=END)
    assert (replay.run, replay.held) == ("r000004", False), "a number is never given twice, and a replay never waits"
    assert replay.drifted


async def test_a_run_tells_how_it_treats_groups(graph: AsyncDriver, scored: Outcome, tmp_path: Any) -> None:
    query = """{ scoringRuns { nodes { id fairness {
      kind group indicator creators scored mean error width difference differenceError
    } } } }"""
    (run,) = (await asked(graph, tmp_path / "1", ADMIN, query))["data"]["scoringRuns"]["nodes"]
    assert run["id"] == f"ScoringRun:{scored.run}"
    told = (await asked(graph, tmp_path / "2", PARTNER, query))["data"]["scoringRuns"]["nodes"]
    assert [each["fairness"] for each in told] == [[]], "groups of other regions are among them"
    volume = {(each["kind"], each["group"]): each for each in run["fairness"] if each["indicator"] == "contentVolume"}
    assert volume["REGION", "US"]["creators"] == volume["REGION", "US"]["scored"] == volume["CATEGORY", "1"]["creators"] == 200
    assert volume["REGION", "US"]["difference"] is None, "there are no others"
    sizes = {group: each["creators"] for (kind, group), each in volume.items() if kind == "TENURE"}
    assert sizes == {"came in the last 90 days": 76, "came before": 124}
    late = volume["TENURE", "came in the last 90 days"]
    assert 0 < late["error"] < 10
    assert late["differenceError"] > 0
    means = [each["mean"] for each in volume.values() if each["kind"] == "TIER"]
    assert len(means) == 2


async def test_without_a_limit_nothing_waits(graph: AsyncDriver, scored: Outcome) -> None:
    await graph.execute_query(MORE_VIEWS)
    second = await score(graph, drift_limit=0.0)
    assert (second.held, second.drifted) == (False, {})
    assert await current(graph) == second.run != scored.run


async def test_administrators_publish_and_discard_through_the_api(graph: AsyncDriver, scored: Outcome, tmp_path: Any) -> None:
    await graph.execute_query(MORE_VIEWS)
    second = await score(graph)
    publish = f'mutation {{ publishRun(input: {{runId: "ScoringRun:{second.run}"}}) {{ run {{ id status }} userErrors {{ code }} }} }}'
    refused = await asked(graph, tmp_path / "1", PARTNER, publish)
    assert refused["errors"][0]["extensions"]["code"] == "FORBIDDEN"
    done = await asked(graph, tmp_path / "2", ADMIN, publish)
    assert done["data"]["publishRun"] == {"run": {"id": f"ScoringRun:{second.run}", "status": "CURRENT"}, "userErrors": []}
    again = await asked(graph, tmp_path / "3", ADMIN, publish)
    assert again["data"]["publishRun"] == {"run": None, "userErrors": [{"code": "NOT_HELD"}]}
    discard = 'mutation { discardRun(input: {runId: "ScoringRun:r000009"}) { discardedRunId userErrors { code } } }'
    assert (await asked(graph, tmp_path / "4", ADMIN, discard))["data"]["discardRun"]["userErrors"] == [{"code": "NOT_FOUND"}]
    assert await current(graph) == second.run

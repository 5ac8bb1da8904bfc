"""The current run taken back: the one before it is whole and current again, for readers, history and subscribers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from neo4j import AsyncDriver

from api.features.scoring_control import mutations
from api.proof.signing import Signer
from api.runs.scoring_run import score
from graph.runs import NotTakenBack, Standing, TakenBack, discard_held, past_scores, publish_held, restoration, succession, take_back
from tests.api.drawn_market import END, draw_market
from tests.api.features.finding_market import Finding, draw_finding
from tests.api.graphql.execution.test_subscriptions import SCORES, answers, first_cursor
from tests.api.processes import process
from tests.api.runs.test_objections import RANKS, best, objects
from tests.api.runs.test_stability import ADMIN, PARTNER, asked, current
from tests.conftest import TestServer, emptied
from tests.graph_copy import GraphCopy

DAY = 86_400
STATUSES = "MATCH (run:ScoringRun) RETURN run.id AS id, run.status AS status ORDER BY id"
TAKE_BACK = """mutation { takeBackRun(input: {runId: "%s"}) {
  run { id status } takenBack { id status publishedAt takenBackAt } userErrors { code message }
} }"""


@pytest.fixture(scope="module")
async def market_of_two(neo4j: TestServer, _schema: None, tmp_path_factory: pytest.TempPathFactory) -> GraphCopy:
    """Score the market twice as of one day, of which the history keeps the later."""
    signer = Signer.of(tmp_path_factory.mktemp("signer"))
    async with neo4j.driver() as driver:
        await emptied(driver)
        await draw_market(driver)
        for at in (END - 3_600, END - 60):
            await score(driver, as_of=at, signer=signer)
        return await GraphCopy.of(driver)


@pytest.fixture
async def two(graph: AsyncDriver, market_of_two: GraphCopy) -> None:
    """Put the market with its two runs into the test's graph."""
    await market_of_two.put_back(graph)


async def statuses(graph: AsyncDriver) -> dict[str, str]:
    return {each["id"]: each["status"] for each in (await graph.execute_query(STATUSES)).records}


async def history(graph: AsyncDriver, *, outward: bool = False) -> list[tuple[str, float | None, float | None]]:
    """Return what the history says of one creator's overall score: run, value, lower end."""
    found = await past_scores(graph, "c02", "overall", database="neo4j", seconds=60, outward=outward)
    return [(each.run.id, each.value, each.low) for each in found]


@pytest.mark.usefixtures("two")
async def test_the_run_before_is_current_again_and_the_other_waits(graph: AsyncDriver, tmp_path: Any) -> None:
    answer = (await asked(graph, tmp_path / "1", ADMIN, TAKE_BACK % "ScoringRun:r000002"))["data"]["takeBackRun"]
    assert answer["run"] == {"id": "ScoringRun:r000001", "status": "CURRENT"}
    assert answer["takenBack"].pop("takenBackAt") is not None
    assert answer["takenBack"] == {"id": "ScoringRun:r000002", "status": "HELD", "publishedAt": None}
    assert await current(graph) == "r000001"
    runs = "{ scoringRuns { nodes { id } } }"
    assert [each["id"] for each in (await asked(graph, tmp_path / "2", PARTNER, runs))["data"]["scoringRuns"]["nodes"]] == [
        "ScoringRun:r000001"
    ]
    newest = "MATCH (e:DomainEvent) RETURN e.name AS name, e.subject AS subject, e.payload AS payload ORDER BY e.id DESC LIMIT 1"
    event = (await graph.execute_query(newest)).records[0].data()
    assert event == {"name": "run.restored", "subject": "r000001", "payload": '{"takenBack": "r000002"}'}


@pytest.mark.usefixtures("two")
async def test_what_would_be_current_again_is_what_was_named(graph: AsyncDriver, tmp_path: Any) -> None:
    named = (
        'mutation { takeBackRun(input: {runId: "r000002", restores: "ScoringRun:%s"}) { run { id } userErrors { field code message } } }'
    )
    refused = (await asked(graph, tmp_path / "1", ADMIN, named % "r000009"))["data"]["takeBackRun"]
    message = "r000001 would be current again instead of r000002, not r000009; look at `scoringRuns`, then give that one or leave it out"
    assert refused == {"run": None, "userErrors": [{"field": "restores", "code": "OTHER_BEFORE", "message": message}]}
    assert await statuses(graph) == {"r000001": "superseded", "r000002": "current"}
    answer = (await asked(graph, tmp_path / "2", ADMIN, named % "r000001"))["data"]["takeBackRun"]
    assert answer == {"run": {"id": "ScoringRun:r000001"}, "userErrors": []}


@pytest.mark.usefixtures("two")
async def test_the_history_has_the_run_that_is_current(graph: AsyncDriver) -> None:
    cards = "MATCH (card:Scorecard {creatorId: 'c02', window: 90, categoryId: '*'}) WHERE card.runId = $run "
    columns = "RETURN card.overall AS value, card.lows[0] AS low"
    before = [(await graph.execute_query(cards + columns, run=f"r000001{out}")).records[0] for out in ("", "-outward")]
    assert [each[0] for each in await history(graph)] == ["r000002"], "of one day the history keeps one"
    assert await take_back(graph, "r000002", now=7, database="neo4j") == TakenBack("r000001")
    assert await history(graph) == [("r000001", before[0]["value"], before[0]["low"])]
    assert await history(graph, outward=True) == [("r000001", before[1]["value"], before[1]["low"])]
    assert await publish_held(graph, "r000002", now=8, database="neo4j") is Standing.DONE
    assert [each[0] for each in await history(graph)] == ["r000001", "r000002"]


@pytest.mark.usefixtures("two")
async def test_it_is_published_again_or_discarded(graph: AsyncDriver) -> None:
    await take_back(graph, "r000002", now=7, database="neo4j")
    assert await publish_held(graph, "r000002", now=8, database="neo4j") is Standing.DONE
    assert await statuses(graph) == {"r000001": "superseded", "r000002": "current"}
    left = "MATCH (run:ScoringRun {id: 'r000002'}) RETURN run.takenBackAt AS back, run.publishedAt AS at"
    assert (await graph.execute_query(left)).records[0].data() == {"back": None, "at": 8}
    await take_back(graph, "r000002", now=9, database="neo4j")
    assert await discard_held(graph, "r000002", database="neo4j") is Standing.DONE
    assert await statuses(graph) == {"r000001": "current"}
    assert (await score(graph, as_of=END)).run == "r000003", "a number is never given twice"


@pytest.mark.usefixtures("two")
async def test_the_next_run_replaces_both(graph: AsyncDriver) -> None:
    await take_back(graph, "r000002", now=7, database="neo4j")
    third = await score(graph, as_of=END)
    assert await statuses(graph) == {"r000001": "superseded", third.run: "current"}
    runs = await succession(graph, third.run, database="neo4j")
    assert [each and each.id for each in runs] == [third.run, "r000001"]


@pytest.mark.usefixtures("two")
async def test_subscribers_are_told_of_the_change_from_one_to_the_other(graph: AsyncDriver) -> None:
    await take_back(graph, "r000002", now=7, database="neo4j")
    assert [each and each.id for each in await restoration(graph, "r000001", "r000002", database="neo4j")] == ["r000001", "r000002"]
    await discard_held(graph, "r000002", database="neo4j")
    assert [each and each.id for each in await restoration(graph, "r000001", "r000002", database="neo4j")] == ["r000001", None]


@pytest.mark.usefixtures("two")
async def test_ranks_have_no_hole_of_one_who_objected_meanwhile(graph: AsyncDriver) -> None:
    creator = await best(graph)
    await objects(graph, creator)
    await take_back(graph, "r000002", now=7, database="neo4j")
    cards = [record.data() for record in (await graph.execute_query(RANKS)).records]
    assert {each["scope"] for each in cards}
    assert all(each["creator"] != creator for each in cards)
    for scope in {each["scope"] for each in cards}:
        peers = [each for each in cards if each["scope"] == scope]
        for at in range(len(peers[0]["ranks"])):
            ranks = sorted(each["ranks"][at] for each in peers if each["ranks"][at])
            assert all(rank == 1 + sum(other < rank for other in ranks) for rank in ranks)


@pytest.mark.usefixtures("two")
async def test_only_the_current_run_with_one_before_it_is_taken_back(graph: AsyncDriver, tmp_path: Any) -> None:
    refused = (await asked(graph, tmp_path / "1", PARTNER, TAKE_BACK % "ScoringRun:r000002"))["errors"][0]
    assert refused["extensions"]["code"] == "FORBIDDEN"
    assert await take_back(graph, "r000009", now=7, database="neo4j") is NotTakenBack.MISSING
    assert await take_back(graph, "r000001", now=7, database="neo4j") is NotTakenBack.NOT_CURRENT
    await take_back(graph, "r000002", now=7, database="neo4j")
    assert await take_back(graph, "r000002", now=7, database="neo4j") is NotTakenBack.NOT_CURRENT
    answer = (await asked(graph, tmp_path / "2", ADMIN, TAKE_BACK % "r000001"))["data"]["takeBackRun"]
    assert answer["userErrors"] == [{"code": "NOTHING_BEFORE", "message": "no run before r000001 is stored any more; score again instead"}]
    assert await statuses(graph) == {"r000001": "current", "r000002": "held"}
    assert set(mutations.NOT_TAKEN_BACK) == set(NotTakenBack)


async def test_scores_change_back_for_those_who_subscribe(graph: AsyncDriver, tmp_path: Path) -> None:
    await draw_finding(graph)
    await score(graph, as_of=END + 7 * DAY)
    state = process(graph, tmp_path, max_cost=10**6, cost_budget=10**9)
    await state.run.refresh()
    finding, watched = Finding(graph, state), [f"c{each:02}" for each in range(1, 13)]
    told = await answers(finding, "admin", SCORES, 2, creators=watched, since=await first_cursor(finding))
    await take_back(graph, "r000002", now=7, database="neo4j")
    told += await answers(finding, "admin", SCORES, 1, creators=watched, since=told[1]["scoresChanged"]["cursor"])
    state.store.close()
    assert [each["scoresChanged"]["run"]["id"] for each in told] == [f"ScoringRun:r00000{number}" for number in (1, 2, 1)]
    there, back = ({one["creator"]["id"]: (one["before"], one["after"]) for one in each["scoresChanged"]["scores"]} for each in told[1:])
    assert there
    assert back == {creator: (after, before) for creator, (before, after) in there.items()}

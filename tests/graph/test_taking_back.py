"""The current run taken back while others change runs, the history or what a creator allows."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any, LiteralString

import numpy as np
import pytest
from neo4j import AsyncDriver, AsyncTransaction

from graph.appeals import consented
from graph.rights.objections import objected
from graph.runs import (
    NotTakenBack,
    OtherBefore,
    Standing,
    TakenBack,
    publish_held,
    restoration,
    retain,
    store,
    store_history,
    take_back,
    thin,
)
from tests.graph.test_history import told
from tests.graph.test_runs import begun, cards, count

SAMPLE = replace(cards([[10.0, 1.0], [20.0, 2.0]]), window=np.full(2, 90))
RESTORED = "(e:DomainEvent {name: 'run.restored'})"


async def scored(graph: AsyncDriver, runs: int, *, held: bool = False) -> None:
    """Publish runs of one day, and hold one more."""
    for number in range(runs + held):
        building = await begun(graph)
        await store(building, SAMPLE)
        await store_history(building, SAMPLE)
        if number < runs:
            await building.publish({}, creators=2, scorecards=2, published_at=9)
        else:
            await building.hold({}, creators=2, scorecards=2)


async def statuses(graph: AsyncDriver) -> list[str]:
    query = "MATCH (run:ScoringRun) RETURN run.status AS status ORDER BY run.id"
    return [each["status"] for each in (await graph.execute_query(query)).records]


@asynccontextmanager
async def locked(graph: AsyncDriver, query: LiteralString) -> AsyncIterator[AsyncTransaction]:
    """Keep others from writing what a query writes, until they have come as far as that."""
    async with graph.session() as session, await session.begin_transaction() as tx:
        await (await tx.run(query)).consume()
        yield tx
        await asyncio.sleep(1)
        await tx.commit()


def back(graph: AsyncDriver, run: str, **given: Any) -> asyncio.Task[TakenBack | NotTakenBack | OtherBefore]:
    return asyncio.create_task(take_back(graph, run, now=7, database="neo4j", **given))


async def test_of_two_who_take_back_at_once_one_does(graph: AsyncDriver) -> None:
    await scored(graph, 3)
    async with locked(graph, "MATCH (state:State {id: 'data'}) SET state._locked = true REMOVE state._locked"):
        both = [back(graph, "r000003") for _ in range(2)]
    found = await asyncio.gather(*both)
    assert sorted(found, key=str) == sorted([TakenBack("r000002"), NotTakenBack.NOT_CURRENT], key=str)
    assert await statuses(graph) == ["superseded", "current", "held"]
    assert await count(graph, RESTORED) == 1


async def test_one_run_is_current_when_another_is_published_at_once(graph: AsyncDriver) -> None:
    await scored(graph, 2, held=True)
    async with locked(graph, "MATCH (state:State {id: 'data'}) SET state._locked = true REMOVE state._locked"):
        taken = back(graph, "r000002")
        published = asyncio.create_task(publish_held(graph, "r000003", now=7, database="neo4j"))
    assert await published is Standing.DONE
    first = await taken == TakenBack("r000001")
    assert await statuses(graph) == ["superseded", "held" if first else "superseded", "current"]


async def test_one_run_is_current_when_the_next_is_published_at_once(graph: AsyncDriver) -> None:
    await scored(graph, 2)
    building = await begun(graph)
    async with locked(graph, "MATCH (state:State {id: 'data'}) SET state._locked = true REMOVE state._locked"):
        taken = back(graph, "r000002")
        published = asyncio.create_task(building.publish({}, creators=2, scorecards=2, published_at=9))
    await published
    first = await taken == TakenBack("r000001")
    assert await statuses(graph) == ["superseded", "held" if first else "superseded", "current"]


async def test_whoever_objects_meanwhile_does_not_come_back_into_the_history(graph: AsyncDriver) -> None:
    await scored(graph, 2)
    await thin(graph, database="neo4j")
    async with locked(graph, "RETURN 1") as tx:
        await objected(tx, "ann", now=5)
        taken = back(graph, "r000002")
    assert await taken == TakenBack("r000001")
    assert await told(graph, "bob") == [("r000001", 20.0)]
    assert await count(graph, "(past:PastScores {creatorId: 'ann'})") == 0


async def test_a_run_that_is_being_dropped_never_becomes_current(graph: AsyncDriver) -> None:
    await scored(graph, 2)
    async with locked(graph, "MATCH (card:Scorecard {runId: 'r000001'}) SET card._locked = true REMOVE card._locked"):
        dropping = asyncio.create_task(retain(graph, 1, database="neo4j"))
        await asyncio.sleep(1)
        assert await back(graph, "r000002") is NotTakenBack.NOTHING_BEFORE
    assert await dropping == 1
    assert await statuses(graph) == ["current"]


async def test_the_history_keeps_a_run_that_becomes_current_again(graph: AsyncDriver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.runs.history.BATCH", 1)
    await scored(graph, 2)
    async with locked(graph, "MATCH (past:PastScores {runId: 'r000001'}) SET past._locked = true REMOVE past._locked"):
        thinning = asyncio.create_task(thin(graph, database="neo4j"))
        await asyncio.sleep(1)
        taken = back(graph, "r000002")
    assert await thinning == 1
    assert await taken == TakenBack("r000001")
    assert [await told(graph, creator) for creator in ("ann", "bob")] == [[("r000001", 10.0)], [("r000001", 20.0)]]


async def test_what_a_kill_left_in_the_history_goes_with_its_run(graph: AsyncDriver) -> None:
    await scored(graph, 2)
    await graph.execute_query("MATCH (past:PastRun {id: 'r000001'}) DELETE past")
    await retain(graph, 1, database="neo4j")
    assert await count(graph, "(past:PastScores {runId: 'r000001'})") == 0
    assert await count(graph, "(past:PastScores {runId: 'r000002'})") == 2


async def test_what_was_begun_to_be_dropped_from_the_history_is_dropped_later(graph: AsyncDriver) -> None:
    await scored(graph, 1)
    await graph.execute_query("MATCH (past:PastRun {id: 'r000001'}) SET past.dropping = true")
    assert await thin(graph, database="neo4j") == 1
    assert await count(graph, "(past:PastScores|PastRun)") == 0


async def test_the_run_is_current_again_whose_history_was_written(graph: AsyncDriver) -> None:
    await scored(graph, 3)
    await thin(graph, database="neo4j")
    async with locked(graph, "MERGE (state:State {id: 'rights'}) SET state._locked = true REMOVE state._locked"):
        taken = back(graph, "r000003")
        await asyncio.sleep(1)
        await graph.execute_query("MATCH (run:ScoringRun {id: 'r000002'}) SET run.status = 'discarded'")
    assert await taken is NotTakenBack.CHANGED
    assert await statuses(graph) == ["superseded", "discarded", "current"]
    assert await back(graph, "r000003", restores="r000002") == OtherBefore("r000001")


async def test_of_a_run_that_was_taken_back_itself_nothing_is_told(graph: AsyncDriver) -> None:
    await scored(graph, 3)
    await back(graph, "r000003")
    assert [each and each.id for each in await restoration(graph, "r000002", "r000003", database="neo4j")] == ["r000002", "r000003"]
    await back(graph, "r000002")
    assert await restoration(graph, "r000002", "r000003", database="neo4j") == (None, None)
    assert [each and each.id for each in await restoration(graph, "r000001", "r000002", database="neo4j")] == ["r000001", "r000002"]


async def test_scores_made_with_sales_that_were_withdrawn_are_not_shown_again(graph: AsyncDriver) -> None:
    await scored(graph, 2)
    await graph.execute_query("MATCH (run:ScoringRun) SET run.outwardScorecards = 1")

    async def say(creator: str, *answers: bool) -> None:
        async with graph.session() as session:
            for each in answers:
                await session.execute_write(consented, creator, consent=each)

    await say("bob", False)  # who never gave consent withdraws none
    await say("bob", True, False)  # who gave it after both were read
    assert await back(graph, "r000002") == TakenBack("r000001")
    await publish_held(graph, "r000002", now=7, database="neo4j")
    await graph.execute_query("MATCH (creator:Creator {id: 'ann'}) SET creator.salesConsent = true")  # as an import tells it
    await say("ann", False, False)
    assert await back(graph, "r000002") is NotTakenBack.CONSENT_WITHDRAWN
    assert await statuses(graph) == ["superseded", "current"]
    await graph.execute_query("MATCH (run:ScoringRun {id: 'r000001'}) SET run.readAt = 1 + timestamp() / 1000")
    assert await back(graph, "r000002") == TakenBack("r000001")
    assert await publish_held(graph, "r000002", now=8, database="neo4j") is Standing.CONSENT_WITHDRAWN
    assert await statuses(graph) == ["current", "held"]
    await graph.execute_query("MATCH (run:ScoringRun {id: 'r000002'}) SET run.readAt = 1 + timestamp() / 1000")
    assert await publish_held(graph, "r000002", now=8, database="neo4j") is Standing.DONE
    await graph.execute_query("MATCH (run:ScoringRun {id: 'r000001'}) SET run.readAt = 6")
    assert await back(graph, "r000002") is NotTakenBack.CONSENT_WITHDRAWN
    await say("ann", True)
    assert await back(graph, "r000002") == TakenBack("r000001")

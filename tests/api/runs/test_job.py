"""A scoring run as a job: told through the graph, cancelled through it, and how it ended."""

from __future__ import annotations

import asyncio
from time import time
from typing import Any

import pytest
from neo4j import AsyncDriver, AsyncManagedTransaction

from api.runs import scoring_run
from api.runs.inputs import NothingToScore
from api.runs.job import Order, ScoringCancelled, ScoringOvertaken
from api.runs.scoring_run import score
from api.runs.storing import Publication
from graph.runs import FULL, GENTLE, Building, Job, JobStatus, Pace, RunLost, begin_job, cancel_job, claim, newest_job
from tests.api.drawn_market import END, draw_market

OF_RUNS = "MATCH (n) WHERE n:BuildingRun OR n.runId = 'r000002' RETURN count(n) AS n"


async def job_of(graph: AsyncDriver) -> Job:
    found = await newest_job(graph, now=int(time()), database="neo4j")
    assert found is not None
    return found


async def test_a_run_of_the_command_line_is_told_of(graph: AsyncDriver) -> None:
    await draw_market(graph)
    assert await newest_job(graph, now=1, database="neo4j") is None
    before = int(time())
    done = await score(graph, as_of=END)
    job = await job_of(graph)
    assert (job.status, job.run, job.started_by, job.as_of, job.error) == (JobStatus.SUCCEEDED, done.run, None, END, None)
    assert job.ended_at is not None
    assert before <= job.started_at <= job.ended_at


async def test_one_that_is_cancelled_leaves_nothing_and_readers_the_run_before(graph: AsyncDriver, monkeypatch: Any) -> None:
    await draw_market(graph)
    first = await score(graph, as_of=END)
    seen: list[Job] = []
    left: list[int] = []

    async def waiting(*_: Any) -> None:
        left.append((await graph.execute_query(OF_RUNS)).records[0]["n"])
        while (job := await job_of(graph)).phase != "share":
            await asyncio.sleep(0.05)
        seen.append(job)

        async def cancel(tx: AsyncManagedTransaction) -> None:
            await cancel_job(tx, job.id, now=9)

        async with graph.session() as session:
            await session.execute_write(cancel)
        await asyncio.sleep(60)

    monkeypatch.setattr(Publication, "_shared", waiting)
    with pytest.raises(ScoringCancelled):
        await score(graph, as_of=END)
    assert seen[0].is_running
    assert left[0] > 1, "cards had been stored"
    assert (await graph.execute_query(OF_RUNS)).records[0]["n"] == 0
    assert (await graph.execute_query("MATCH (r:ScoringRun) RETURN r.id AS id, r.status AS status")).records[0].data() == {
        "id": first.run,
        "status": "current",
    }
    job = await job_of(graph)
    assert (job.status, job.cancelled_at, job.run) == (JobStatus.CANCELLED, 9, None)


async def test_what_is_published_already_is_not_cancelled(graph: AsyncDriver, monkeypatch: Any) -> None:
    await draw_market(graph)
    original = Publication._closed  # pyright: ignore[reportPrivateUsage] -- the moment before readers see it

    async def cancelled(*given: Any) -> None:
        job = await job_of(graph)
        await graph.execute_query("MATCH (lock:Lock {job: $job}) SET lock.cancelledAt = 9", job=job.id)
        await asyncio.sleep(2.5)
        await original(*given)

    monkeypatch.setattr(Publication, "_closed", cancelled)
    done = await score(graph, as_of=END)
    job = await job_of(graph)
    assert (job.status, job.run, job.cancelled_at) == (JobStatus.SUCCEEDED, done.run, 9)


async def test_why_it_failed_is_told_in_one_line(graph: AsyncDriver, monkeypatch: Any) -> None:
    with pytest.raises(NothingToScore):
        await score(graph)
    job = await job_of(graph)
    assert job.status == JobStatus.FAILED
    assert job.error == "the graph holds no event with a time, and --as-of is not given; import data, or give a date"
    events = (await graph.execute_query("MATCH (e:DomainEvent) RETURN e.name AS name")).records
    assert [each["name"] for each in events] == ["scoring.failed"]
    await draw_market(graph)
    for raised, told in ((RunLost("given\nup"), "given up"), (ValueError("secret"), "ValueError, a mistake of ours; ")):

        async def failing(*_: Any, error: Exception = raised) -> None:
            raise error

        monkeypatch.setattr(Publication, "_filled", failing)
        with pytest.raises(type(raised)):
            await score(graph, as_of=END)
        assert ((await job_of(graph)).error or "").startswith(told)
        assert "secret" not in ((await job_of(graph)).error or "")


async def test_one_that_is_stopped_says_so(graph: AsyncDriver, monkeypatch: Any) -> None:
    await draw_market(graph)
    there = asyncio.Event()

    async def waiting(*_: Any) -> None:
        there.set()
        await asyncio.sleep(60)

    monkeypatch.setattr(Publication, "_filled", waiting)
    task = asyncio.create_task(score(graph, as_of=END))
    await there.wait()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert task.cancelled()
    job = await job_of(graph)
    assert (job.status, (job.error or "")[:22]) == (JobStatus.FAILED, "what ran it was stoppe")


@pytest.mark.parametrize("raised", [asyncio.CancelledError(), RunLost("the database is gone")])
async def test_what_is_published_has_succeeded_though_its_end_fails(graph: AsyncDriver, monkeypatch: Any, raised: BaseException) -> None:
    await draw_market(graph)

    async def failing(*_: Any) -> int:
        raise raised

    monkeypatch.setattr(scoring_run, "_dropped", failing)
    with pytest.raises(type(raised)):
        await score(graph, as_of=END)
    job = await job_of(graph)
    assert (job.status, job.run, job.error) == (JobStatus.SUCCEEDED, "r000001", None)
    events = (await graph.execute_query("MATCH (e:DomainEvent) RETURN e.name AS name")).records
    assert "scoring.failed" not in [each["name"] for each in events]


async def test_one_that_is_stopped_as_it_publishes_claims_nothing(graph: AsyncDriver, monkeypatch: Any) -> None:
    await draw_market(graph)

    async def stopped(*_: Any) -> None:
        raise asyncio.CancelledError

    monkeypatch.setattr(Publication, "_closed", stopped)
    with pytest.raises(asyncio.CancelledError):
        await score(graph, as_of=END)
    job = await job_of(graph)
    assert (job.status, job.run) == (JobStatus.FAILED, None)
    assert (job.error or "").startswith("what ran it was stopped as it published its run; `scoringRuns` tells which run is current")


async def test_an_order_that_was_overtaken_scores_nothing(graph: AsyncDriver) -> None:
    await draw_market(graph)
    order = Order("a", 100, END, "root")
    assert await claim(graph, order.job, database="neo4j") is None
    await begin_job(graph, Job("b", 101), database="neo4j")
    with pytest.raises(ScoringOvertaken) as overtaken:
        await score(graph, as_of=END, order=order)
    said = "job a was overtaken by job b, started by the command line at 1970-01-01T00:01:41Z; nothing was scored"
    assert overtaken.value.message == said
    assert (await graph.execute_query("MATCH (r:ScoringRun) RETURN count(r) AS n")).records[0]["n"] == 0
    found = await newest_job(graph, now=102, database="neo4j")
    assert found == Job("b", 101)


async def test_an_order_that_was_given_up_scores_nothing(graph: AsyncDriver) -> None:
    order = Order("a", 100, END, "root")
    with pytest.raises(ScoringOvertaken, match="job a is not announced any more"):
        await score(graph, order=order)
    assert await claim(graph, order.job, database="neo4j") is None
    await graph.execute_query("MATCH (job:Lock {job: 'a'}) SET job.status = 'failed'")
    with pytest.raises(ScoringOvertaken, match="job a was given up before it began"):
        await score(graph, order=order)


async def test_what_a_service_starts_is_written_gently(graph: AsyncDriver, monkeypatch: Any) -> None:
    await draw_market(graph)
    paces: list[Pace] = []

    async def filled(_: Publication, building: Building, *__: Any) -> None:
        paces.append(building.pace)
        raise RunLost("enough was seen")

    monkeypatch.setattr(Publication, "_filled", filled)
    by_hand = (Order.of_command(END), Order.of_command(END, gently=True))
    for order in (*by_hand, Order("x", int(time()), END, "the admin")):
        if order.is_claimed:
            assert await claim(graph, order.job, database="neo4j") is None
        with pytest.raises(RunLost):
            await score(graph, as_of=END, order=order)
    assert paces == [FULL, GENTLE, GENTLE]

"""The scoring job: one at a time, told through one node, and failed where its process is gone."""

from __future__ import annotations

from typing import Any

import pytest
from neo4j import AsyncDriver, AsyncManagedTransaction

from graph.load.lock import SCORING, held, is_held
from graph.runs import Job, JobStatus, advance_job, begin_job, cancel_job, claim, end_job, is_cancelled, jobs, newest_job


async def node(graph: AsyncDriver, now: int = 100) -> Job:
    found = await newest_job(graph, now=now, database="neo4j")
    assert found is not None
    return found


async def cancel(tx: AsyncManagedTransaction, job: str, now: int) -> Job | None:
    return await cancel_job(tx, job, now=now)


async def test_a_claim_that_never_begins_is_given_up(graph: AsyncDriver) -> None:
    assert await claim(graph, Job("a", 100), database="neo4j") is None
    before = await claim(graph, Job("b", 150), database="neo4j")
    assert before is not None
    assert before.job is not None
    assert (before.job.id, before.job.status) == ("a", JobStatus.RUNNING)
    assert await claim(graph, Job("c", 160), database="neo4j") is None


async def test_a_claim_is_refused_while_somebody_holds_the_lock_without_a_word(graph: AsyncDriver) -> None:
    assert not await is_held(graph, SCORING, database="neo4j")
    async with held(graph, SCORING, database="neo4j", waiting=lambda _: None):
        assert await is_held(graph, SCORING, database="neo4j")
        before = await claim(graph, Job("a", 100), database="neo4j")
        assert before is not None
        assert before.job is None
    assert not await is_held(graph, SCORING, database="neo4j")
    assert await newest_job(graph, now=100, database="neo4j") is None


async def test_it_is_read_as_it_was_told(graph: AsyncDriver) -> None:
    job = Job("a", 100, "root", "a note", 50)
    async with held(graph, SCORING, database="neo4j", waiting=lambda _: None):
        await begin_job(graph, job, database="neo4j")
        assert await node(graph) == job
        await advance_job(graph, "a", ("store", 3, 7), database="neo4j")
        await advance_job(graph, "another", ("drop", 0, 0), database="neo4j")
        assert ((found := await node(graph)).phase, found.done, found.total) == ("store", 3, 7)
    lost = await node(graph)
    assert (lost.status, lost.ended_at) == (JobStatus.FAILED, None)
    await end_job(graph, "a", JobStatus.SUCCEEDED, now=109, database="neo4j", run="r000001")
    await end_job(graph, "a", JobStatus.FAILED, now=110, database="neo4j", error="too late to say so")
    ended = await node(graph)
    assert (ended.status, ended.ended_at, ended.run, ended.error) == (JobStatus.SUCCEEDED, 109, "r000001", None)


async def test_only_what_runs_is_cancelled_and_the_first_wish_counts(graph: AsyncDriver) -> None:
    await begin_job(graph, Job("a", 100), database="neo4j")
    async with graph.session() as session:
        assert await session.execute_write(cancel, "another", 101) is None
        assert not await is_cancelled(graph, "a", database="neo4j")
        for now in (102, 103):
            found = await session.execute_write(cancel, "a", now)
            assert found is not None
            assert found.cancelled_at == 102
        assert await is_cancelled(graph, "a", database="neo4j")
        await end_job(graph, "a", JobStatus.CANCELLED, now=104, database="neo4j")
        assert await session.execute_write(cancel, "a", 105) is None


async def test_what_is_cancelled_before_its_process_begins_stays_cancelled(graph: AsyncDriver) -> None:
    assert await claim(graph, Job("a", 100), database="neo4j") is None
    async with graph.session() as session:
        assert await session.execute_write(cancel, "a", 101) is not None
    assert await begin_job(graph, Job("a", 100, note="begun"), claimed=True, database="neo4j") is None
    assert await is_cancelled(graph, "a", database="neo4j")
    begun = await node(graph)
    assert (begun.note, begun.cancelled_at) == ("begun", 101)
    assert await begin_job(graph, Job("b", 102), database="neo4j") is None
    assert (await node(graph)).cancelled_at is None, "another job is not cancelled"


async def test_what_was_claimed_begins_only_while_its_claim_stands(graph: AsyncDriver) -> None:
    gone = await begin_job(graph, Job("a", 100), claimed=True, database="neo4j")
    assert gone is not None
    assert gone.job is None
    assert await newest_job(graph, now=100, database="neo4j") is None
    assert await claim(graph, Job("a", 100), database="neo4j") is None
    assert await begin_job(graph, Job("b", 101), database="neo4j") is None, "the command line asks nobody"
    overtaken = await begin_job(graph, Job("a", 100), claimed=True, database="neo4j")
    assert overtaken is not None
    assert overtaken.job == Job("b", 101) == await node(graph)
    assert await claim(graph, Job("c", 200), database="neo4j") is None, "the lock is free, and b's time to start is over"
    await end_job(graph, "c", JobStatus.FAILED, now=201, database="neo4j", error="it was given up")
    ended = await begin_job(graph, Job("c", 200), claimed=True, database="neo4j")
    assert ended is not None
    assert ended.job is not None
    assert (ended.job.id, ended.job.status) == ("c", JobStatus.FAILED)


async def test_one_that_ends_as_it_is_read_has_not_failed(graph: AsyncDriver, monkeypatch: pytest.MonkeyPatch) -> None:
    async with held(graph, SCORING, database="neo4j", waiting=lambda _: None):
        await begin_job(graph, Job("a", 1, phase="drop"), database="neo4j")

    async def asked(*given: Any, **options: Any) -> bool:
        await end_job(graph, "a", JobStatus.SUCCEEDED, now=109, database="neo4j", run="r000001")
        return await is_held(*given, **options)

    monkeypatch.setattr(jobs, "is_held", asked)
    found = await node(graph)
    assert (found.status, found.error) == (JobStatus.SUCCEEDED, None)


@pytest.mark.parametrize(("phase", "is_told"), [("sign", True), ("publish", False), ("drop", False)])
async def test_what_is_published_is_not_cancelled(graph: AsyncDriver, phase: str, is_told: bool) -> None:
    await begin_job(graph, Job("a", 100), database="neo4j")
    await advance_job(graph, "a", (phase, 0, 0), database="neo4j")
    async with graph.session() as session:
        assert (await session.execute_write(cancel, "a", 101) is not None) is is_told
    assert await is_cancelled(graph, "a", database="neo4j") is is_told
    events = (await graph.execute_query("MATCH (e:DomainEvent) RETURN e.name AS name")).records
    assert [each["name"] for each in events] == ["scoring.cancelled"] * is_told

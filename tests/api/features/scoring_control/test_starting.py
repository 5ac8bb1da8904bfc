"""Administrators start scoring in a process of its own, follow it, and cancel it."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from time import time
from typing import Any

import psutil
import pytest
from neo4j import AsyncDriver

from api.process.scorer import Scorer, scorer
from api.process.state import State
from api.runs.job import Order
from graph.load.lock import IMPORT, SCORING, held
from graph.runs import Job, begin_job
from tests.api.drawn_market import END
from tests.api.features.scoring_control.conftest import ANALYST, Ask

JOB = """{ scoringJob {
  jobId status phase done total startedAt startedBy note asOf cancelRequestedAt endedAt error run { id status }
} }"""
START = (
    'mutation { startScoringRun(input: {asOf: "2024-10-04T00:00:00Z"%s}) { job { jobId status phase } userErrors { code message field } } }'
)
CANCEL = 'mutation { cancelScoringRun(input: {jobId: "%s"}) { job { cancelRequestedAt } userErrors { code } } }'
REFUSED = CANCEL.replace("{ code }", "{ code message }")
EVENTS = "MATCH (e:DomainEvent) RETURN e.name AS name ORDER BY e.id"
STOPPED = "what ran it was stopped before it was done; readers see the run before: score again"
SECONDS = 120


async def ended(ask: Ask) -> Any:
    """Return the job once it runs no more."""
    async with asyncio.timeout(SECONDS):
        while (job := await ask(JOB))["status"] == "RUNNING":
            await asyncio.sleep(0.2)
    return job


@pytest.fixture
async def importing(graph: AsyncDriver) -> AsyncIterator[None]:
    """Hold the import's lock, so that a run waits before it reads."""
    async with held(graph, IMPORT, database="neo4j", waiting=lambda _: None):
        yield


async def running(graph: AsyncDriver) -> psutil.Process:
    """Return the process that scores, once it holds the lock."""
    query = "MATCH (lock:Lock {id: 'scoring held by'}) WHERE lock.holder IS NOT NULL RETURN lock.holder AS holder"
    async with asyncio.timeout(SECONDS):
        while not (records := (await graph.execute_query(query)).records):
            await asyncio.sleep(0.02)
    return psutil.Process(int(records[0]["holder"].split()[1]))


async def test_a_run_is_made_and_followed(graph: AsyncDriver, state: State, ask: Ask) -> None:
    assert await ask(JOB) is None
    started = await ask(START % ', note: "after an import"')
    assert (started["job"]["status"], started["job"]["phase"], started["userErrors"]) == ("RUNNING", "START", [])
    job = await ended(ask)
    assert (job["status"], job["error"], job["startedBy"], job["note"]) == ("SUCCEEDED", None, "root", "after an import")
    assert (job["jobId"], job["asOf"]) == (started["job"]["jobId"], "2024-10-04T00:00:00Z")
    assert job["run"] == {"id": "ScoringRun:r000001", "status": "CURRENT"}
    assert job["endedAt"] >= job["startedAt"]
    assert state.run.as_of == END
    assert [each["name"] for each in (await graph.execute_query(EVENTS)).records][-2:] == ["scoring.started", "run.published"]


async def test_a_second_start_names_the_job_that_is_under_way(graph: AsyncDriver, ask: Ask, importing: None) -> None:
    first = await ask(START % "")
    refused = [(await ask(START % ""))["userErrors"]]
    process = await running(graph)
    refused.append((await ask(START % ""))["userErrors"])
    assert process.cmdline()[-1] == "api.process.scoring_worker"
    async with asyncio.timeout(SECONDS):
        while (await ask(JOB))["phase"] != "WAIT":
            await asyncio.sleep(0.1)
    for (error,) in refused:
        assert (error["code"], error["field"]) == ("ALREADY_RUNNING", "input")
        assert error["message"].startswith(f"job {first['job']['jobId']} is under way: started by the key 'root' at ")


async def test_a_run_of_another_process_is_in_the_way_too(graph: AsyncDriver, ask: Ask) -> None:
    async with held(graph, SCORING, database="neo4j", waiting=lambda _: None):
        await begin_job(graph, Job("x", 5, phase="score"), database="neo4j")
        (error,) = (await ask(START % ""))["userErrors"]
        assert error["message"].startswith("job x is under way: started by the command line at 1970-01-01T00:00:05Z, now scoring;")
        assert (await ask(JOB))["status"] == "RUNNING"
    assert (await ask(JOB))["status"] == "FAILED", "its process holds the lock no more"
    assert "without a word" in (await ask(JOB))["error"]


async def test_what_is_cancelled_ends(graph: AsyncDriver, ask: Ask, importing: None) -> None:
    started = await ask(START % "")
    process = await running(graph)
    cancelled = await ask(CANCEL % started["job"]["jobId"])
    assert cancelled["userErrors"] == []
    assert cancelled["job"]["cancelRequestedAt"] is not None
    job = await ended(ask)
    assert (job["status"], job["run"], job["error"]) == ("CANCELLED", None, None)
    await asyncio.to_thread(process.wait, SECONDS)
    assert [each["name"] for each in (await graph.execute_query(EVENTS)).records] == ["scoring.started", "scoring.cancelled"]
    assert (await ask(CANCEL % started["job"]["jobId"]))["userErrors"] == [{"code": "NOT_RUNNING"}]
    assert (await ask(CANCEL % "another"))["userErrors"] == [{"code": "NOT_RUNNING"}]


async def test_one_that_is_killed_has_failed_and_another_can_be_started(graph: AsyncDriver, ask: Ask) -> None:
    async with held(graph, IMPORT, database="neo4j", waiting=lambda _: None):
        await ask(START % "")
        (await running(graph)).kill()
        job = await ended(ask)
    assert job["status"] == "FAILED"
    async with asyncio.timeout(SECONDS):
        while "signal 9" not in (await ask(JOB))["error"]:
            await asyncio.sleep(0.1)
    assert "scoring.failed" in [each["name"] for each in (await graph.execute_query(EVENTS)).records]
    assert (await ask(START % ""))["userErrors"] == []
    assert (await ended(ask))["status"] == "SUCCEEDED"


async def test_it_ends_with_whoever_started_it(graph: AsyncDriver, state: State, ask: Ask, importing: None) -> None:
    await ask(START % "")
    process = await running(graph)
    await state.own.end()
    assert not process.is_running()
    assert (await ask(JOB))["error"] == STOPPED


async def test_one_that_had_hardly_begun_ends_in_the_same_words(state: State, ask: Ask) -> None:
    await ask(START % "")
    await state.own.end()
    job = await ask(JOB)
    assert (job["status"], job["error"]) == ("FAILED", STOPPED)


async def test_what_is_being_published_is_too_late_to_cancel(graph: AsyncDriver, ask: Ask) -> None:
    async with held(graph, SCORING, database="neo4j", waiting=lambda _: None):
        await begin_job(graph, Job("x", 5, phase="publish"), database="neo4j")
        (error,) = (await ask(REFUSED % "x"))["userErrors"]
        assert error["code"] == "TOO_LATE"
        assert error["message"] == "the run of job 'x' is being published; take the run back instead, by `takeBackRun`"
        assert (await ask(JOB))["cancelRequestedAt"] is None
    assert (await graph.execute_query(EVENTS)).records == []


async def test_one_that_is_cancelled_before_its_process_begins_scores_nothing(graph: AsyncDriver, ask: Ask) -> None:
    started = await ask(START % "")
    assert (await ask(CANCEL % started["job"]["jobId"]))["userErrors"] == []
    job = await ended(ask)
    assert (job["status"], job["run"]) == ("CANCELLED", None)


async def test_a_process_that_cannot_be_started_is_told_and_keeps_nobody_waiting(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as without:
        without.setattr(sys, "executable", "/no/such/python")
        answer = await ask(START % "")
    told = "no process could be started (No such file or directory); free some memory, and score again"
    assert answer == {"job": None, "userErrors": [{"code": "NOT_STARTED", "message": told, "field": "input"}]}
    assert ((await ask(JOB))["status"], (await ask(JOB))["error"]) == ("FAILED", told)
    assert (await ask(START % ""))["userErrors"] == []
    assert (await ended(ask))["status"] == "SUCCEEDED"


async def test_a_start_that_is_given_up_keeps_nobody_waiting(state: State, ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    there = asyncio.Event()

    async def waiting(*_: Any) -> None:
        there.set()
        await asyncio.sleep(60)

    monkeypatch.setattr(Scorer, "_started", waiting)
    starting = asyncio.create_task(scorer(state).start(Order("a", int(time()), None, "root")))
    await there.wait()
    starting.cancel()
    await asyncio.gather(starting, return_exceptions=True)
    assert starting.cancelled()
    job = await ask(JOB)
    assert (job["jobId"], job["status"]) == ("a", "FAILED")
    assert job["error"] == "it was given up before its process was started; score again"


@pytest.mark.parametrize(
    ("given", "code", "message"),
    [
        ('asOf: "2999-01-01T00:00:00Z"', "INVALID", "asOf 2999-01-01T00:00:00Z is in the future; give a time until now, or leave it out"),
        ('asOf: "2025-06-01T00:00:00Z"', "INVALID", "asOf: nothing is known of the 90 days before 2025-06-01; give a time until 2024-10-0"),
        ('asOf: "2001-01-01T00:00:00Z"', "INVALID", "asOf: nothing was known on 2001-01-01; the data begin on 2024-0"),
        (f'note: "{"x" * 201}"', "TOO_LONG", "note has 201 characters; give at most 200"),
    ],
)
async def test_what_could_come_to_nothing_is_refused(ask: Ask, given: str, code: str, message: str) -> None:
    answer = await ask(f"mutation {{ startScoringRun(input: {{{given}}}) {{ userErrors {{ code message }} }} }}")
    (error,) = answer["userErrors"]
    assert error["code"] == code
    assert error["message"].startswith(message)
    assert await ask(JOB) is None


async def test_an_empty_graph_is_not_scored(graph: AsyncDriver, ask: Ask) -> None:
    await graph.execute_query("MATCH (n) WHERE n:Content OR n:Sale OR n:Collaboration OR n:Report DETACH DELETE n")
    answer = await ask("mutation { startScoringRun(input: {}) { userErrors { code message } } }")
    assert answer["userErrors"] == [{"code": "NOTHING_TO_SCORE", "message": "the graph holds no event with a time; import data first"}]


async def test_others_neither_start_nor_see_it(ask: Ask) -> None:
    assert await ask(START % "", ANALYST) == ["FORBIDDEN"]
    assert await ask(CANCEL % "x", ANALYST) == ["FORBIDDEN"]
    assert await ask(JOB, ANALYST) == ["FORBIDDEN"]

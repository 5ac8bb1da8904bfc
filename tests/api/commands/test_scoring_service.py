"""Scoring that a service with several processes starts: any of them tells how far it is, and it ends with the first of them."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest
from neo4j import AsyncDriver

from api.access.store import Store
from graph.load.lock import IMPORT, SCORING, held, is_held
from tests.api.commands.test_workers import ADMIN, MANY, asked, by_all, service, until
from tests.api.drawn_market import draw_market
from tests.api.serving import Served

START = "mutation { startScoringRun(input: {}) { job { jobId } userErrors { code } } }"
JOB = "{ scoringJob { jobId status phase } }"
SECONDS = 60


def data(answer: httpx.Response) -> dict[str, Any]:
    """Return the data of the only field."""
    return next(iter(answer.json()["data"].values()))


def scoring(served: Served) -> list[psutil.Process]:
    """Return the processes that score."""
    below = psutil.Process(served.process.pid).children(recursive=True)
    return [each for each in below if "api.process.scoring_worker" in each.cmdline()]


@pytest.mark.fault
@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
async def test_it_is_told_by_all_and_ends_with_the_first(
    graph: AsyncDriver, neo4j_env: dict[str, str], tmp_path: Path, by: signal.Signals
) -> None:
    await draw_market(graph)
    async with held(graph, IMPORT, database="neo4j", waiting=lambda _: None):
        await asyncio.to_thread(_end_while_it_waits, neo4j_env, tmp_path, by)
    async with asyncio.timeout(SECONDS):
        while await is_held(graph, SCORING, database="neo4j"):
            await asyncio.sleep(0.1)
    left = "MATCH (n) WHERE n:BuildingRun OR n:ScoringRun OR n.runId IS NOT NULL RETURN count(n) AS n"
    assert (await graph.execute_query(left)).records[0]["n"] == 0


def _end_while_it_waits(environment: dict[str, str], home: Path, by: signal.Signals) -> None:
    with service(home, environment) as served:
        store = Store(served.home)
        key = store.create(ADMIN, now=int(time.time())).text
        store.close()
        with ThreadPoolExecutor(8) as at_once:
            started = [data(each) for each in at_once.map(lambda _: asked(served, key, START), range(8))]
        assert [each["userErrors"] for each in started].count([]) == 1, "all others are refused"
        (job,) = [each["job"]["jobId"] for each in started if each["job"]]
        until(lambda: data(asked(served, key, JOB))["phase"] == "WAIT")
        told = [data(each) for each in by_all(served, key, JOB)]
        assert len(told) >= MANY
        assert all(each == {"jobId": job, "status": "RUNNING", "phase": "WAIT"} for each in told)
        (process,) = scoring(served)
        os.kill(served.process.pid, by)
        assert psutil.wait_procs([process], timeout=15)[1] == []
        served.process.wait(timeout=15)

"""Imports that a service with several processes starts: any of them tells how far it is, and it ends with the first of them."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import psutil
import pytest
from neo4j import AsyncDriver

from api.access.store import Store
from graph.load.lock import IMPORT, held, is_held
from tests.api.commands.test_workers import ADMIN, MANY, asked, by_all, service, until
from tests.api.serving import Served

CREATE = "mutation { createDataImport(input: {}) { dataImport { importId } } }"
START = 'mutation { startDataImport(input: {importId: "%s"}) { userErrors { code } } }'
ONE = '{ viewer { dataImport(id: "%s") { status waitsFor } } }'
SECONDS = 60


def importing(served: Served) -> list[psutil.Process]:
    """Return the processes that import."""
    below = psutil.Process(served.process.pid).children(recursive=True)
    return [each for each in below if "api.process.import_worker" in each.cmdline()]


@pytest.mark.fault
async def test_it_is_told_by_all_and_ends_with_the_first(graph: AsyncDriver, neo4j_env: dict[str, str], tmp_path: Path) -> None:
    ready, taken = asyncio.Event(), asyncio.Event()
    loop = asyncio.get_running_loop()

    def started() -> None:
        loop.call_soon_threadsafe(ready.set)
        asyncio.run_coroutine_threadsafe(taken.wait(), loop).result(SECONDS)

    working = asyncio.create_task(asyncio.to_thread(_end_while_it_waits, neo4j_env, tmp_path, started))
    await asyncio.wait({working, asyncio.create_task(ready.wait())}, return_when=asyncio.FIRST_COMPLETED)
    async with held(graph, IMPORT, database="neo4j", waiting=lambda _: None):  # before the import's process is up
        taken.set()
        await working
    async with asyncio.timeout(SECONDS):
        while await is_held(graph, IMPORT, database="neo4j"):
            await asyncio.sleep(0.1)
    assert (await graph.execute_query("MATCH (c:Creator) RETURN count(c) AS n")).records[0]["n"] == 0


def _end_while_it_waits(environment: dict[str, str], home: Path, started: Callable[[], None]) -> None:
    with service(home, environment) as served:
        store = Store(served.home)
        key = store.create(ADMIN, now=int(time.time())).text
        store.close()
        id_ = asked(served, key, CREATE).json()["data"]["createDataImport"]["dataImport"]["importId"]
        own = {"Authorization": f"Bearer {key}"}
        sent = httpx.put(f"{served.url}/imports/{id_}/files/creators.csv", content="id,handle,region\nc1,ana,US\n", headers=own)
        assert sent.status_code == 201
        with ThreadPoolExecutor(8) as at_once:
            answers = list(at_once.map(lambda _: asked(served, key, START % id_).json()["data"]["startDataImport"], range(8)))
        started()
        codes = sorted(each["code"] for answer in answers for each in answer["userErrors"])
        assert codes == ["ALREADY_RUNNING"] * 7, "all but one are refused"
        until(lambda: asked(served, key, ONE % id_).json()["data"]["viewer"]["dataImport"]["waitsFor"] is not None)
        told = [each.json()["data"]["viewer"]["dataImport"]["status"] for each in by_all(served, key, ONE % id_)]
        assert len(told) >= MANY
        assert set(told) == {"IMPORTING"}
        (process,) = importing(served)
        os.kill(served.process.pid, signal.SIGTERM)
        assert psutil.wait_procs([process], timeout=15)[1] == []
        served.process.wait(timeout=15)

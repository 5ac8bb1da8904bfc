"""Two imports at once, and imports that are killed."""

import asyncio
import multiprocessing
import os
import platform
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from multiprocessing.context import ForkServerProcess
from multiprocessing.synchronize import Event

import orjson
import pytest
from neo4j import AsyncDriver

from graph import load as loading
from graph.connection import open_driver
from graph.load import Listener
from graph.load.lock import SCORING, _has_ended, held, holder_of, is_held  # pyright: ignore[reportPrivateUsage] -- a message that hangs on it
from graph.rows import Item
from tests.graph.load.market import by_name, digest, known_as, loaded, order, row, sale, shown

KILLS = 20


def market(size: int = 150) -> list[Item]:
    """Return rows of every kind, in which names must be settled, parents drawn, programmes linked."""
    rows: list[Item] = [row("rates", 1, currency="VND", date="1970-01-01", usd_per_unit=0.5)]
    rows += [row("categories", 1, id=f"c{n}", parent_id=f"c{n // 2}" if n else "0", name=f"Category {n}") for n in range(20)]
    for n in range(size):
        name = by_name(f"creator{n % 30}")
        rows.append(
            row("products", 5, position=n, id=f"p{n}", brand_id=f"b{n % 5}", category_id=f"c{n % 20}", price=1.0 * n, currency="VND")
        )
        rows.append(
            row("collaborations", 5, position=n, part="x", programme_id=f"t{n % 7}", kind="TARGETED", status="OFFERED", creator_id=name)
        )
        rows.append(order(9, sale(f"{n}:1", at=n, creator_id=name, programme_id=[f"t{n % 7}"]), order_id=str(n), position=n))
        rows.append(row("reports", 5, position=n, creator_id=name, at=5, gmv=1.0 * n, currency="VND"))
    rows += [row("programmes", 3, programme_id=f"t{n}", name=f"Programme {n}") for n in range(7)]
    return rows + [row("creators", 100, position=n, id=known_as(f"X{n}", ""), handle=f"creator{n}", region="US") for n in range(25)]


def import_market(uri: str, auth: tuple[str, str], ready: Event) -> None:
    """Import the market in a process of its own, in small batches so that there are many moments between them."""

    async def main() -> None:
        async with open_driver(uri, auth=auth) as driver:
            ready.set()
            await loading.load(driver, market())

    loading.BATCH = 40
    asyncio.run(main())


@asynccontextmanager
async def importing(env: dict[str, str]) -> AsyncIterator[ForkServerProcess]:
    """Yield a process that has begun to import, and kill it at the end."""
    spawning = multiprocessing.get_context("forkserver")
    spawning.set_forkserver_preload(["tests.graph.load.test_locks"])
    ready = spawning.Event()
    process = spawning.Process(target=import_market, args=(env["NEO4J_URI"], (env["NEO4J_USERNAME"], env["NEO4J_PASSWORD"]), ready))
    process.start()
    await asyncio.to_thread(ready.wait)
    yield process
    process.kill()
    process.join()


@pytest.mark.fault
async def test_killed_at_twenty_moments_and_run_again_it_is_as_if_it_had_run_once(graph: AsyncDriver, neo4j_env: dict[str, str]) -> None:
    await loaded(graph, market())
    once = await digest(graph)
    await graph.execute_query("MATCH (n) DETACH DELETE n")
    chance = random.Random(4)
    for _ in range(KILLS):
        async with importing(neo4j_env):
            await asyncio.sleep(chance.uniform(0.0, 1.0))
    await loaded(graph, market())
    assert await digest(graph) == once


async def test_two_at_once_wait_for_each_other(graph: AsyncDriver) -> None:
    rows = market(40)
    await loaded(graph, rows)
    once = await digest(graph)
    await graph.execute_query("MATCH (n) DETACH DELETE n")
    said: list[str] = []
    async with held(graph, database="neo4j", waiting=said.append):
        halves = rows[::2], [rows[0], *rows[1::2]]
        both = asyncio.gather(*(loaded(graph, part, listener=Listener(waiting=said.append)) for part in halves))
        while len(said) < 2:
            await asyncio.sleep(0.05)
        assert await shown(graph, "MATCH (n:Sale) RETURN n.id") == []
    await both
    assert said[0].startswith(f"waiting for another import (process {os.getpid()} on ")
    assert await digest(graph) == once


@pytest.mark.fault
async def test_a_killed_holder_frees_the_lock(graph: AsyncDriver, neo4j_env: dict[str, str]) -> None:
    async with importing(neo4j_env) as process:
        while not await shown(graph, "MATCH (l:Lock {id: 'import held by', holder: $holder}) RETURN 1", holder=_holder(process.pid)):
            await asyncio.sleep(0.02)
    async with asyncio.timeout(10), held(graph, database="neo4j", waiting=lambda _: None):
        pass


def _holder(pid: int | None) -> str:
    return f"process {pid} on {platform.node()}"


async def test_a_dry_run_says_the_same_and_writes_nothing(graph: AsyncDriver) -> None:
    rows = [*market(20), row("categories", 2, id="c0", parent_id="c1")]
    before = await digest(graph)
    dry = await loaded(graph, rows, dry_run=True)
    assert await digest(graph) == before
    wet = await loaded(graph, rows)
    assert orjson.dumps(dry.counts) == orjson.dumps(wet.counts)
    assert wet.exit_status == dry.exit_status == 3


def test_only_a_process_of_this_machine_is_known_to_have_ended() -> None:
    ended = multiprocessing.get_context("spawn").Process()
    ended.start()
    ended.join()
    here = platform.node() or "this machine"
    assert _has_ended(f"process {ended.pid} on {here}")
    assert not _has_ended(f"process {os.getpid()} on {here}")
    assert not _has_ended(f"process {ended.pid} on elsewhere")


async def test_who_let_the_lock_go_is_named_to_nobody(graph: AsyncDriver) -> None:
    async with held(graph, database="neo4j", waiting=lambda _: None):
        pass
    records = (await graph.execute_query("MATCH (lock:Lock {id: 'import held by'}) RETURN lock.holder AS holder")).records
    assert [record["holder"] for record in records] == [None]


async def test_a_lock_of_another_database_of_the_server_is_not_held_here(graph: AsyncDriver) -> None:
    async with graph.session(database="system") as session:
        tx = await session.begin_transaction(metadata={"lock": SCORING})
        assert not await is_held(graph, SCORING, database="neo4j")
        assert await is_held(graph, SCORING, database="System"), "names of databases know no case"
        await tx.close()
    assert not await is_held(graph, SCORING, database="system")


async def test_who_holds_the_lock_is_told_as_long_as_they_do(graph: AsyncDriver) -> None:
    assert await holder_of(graph, "import", database="neo4j") is None
    async with held(graph, database="neo4j", waiting=lambda _: None):
        assert await holder_of(graph, "import", database="neo4j") == f"process {os.getpid()} on {platform.node()}"
        assert await holder_of(graph, SCORING, database="neo4j") is None
    assert await holder_of(graph, "import", database="neo4j") is None

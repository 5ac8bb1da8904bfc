"""Each query of a trace is a span, with exact counts, however its result is read and however it ends."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from neo4j import AsyncDriver, AsyncManagedTransaction, AsyncSession, AsyncTransaction
from neo4j.exceptions import Neo4jError
from opentelemetry.trace import StatusCode

from graph.connection import Foreign, reading
from graph.tracing import span
from tests.api.telemetry.spans import Kept, kept, told
from tests.conftest import TestServer

ROWS = "UNWIND range(1, $count) AS n RETURN n"
FAILS = "UNWIND range(0, 9) AS n RETURN 1 / (5 - n) AS x"
ENDLESS = "UNWIND range(1, 1000000000) AS i WITH i WHERE i % 7 = -1 RETURN i"


@pytest.fixture
async def driver(neo4j: TestServer) -> AsyncIterator[AsyncDriver]:
    async with neo4j.driver() as opened:
        yield opened


async def test_rows_are_counted_however_they_are_read(spans: Kept, driver: AsyncDriver) -> None:
    async with reading(driver, "neo4j", fetch_size=2) as session:
        with span("test"):
            assert len([each async for each in await session.run(ROWS, count=5)]) == 5
            await (await session.run("RETURN 1 AS one")).single(strict=True)
            await (await session.run("MATCH (n:Nothing) RETURN n")).consume()
            assert len(await (await session.run(ROWS, count=3)).data()) == 3
            assert len((await driver.execute_query(ROWS, count=4)).records) == 4
    found = spans.of_database()
    assert [told(each)["db.response.returned_rows"] for each in found] == [5, 1, 0, 3, 4]
    assert [told(each).get("creatorgraph.query.first_record_seconds") is None for each in found] == [False, False, True, False, False]
    assert {told(each)["db.namespace"] for each in found[:4]} == {"neo4j"}


async def test_queries_of_transactions_are_told(spans: Kept, driver: AsyncDriver) -> None:
    async def work(tx: AsyncManagedTransaction) -> int:
        return (await (await tx.run("RETURN 2 AS two")).single(strict=True))["two"]

    with span("test"):
        async with driver.session(database="neo4j") as session:
            assert await session.execute_read(work) == 2
            async with await session.begin_transaction() as tx:
                await tx.run(ROWS, count=7)  # left unread: the commit discards it
                await tx.commit()
    assert [spans.path(each) for each in spans.of_database()] == [["test", "RETURN"], ["test", "RETURN"]]
    assert told(spans.of_database()[0])["db.response.returned_rows"] == 1


async def test_a_query_that_fails_tells_the_databases_code(spans: Kept, driver: AsyncDriver) -> None:
    with span("test"):
        async with reading(driver, "neo4j") as session:
            with pytest.raises(Neo4jError):
                await session.run("RETURN nonsense(")
        async with reading(driver, "neo4j", fetch_size=1) as session:
            with pytest.raises(Neo4jError):
                await (await session.run(FAILS)).data()
    found = spans.of_database()
    assert [told(each)["error.type"] for each in found] == [
        "Neo.ClientError.Statement.SyntaxError",
        "Neo.ClientError.Statement.ArithmeticError",
    ]
    assert {each.status.status_code for each in found} == {StatusCode.ERROR}


async def test_a_query_that_nobody_waits_for_ends_with_its_task(spans: Kept, driver: AsyncDriver) -> None:
    async def asked() -> None:
        with span("test"):
            async with reading(driver, "neo4j") as session:
                await (await session.run(ENDLESS)).consume()

    task = asyncio.create_task(asked())
    await asyncio.sleep(0.5)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert told(spans.of_database()[0])["error.type"] == "CancelledError"


async def test_what_is_asked_outside_of_a_trace_is_not_recorded(spans: Kept, driver: AsyncDriver) -> None:
    await driver.execute_query("RETURN 1 AS one")
    assert list(spans) == []


async def test_a_foreign_text_is_never_told(spans: Kept, driver: AsyncDriver) -> None:
    with span("test"):
        async with reading(driver, "neo4j") as session:
            await (await session.run(Foreign("RETURN 'creator3' AS x"))).consume()
    assert "creator3" not in str([told(each) for each in spans.of_database()])
    assert spans.of_database() != []


async def test_the_driver_is_as_it_was_afterwards() -> None:
    classes = (AsyncSession, AsyncTransaction, AsyncManagedTransaction)
    before = [dict(vars(each)) for each in classes]
    with kept():
        assert [dict(vars(each)) for each in classes] != before
    assert [dict(vars(each)) for each in classes] == before

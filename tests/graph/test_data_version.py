from __future__ import annotations

import asyncio

from neo4j import AsyncDriver

from graph.connection import open_driver
from graph.data_version import DataVersion
from tests.conftest import TestServer

WRITE = "CREATE (n:Name {id: $id})"


async def _nothing() -> None:
    pass


async def test_every_commit_moves_it_before_its_writer_hears_of_it(graph: AsyncDriver, neo4j: TestServer) -> None:
    version = DataVersion(graph, database="neo4j", moved=_nothing)
    seen = [await version.now()]
    async with neo4j.driver() as other:
        for n in range(50):
            await other.execute_query(WRITE, id=f"n{n}", database_="neo4j")
            seen.append(await version.now())
            assert await version.now() == seen[-1]
    assert len(set(seen)) == 51


async def test_what_changes_nothing_does_not_move_it(graph: AsyncDriver) -> None:
    version = DataVersion(graph, database="neo4j", moved=_nothing)
    before = await version.now()
    await graph.execute_query("MATCH (n:Nobody) SET n.id = 1", database_="neo4j")
    async with graph.session() as session, await session.begin_transaction() as tx:
        await tx.run(WRITE, id="never")
        await tx.rollback()
    assert await version.now() == before is not None


async def test_those_who_ask_before_a_query_begins_share_it(graph: AsyncDriver) -> None:
    moves: list[int] = []

    async def moved() -> None:
        moves.append(1)

    version = DataVersion(graph, database="neo4j", moved=moved)
    told = await asyncio.gather(*(version.now() for _ in range(100)))
    assert len({*told}) == len(moves) == 1


async def test_what_is_told_holds_all_that_was_committed_under_load(graph: AsyncDriver, neo4j: TestServer) -> None:
    """Two same versions around a read say that nothing was committed in between: the count read is the number of commits."""
    version = DataVersion(graph, database="neo4j", moved=_nothing)
    counts: dict[object, set[int]] = {}

    async def write(driver: AsyncDriver, name: str) -> None:
        for n in range(40):
            await driver.execute_query("UNWIND range(1, 50) AS m CREATE (:Name {id: $id + m})", id=f"{name}{n}-", database_="neo4j")

    async with neo4j.driver() as other:
        writing = [asyncio.create_task(write(other, name)) for name in "abc"]
        while not all(each.done() for each in writing):
            before = await version.now()
            found = (await graph.execute_query("MATCH (n:Name) RETURN count(n) AS count", database_="neo4j")).records[0]["count"]
            if before == await version.now():
                counts.setdefault(before, set()).add(found)
        await asyncio.gather(*writing)
    assert all(len(each) == 1 for each in counts.values())
    assert all(count % 50 == 0 for each in counts.values() for count in each)


async def test_a_database_that_is_away_tells_none_and_is_asked_again() -> None:
    async with open_driver("bolt://127.0.0.1:9", auth=("a", "b")) as driver:
        version = DataVersion(driver, database="neo4j", moved=_nothing)
        assert [await version.now(), await version.now()] == [None, None]
        await version.close()

"""Clusters: who has written reads what they wrote, whichever server answers; a change of leader costs another try, and nothing twice."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, LiteralString

import pytest
from neo4j import AsyncDriver, AsyncManagedTransaction

from graph.bookmarks import SECONDS_KEPT
from graph.connection import open_driver, writing
from graph.retrying import read_rows
from tests.conftest import TestServer
from tests.graph.cluster import Cluster, clustered

ADD: Final[LiteralString] = """
CREATE (:Brand {id: randomUUID(), name: 'Added'})
"""
COUNT: Final[LiteralString] = """
MATCH (b:Brand {name: 'Added'})
RETURN count(b) AS count
"""

Open = Callable[[Path], AsyncDriver]


@pytest.fixture
def cluster(neo4j: TestServer, graph: AsyncDriver) -> Iterator[Cluster]:
    with clustered(neo4j.uri) as found:
        yield found


@pytest.fixture
def opened(cluster: Cluster, neo4j: TestServer) -> Open:
    return lambda folder: open_driver(cluster.uri, auth=neo4j.auth, bookmarks=folder)


async def add(driver: AsyncDriver) -> bytes:
    """Add a brand, and return the bookmark of that."""

    async def work(tx: AsyncManagedTransaction) -> None:
        await (await tx.run(ADD)).consume()

    async with writing(driver, "neo4j") as session:
        await session.execute_write(work)
        (bookmark,) = (await session.last_bookmarks()).raw_values
        return bookmark.encode()


async def count(driver: AsyncDriver) -> int:
    [[found]] = await read_rows(driver, COUNT, {}, database="neo4j")
    return found


def read_after(cluster: Cluster, bookmark: bytes) -> int:
    """Return how many queries a follower was asked, each of which told how far it has to be, and let it forget them."""
    asked = [each for follower in cluster.followers for each in follower.asked]
    assert all(bookmark in each for each in asked)
    for follower in cluster.followers:
        follower.asked.clear()
    return len(asked)


async def test_whoever_has_written_reads_it_from_every_server(cluster: Cluster, opened: Open, tmp_path: Path) -> None:
    async with opened(tmp_path / "bookmarks") as driver:
        bookmark = await add(driver)
        assert await count(driver) == 1
        assert read_after(cluster, bookmark) == 1
        await driver.execute_query(ADD)
        assert await count(driver) == 2
        assert read_after(cluster, b"FB:") == 1
        assert [COUNT.strip().encode() in each for each in cluster.leader.asked] == [False, False]


async def test_so_does_every_process_of_a_home_and_no_other(cluster: Cluster, opened: Open, tmp_path: Path) -> None:
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    async with opened(ours) as one, opened(ours) as other, opened(theirs) as foreign:
        assert await count(other) == 0
        read_after(cluster, b"")
        bookmark = await add(one)
        assert await count(other) == 1
        assert read_after(cluster, bookmark) == 1
        await count(foreign)
        assert [bookmark in each for follower in cluster.followers for each in follower.asked] == [False]
    assert {each.stat().st_mode & 0o777 for each in ours.glob("*/*")} == {0o600}


async def test_what_was_written_long_ago_is_not_waited_for(cluster: Cluster, opened: Open, tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        bookmark = await add(driver)
    [file] = tmp_path.glob("*/*")
    for seconds, is_kept in ((SECONDS_KEPT - 60, True), (SECONDS_KEPT + 60, False)):
        os.utime(file, (0, time.time() - seconds))
        async with opened(tmp_path) as other:
            await count(other)
        assert [bookmark in each for follower in cluster.followers for each in follower.asked] == [is_kept]
        assert file.exists() is is_kept
        for each in {*tmp_path.glob("*/*")} - {file}:
            each.unlink()
        for follower in cluster.followers:
            follower.asked.clear()


async def test_where_it_cannot_be_told_to_others_it_is_written_all_the_same(
    opened: Open, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "bookmarks").write_text("a file where the folder should be")
    async with opened(tmp_path / "bookmarks") as driver:
        for number in (1, 2):
            await add(driver)
            assert await count(driver) == number
    assert caplog.text.count("other processes may read from before") == 1


@pytest.mark.fault
async def test_a_change_is_made_once_whenever_the_leader_changes(cluster: Cluster, opened: Open, tmp_path: Path) -> None:
    first, second, third = cluster.members
    async with opened(tmp_path / "bookmarks") as driver:
        await add(driver)
        cluster.leader = second  # between two changes, and nobody was told
        await add(driver)
        assert await count(driver) == 2
        cluster.elects = third  # as one is committed
        await add(driver)
        assert await count(driver) == 3
        cluster.elects = first
        await driver.execute_query(ADD)
        assert await count(driver) == 4
        assert cluster.leader is first


@pytest.mark.fault
async def test_a_follower_that_is_lost_is_done_without(cluster: Cluster, opened: Open, tmp_path: Path) -> None:
    async with opened(tmp_path / "bookmarks") as driver:
        await add(driver)
        for _ in range(4):
            assert await count(driver) == 1
        lost, other = cluster.followers
        cluster.run(lost.close())
        for _ in range(4):
            assert await count(driver) == 1
        assert other.asked

"""The offline way of loading: the same graph as the other one, to the last hidden property."""

import asyncio
from pathlib import Path

import pytest
from neo4j import AsyncDriver

from graph.connection import open_driver
from graph.load import Tally
from graph.load.bulk import write_files
from graph.load.csvs import Files
from graph.load.faults import BulkRefused
from graph.load.offline import bulk_load
from graph.rows import Item
from graph.server import Memory, PrivateServer
from tests.graph.load.market import digest, loaded, row, sale
from tests.graph.load.test_loading import TABLES

DELIVERY = {"content_ids": ["v2", "v3"], "seen_at": [5, 6], "statuses": ["OFFERED", "DELIVERED"]}
STATES = {"seen_at": [3, 4], "statuses": ["PLACED", "SETTLED"], "refunded_quantities": [0, 1]}

MORE: list[Item] = [
    *TABLES,
    row("rates", currency="VND", date="2021-01-01", usd_per_unit=0.0002, path="rates"),
    row("products", position=7, id="p2", title='Quoted "lips", and\na line', price=5.0, currency="VND", category_id="c9"),
    row("products", position=8, id="p3", price=5.0, currency="XXX"),
    row("categories", id="r1", parent_id="r2", name="Round"),
    row("categories", id="r2", parent_id="r1", name="About"),
    row("categories", id="c2", parent_id="c1", name="Lips", region="US"),
    row("creators", 50, id="z", handle="Zoë", region="FR", open_id="z", follower_count=3),
    row("contents", id="v2", kind="LIVE"),
    row("collaborations", id="k2", kind="SAMPLE", status="DELIVERED", creator_id="x", **DELIVERY),
    row("sales", **sale("o:2", at=1_700_000_000, creator_id="q", currency="VND"), **STATES),
    row("sales", **sale("o:3", at=5, creator_id="q", currency="VND")),
    row("sales", **sale("o:4", content_id="v9")),
    row("sales", **sale("o:5", content_id="v2")),
    row("contents", id="v9", creator_id="x"),
]


@pytest.fixture
def empty(tmp_path: Path, cache: Path) -> PrivateServer:
    """Return a private server whose database is new."""
    return PrivateServer(tmp_path / "neo4j", cache=cache, memory=Memory(heap=512, page_cache=64))


async def test_it_makes_the_same_graph(graph: AsyncDriver, empty: PrivateServer) -> None:
    slow = await loaded(graph, MORE)
    rejects: list[object] = []
    fast = await asyncio.to_thread(bulk_load, empty, MORE, rejected=rejects.append)
    with empty:
        async with open_driver(empty.uri, auth=empty.auth) as driver:
            assert await digest(driver) == await digest(graph)
            again = await loaded(driver, MORE)
    assert len(rejects) == 4
    assert fast.counts == slow.counts
    assert (again.total("created"), again.total("changed")) == (0, 0)


def test_what_would_need_merging_is_refused(tmp_path: Path) -> None:
    twice = [row("brands", id="b"), row("brands", 2, id="b")]
    with Files(tmp_path) as files, pytest.raises(BulkRefused, match="Brand b is given twice"):
        list(write_files(twice, files, Tally()))

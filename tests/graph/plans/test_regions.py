from __future__ import annotations

import pytest
from neo4j import AsyncDriver

from graph.plans import regions
from graph.plans.regions import Regions

CREATOR = ("Creator",)
MARKET = ("Brand", "Creator")


async def drawn(graph: AsyncDriver) -> None:
    await graph.execute_query("CREATE (:Creator {id: 'c1', region: 'US'}), (:Brand {id: 'b1', region: 'TH'})")


async def test_the_first_region_in_which_nobody_sells_is_told(graph: AsyncDriver) -> None:
    await drawn(graph)
    known = Regions()
    assert await known.absent(graph, "neo4j", ["US"], CREATOR) is None
    assert await known.absent(graph, "neo4j", ["US", "TH", "XX"], CREATOR) == "TH"
    assert await known.absent(graph, "neo4j", ["US", "TH", "XX"], MARKET) == "XX"
    assert await known.absent(graph, "neo4j", [], CREATOR) is None


async def test_a_region_that_is_there_is_looked_up_once_in_a_while(graph: AsyncDriver, monkeypatch: pytest.MonkeyPatch) -> None:
    await drawn(graph)
    known, now = Regions(), [1.0]
    monkeypatch.setattr(regions, "monotonic", lambda: now[0])
    assert await known.absent(graph, "neo4j", ["US"], CREATOR) is None
    await graph.execute_query("MATCH (n) DETACH DELETE n")
    assert await known.absent(graph, "neo4j", ["US"], CREATOR) is None
    now[0] += regions.SECONDS + 1
    assert await known.absent(graph, "neo4j", ["US"], CREATOR) == "US"


async def test_a_region_that_was_not_there_is_looked_up_each_time(graph: AsyncDriver) -> None:
    known = Regions()
    assert await known.absent(graph, "neo4j", ["US"], CREATOR) == "US"
    await drawn(graph)
    assert await known.absent(graph, "neo4j", ["US"], CREATOR) is None

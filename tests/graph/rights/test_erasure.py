"""Erased creators: nothing of them is left, and no import brings them back, whatever the order."""

from __future__ import annotations

import asyncio
from itertools import permutations
from typing import Any

import pytest
from neo4j import AsyncDriver

from graph.load.erased import LINES
from graph.rights.erasure import erase_creator
from graph.rights.views import REMOVED
from graph.rows import Row
from tests.graph.load.market import by_name, known_as, loaded, order, row, sale, shown

TRACES = """
MATCH (n)
WHERE NOT n:Lock AND any(name IN keys(n) WHERE valueType(n[name]) STARTS WITH 'STRING' AND toString(n[name]) CONTAINS $word
  OR valueType(n[name]) STARTS WITH 'LIST<STRING' AND any(each IN n[name] WHERE each CONTAINS $word))
RETURN labels(n), properties(n)
"""
"""Whatever still names somebody."""

LISTED = """
MATCH (c:Creator)
CREATE (:Prospect {id: 'b1|' + c.id, brandId: 'b1', creatorId: c.id, note: CASE c.id WHEN 'bob' THEN 'not @alice' ELSE c.handle END,
                  addedAt: 5, updatedAt: 5})
"""


async def erase(graph: AsyncDriver, creator: str) -> None:
    assert await erase_creator(graph, creator, now=5_000, database="neo4j") is not None


async def traces(graph: AsyncDriver, word: str = "alice") -> list[Any]:
    return await shown(graph, TRACES, word=word)


def market(who: Any) -> list[Row]:
    """Return what an export tells of a creator in every table that can."""
    return [
        row("creators", 9, id=who, handle="Alice", region="US", nickname="alice in person", bio="alice", follower_count=5),
        row("contents", 9, id="alice-v1", kind="VIDEO", creator_id=who, published_at=900, title="by alice"),
        row("features", 9, content_id="alice-v1", product_id="p1", clicks=3),
        row("mentions", 9, content_id="other-v1", creator_id=who),
        row("collaborations", 9, id="alice-k1", kind="SAMPLE", status="DELIVERED", creator_id=who, brand_id="b1", content_ids=["alice-v1"]),
        row("reports", 9, at=800, gmv=5.0, currency="USD", creator_id=who),
        row("audiences", 9, dimension="AGE", bucket="18-24", share=0.5, creator_id=who),
        order(9, sale(creator_id=who, content_id="alice-v1", collaboration_id="alice-k1")),
    ]


OTHER = [
    row("products", 9, id="p1", title="thing", brand_id="b1"),
    row("creators", 9, id="bob", handle="bob", region="US"),
    row("contents", 9, id="other-v1", kind="VIDEO", creator_id="bob", published_at=900),
    order(9, sale("o2:1", creator_id="bob", content_id="other-v1"), order_id="o2"),
]


@pytest.mark.parametrize("who", [known_as("id-alice", "Alice"), by_name("Alice"), "id-alice"])
async def test_nothing_names_an_erased_creator_and_no_import_brings_one_back(graph: AsyncDriver, who: Any) -> None:
    tally = await loaded(graph, [*OTHER, *market(who)])
    assert not tally.total("rejected")
    await graph.execute_query(LISTED)
    assert await traces(graph)
    (creator,) = await shown(graph, "MATCH (c:Creator) WHERE c.id <> 'bob' RETURN c.id")
    await erase(graph, creator)
    assert await traces(graph) == []
    assert await shown(graph, "MATCH (p:Prospect) RETURN [p.creatorId, p.note]") == [["bob", REMOVED]]
    again = await loaded(graph, market(who), market(who))
    assert await traces(graph) == []
    assert {kind: counts["erased"] for kind, counts in again.counts.items() if counts["erased"]} == {
        **dict.fromkeys(("creators", "contents", "features", "mentions", "collaborations", "reports", "audiences"), 1)
    }
    assert again.notes[LINES] == 1
    assert again.exit_status == 0


async def test_the_brands_order_stays_without_the_person(graph: AsyncDriver) -> None:
    await loaded(graph, [*OTHER, *market(known_as("id-alice", "Alice"))])
    await erase(graph, "id-alice")
    query = "MATCH (s:Sale {id: 'o:1'})-[r]->(x) RETURN s.gmv, type(r), x.id"
    assert await shown(graph, query) == [(10.0, "OF", "p1")]
    await loaded(graph, [order(20, sale(creator_id=by_name("alice"), status="REFUNDED", refunded_quantity=2))])
    assert await shown(graph, "MATCH (s:Sale {id: 'o:1'}) RETURN s.status, s.refundedQuantity, size([(s)-[r]->() | r])") == [
        ("REFUNDED", 2, 1)
    ]
    assert await shown(graph, "MATCH (s:Sale {id: 'o2:1'})-[r]->() RETURN type(r) ORDER BY type(r)") == ["CREDITED_TO", "OF", "THROUGH"]


LATER = (
    order(30, sale("o3:1", creator_id=by_name("newname")), order_id="o3"),
    row("collaborations", 31, id="k9", kind="SAMPLE", status="OFFERED", creator_id=known_as("id-alice", "newname"), brand_id="b1"),
    row("reports", 32, at=850, gmv=5.0, currency="USD", creator_id=by_name("newname")),
)


@pytest.mark.parametrize("rows", list(permutations(LATER)))
async def test_a_new_name_of_an_erased_creator_is_theirs_whichever_row_tells_it_first(graph: AsyncDriver, rows: tuple[Row, ...]) -> None:
    await loaded(graph, [*OTHER, *market(known_as("id-alice", "Alice"))])
    await erase(graph, "id-alice")
    for each in rows:
        await loaded(graph, [each])
    assert await shown(graph, "MATCH (c:Creator) RETURN c.id") == ["bob"]
    assert await traces(graph, "newname") == []
    assert await traces(graph) == []
    assert await shown(graph, "MATCH (s:Sale {id: 'o3:1'}) RETURN size([(s)-[r]->() | r])") == [1]


async def test_the_id_of_one_erased_by_name_is_theirs_and_the_next_holders_is_not(graph: AsyncDriver) -> None:
    await loaded(graph, [*OTHER, *market(by_name("Alice"))])
    await erase(graph, "US:alice")
    await loaded(
        graph, [row("creators", 40, id=known_as("777", "alice"), region="US")], [row("creators", 41, id="777", region="US", nickname="x")]
    )
    assert await shown(graph, "MATCH (c:Creator) RETURN c.id") == ["bob"]


async def test_an_import_that_is_going_on_takes_nothing_of_whoever_is_erased_meanwhile(graph: AsyncDriver) -> None:
    await loaded(graph, [*OTHER, *market(known_as("id-alice", "Alice"))])
    again = market(known_as("id-alice", "Alice")) * 3
    await asyncio.gather(loaded(graph, again), erase(graph, "id-alice"))
    assert await traces(graph) == []

"""What is held about a creator is whole: no label or relationship that touches one can be forgotten."""

from __future__ import annotations

import re
from typing import Final, LiteralString

from neo4j import AsyncDriver

from graph.exports.person import EXPECTATIONS, Person
from graph.exports.reading import Reading
from graph.load.rules import RULES
from graph.migrations import INTERNAL_LABELS
from graph.model import EDGES, NODES
from graph.rights.holdings import APART, NOT_OF_CREATORS, OF_OTHERS, PACKED, holdings
from tests.graph.load.market import known_as, loaded, shown
from tests.graph.rights.test_erasure import OTHER, market

PARTS = {each.name: each for each in holdings(("overall",))}


def test_every_label_is_held_or_said_to_hold_nothing_of_creators() -> None:
    labels = (
        {each.label for each in NODES} | set(INTERNAL_LABELS) | {found for _, rule in RULES for found in re.findall(r"\(n:(\w+)\)", rule)}
    )
    held = PARTS.keys() & labels | PACKED
    assert held | NOT_OF_CREATORS.keys() == labels
    assert not held & NOT_OF_CREATORS.keys()


def test_every_relationship_that_touches_a_creator_is_held() -> None:
    for edge in EDGES:
        if "Creator" in (edge.source, edge.target):
            other = edge.target if edge.source == "Creator" else edge.source
            assert edge.type in PARTS if edge.type in OF_OTHERS else other in PARTS
            assert {each.name for each in edge.properties} <= {each.name for part in PARTS.values() for each in part.columns}


def test_every_declared_property_of_what_is_a_creators_own_is_a_column() -> None:
    for node in NODES:
        if node.label in PARTS and node.label not in {each.name for each in APART}:
            lacking = {each.name for each in node.properties} - {each.name for each in PARTS[node.label].columns}
            assert lacking == ({"decidedBy"} if node.label == "Appeal" else set())


FOUND_BY_BRIEF: Final[LiteralString] = """
CREATE (:BriefRun {id: 'x', at: 5, runId: 'r1', creatorIds: ['bob', 'id-alice'], scores: [2.0, 1.5], reasons: ['bob', 'why']})
CREATE (:Prospect {id: 'b1|bob', brandId: 'b1', creatorId: 'bob', note: 'bob', addedAt: 5, updatedAt: 5}),
       (:Prospect {id: 'b1|id-alice', brandId: 'b1', creatorId: 'id-alice', note: 'lips', productId: 'p1', addedAt: 6, updatedAt: 7})
"""


async def test_a_file_tells_of_a_creator_and_of_nobody_else(graph: AsyncDriver) -> None:
    await loaded(graph, [*OTHER, *market(known_as("id-alice", "Alice"))])
    await graph.execute_query(FOUND_BY_BRIEF)
    person = Person(Reading(graph), "id-alice", ("overall",), {})
    told = {sheet.name: [row async for rows in person.batches(sheet) for row in rows] for sheet in person.sheets}
    filled = {"Creator", "Content", "FEATURES", "Sale", "Collaboration", "Report", "Audience", "MENTIONS", "BriefRun", "Prospect", "Name"}
    assert {name for name, rows in told.items() if rows} == filled
    assert {len(rows) for name, rows in told.items() if name in filled} == {1}
    assert told["Prospect"] == [["lips", 6, 7]]
    assert told["BriefRun"] == [[5, "r1", 2, 1.5, "why"]]
    assert told["MENTIONS"] == [["other-v1", 900]]
    assert told["Name"] == [["US:alice", [9]]]
    assert "bob" not in str(told)
    assert EXPECTATIONS.name in told
    assert await shown(graph, "MATCH (c:Creator {id: 'id-alice'}) RETURN c.nickname") == ["alice in person"]

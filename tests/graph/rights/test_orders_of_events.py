"""Objection, erasure, imports and runs in any order: who has withdrawn is in nothing that is read afterwards."""

from __future__ import annotations

from typing import Final

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from neo4j import AsyncDriver

from graph.rights.erasure import erase_creator
from graph.rights.objections import object_to_rating
from tests.api.http.test_answer_cache import run_async
from tests.graph.load.market import known_as, loaded, shown
from tests.graph.rights.test_erasure import OTHER, market, traces

STEPS: Final = st.lists(st.sampled_from(["import", "score", "object", "resume", "erase"]), min_size=3, max_size=8)

SCORED: Final = """
MATCH (c:Creator)
WHERE NOT EXISTS { MATCH (:Objection {id: c.id}) }
MERGE (run:ScoringRun {id: 'r1', status: 'current'})
MERGE (card:Scorecard {id: 'r1|' + c.id})
SET card.runId = 'r1', card.creatorId = c.id, card.scope = 1, card.ranks = [1], card.percentiles = [50.0], card.scored = [2], card.peers = 2
MERGE (c)<-[:RATES]-(card)
MERGE (:PastScores {id: c.id + '|r1', creatorId: c.id, runId: 'r1'})
"""
"""As a run stores its scorecards, as far as this is about."""

RATED: Final = """
MATCH (n:Scorecard|PastScores)
WHERE n.creatorId = 'id-alice'
RETURN count(n)
"""


async def follow(graph: AsyncDriver, steps: list[str]) -> None:
    await graph.execute_query("MATCH (n) DETACH DELETE n")
    await loaded(graph, OTHER)
    objects, erased, there, rated = False, False, False, False
    for now, step in enumerate(steps):
        if step == "import":
            await loaded(graph, market(known_as("id-alice", "Alice")))
            there = not erased
        elif step == "score":
            await graph.execute_query(SCORED)
            rated = rated or (there and not objects)
        elif step == "erase":
            gone = await erase_creator(graph, "id-alice", now=now, database="neo4j") is not None
            assert gone is there
            erased, there, rated, objects = erased or gone, False, False, False
        else:
            done = await object_to_rating(graph, "id-alice", objects=step == "object", now=now, database="neo4j")
            assert (done is not None) is there
            objects = there and step == "object"
            rated = rated and not objects
        assert await shown(graph, RATED) == [2 if rated else 0]
        assert bool(await traces(graph)) is there


async def test_in_any_order_nothing_is_left_of_what_was_withdrawn(graph: AsyncDriver) -> None:
    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(STEPS)
    async def holds(steps: list[str]) -> None:
        await follow(graph, steps)

    await run_async(holds)

"""The Cypher that an operation becomes, for each role; and what its pages cost."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Sequence
from typing import Any, Final

import pytest
from neo4j import AsyncDriver
from syrupy.assertion import SnapshotAssertion

from api.access.table import SMALLEST_GROUP, visibility
from api.graphql.cost.limits import Limits
from api.graphql.execution.operations import operation
from api.graphql.execution.request import GraphQLRequest
from api.graphql.execution.roots import INDICATORS
from api.graphql.execution.selections import Walk
from api.graphql.execution.variables import Variables, variables
from api.graphql.schema import core
from graph.plans.compile import Plan, compiled
from graph.plans.inputs import Inputs
from graph.plans.visibility import Reach
from graph.runs import scope_key
from tests.api.graphql.execution.market import RUN, VIEWERS, Run
from tests.conftest import TestServer

OPERATIONS: Final = {
    "page": """query ($n: Int, $after: String) { creators(first: $n, after: $after, sort: [{by: OVERALL}]) {
      totalCount pageInfo { hasNextPage endCursor }
      nodes { id handle overall { value low high } diligence(window: D28) { value explanation { base } }
              collaborations(first: 3) { nodes { id status commissionRate brand { id name } } } } } }""",
    "ranking": 'query ($c: ID) { ranking(by: INFLUENCE, category: $c, region: "US", last: 5) { edges { rank cursor node { id } } } }',
    "ties": """query ($id: ID!) { creator(id: $id) { othersCollaborations { count } brands { nodes { id } }
      sales { gmvUsd gmvRange { low } }
      content { nodes { products { totalCount } } } reports { nodes { gmv { exact { usd } range { low high } } } } } }""",
    "filter": """query ($f: CreatorFilter) { creators(filter: $f, sort: [{by: FOLLOWERS}]) { nodes { id } } }""",
    "node": "query ($id: ID!) { node(id: $id) { id ... on Collaboration { rating creator { handle } } ... on Content { views } } }",
}
VALUES: Final[dict[str, dict[str, Any]]] = {
    "page": {"n": 50, "after": "x"},
    "ranking": {"c": "Category:1"},
    "ties": {"id": "Creator:1"},
    "filter": {"f": {"or": [{"handle": {"startsWith": "a"}}, {"not": {"score": {"indicator": "OVERALL", "min": 50}}}], "regions": ["US"]}},
    "node": {"id": "Content:1"},
}


def planned(who: str, text: str, values: dict[str, Any]) -> tuple[Plan, Variables]:
    """Return the plan of an operation's only root field."""
    asked = operation(GraphQLRequest(text), Limits())
    given = variables(asked.definition, values)
    walk = Walk(asked.fragments, given.referenced())
    assert core.query_type is not None
    ((key, nodes),) = walk.collected(core.query_type, [asked.definition.selection_set]).items()
    seen = visibility(VIEWERS[who])
    sole = seen.creators is Reach.REGIONS and len(seen.regions) == 1
    return compiled(walk.pick(core.query_type, key, nodes), visibility=seen, sole_region=sole, indicators=INDICATORS), given


@pytest.mark.parametrize("who", ["admin", "analyst", "partner", "brand", "creator"])
@pytest.mark.parametrize("name", OPERATIONS)
def test_the_cypher_of_an_operation(snapshot: SnapshotAssertion, name: str, who: str) -> None:
    plan, _ = planned(who, OPERATIONS[name], VALUES[name])
    sources = "\n".join(f"${each.name} <- {each.source!r}" for each in plan.bindings)
    assert snapshot == f"{plan.text}\n\n{sources}"


def test_values_are_parameters_and_never_text() -> None:
    plan, _ = planned("brand", 'query { creators(filter: {search: "needle", languages: ["needle"]}) { nodes { id } } }', {})
    assert "needle" not in plan.text


FILL: Final = """
UNWIND range(0, 1999) AS i
CREATE (c:Creator {id: 'c' + i, handle: 'h' + i, handleKey: 'h' + i, region: 'US', followerCount: i,
                   joinedAt: 1700000000 + i})
CREATE (:Scorecard {id: $run + '|c' + i + '|90|*', runId: $run, creatorId: 'c' + i, region: 'US', window: 90, categoryId: '*',
                    scope: $scope, world: $world, overall: 100.0 - i / 20.0, overallOrdinal: i, overallWorldOrdinal: i,
                    ranks: [i + 1], scored: [2000]})-[:RATES]->(c)
"""

PAGE: Final = "query ($after: String) { ranking(first: 2, after: $after) { edges { rank cursor node { id handle } score { value } } } }"
SORTS: Final = {
    "ID": ("c100",),
    "HANDLE": ("h100", "c100"),
    "FOLLOWERS": (100, "c100"),
    "JOINED": (1_700_000_100, "c100"),
    "OVERALL": (RUN, 100),
}
SLOW: Final = {"NodeByLabelScan", "AllNodesScan", "Sort", "Top"}
"""What reads all there is before the first row."""


class PlainCursors:
    """Cursors that a test can write; that ours cannot be written is tested elsewhere."""

    def write(self, place: Sequence[Any], *, order: str) -> str:
        return json.dumps(place)

    def read(self, cursor: str, *, order: str) -> list[Any]:
        return json.loads(cursor)


async def _cost(graph: AsyncDriver, who: str, query: str, place: Sequence[Any] | None) -> tuple[int, set[str], Any]:
    """Return the database hits of the page behind a place, the operators, and the answer."""
    plan, given = planned(who, query, {} if place is None else {"after": json.dumps(place)})
    inputs = Inputs(given.values, visibility(VIEWERS[who]), Run(), PlainCursors(), SMALLEST_GROUP, 100, {})
    async with graph.session() as session:
        result = await session.run("PROFILE " + plan.text, plan.parameters(inputs))  # pyright: ignore[reportArgumentType] -- compiled text
        record = await result.single(strict=True)
        profile = (await result.consume()).profile
    return _hits(profile), _operators(profile), record["data"]


def _hits(plan: Any) -> int:
    return plan.get("dbHits", 0) + sum(_hits(each) for each in plan.get("children", ()))


def _operators(plan: Any) -> set[str]:
    return {plan["operatorType"].split("@")[0]}.union(*map(_operators, plan.get("children", ())))


@pytest.fixture(scope="module")
async def many(neo4j: TestServer, _schema: None) -> AsyncIterator[AsyncDriver]:
    """Return a driver on a graph of two thousand creators."""
    async with neo4j.driver() as driver:
        async with driver.session() as session:
            await (await session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS")).consume()
            scopes = {"scope": scope_key(RUN, 90, "*", "US"), "world": scope_key(RUN, 90, "*", "*")}
            await (await session.run(FILL, run=RUN, **scopes)).consume()
            await (await session.run("CALL db.prepareForReplanning()")).consume()
        yield driver


@pytest.mark.parametrize("who", ["admin", "brand"])
async def test_page_1000_costs_what_page_1_costs(many: AsyncDriver, who: str) -> None:
    first, _, data = await _cost(many, who, PAGE, None)
    assert [each["node"]["handle"] for each in data["edges"]] == ["h0", "h1"]
    last, _, data = await _cost(many, who, PAGE, [RUN, 1997])
    assert [each["node"]["handle"] for each in data["edges"]] == ["h1998", "h1999"]
    assert last <= 1.2 * first
    assert first < 40


@pytest.mark.parametrize("who", ["admin", "brand"])
@pytest.mark.parametrize("by", SORTS)
@pytest.mark.parametrize("direction", ["ASC", "DESC"])
async def test_every_sort_walks_an_index_from_where_the_page_begins(many: AsyncDriver, who: str, by: str, direction: str) -> None:
    query = "query ($after: String) { creators(first: 2, after: $after, sort: [{by: %s, direction: %s}]) { nodes { id } } }"
    for place in (None, SORTS[by]):
        hits, operators, data = await _cost(many, who, query % (by, direction), place)
        assert len(data["nodes"]) == 2
        assert not operators & SLOW
        assert hits < 40


def test_all_that_scores_say_takes_little_to_plan() -> None:
    said = "indicator value low high evidence reason basis percentile rank peers previous"
    said += " expectedRank rankLow rankHigh level levelCount topProbability"
    one, _ = planned("partner", f'{{ creator(id: "Creator:1") {{ overall {{ {said} }} }} }}', {})
    every, _ = planned("partner", f'{{ creator(id: "Creator:1") {{ scores {{ {said} }} }} }}', {})
    assert len(one.text) < 600
    assert len(every.text) < 1.3 * len(one.text)

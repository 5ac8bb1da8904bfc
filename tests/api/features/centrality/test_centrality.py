"""Centrality over GraphQL: NetworkX's values on the market's own ties, within bounds, for those who may."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator
from dataclasses import replace
from time import monotonic
from typing import Any

import networkx as nx
import pytest

from api.access.viewer import Role
from api.errors import LimitExceeded
from api.process.expensive import expensive_of
from graph.errors import Busy
from graph.networks.scope import Bounds, Pairing, Scope, pairs
from scoring.centrality import MEASURES, Kind
from tests.api.features.little_process import Little, little_process
from tests.conftest import TestServer
from tests.graph.queries.little_market import END

CENTRALITY = """
query Centrality($kind: CentralityKind!, $scope: CentralityScope!, $seeds: [ID!], $only: CentralityNodeKind, $first: Int! = 50) {
  centrality(kind: $kind, scope: $scope, seeds: $seeds, only: $only, first: $first) {
    nodes edges directed weighted call unseenSeeds milliseconds
    rows { rank nodeId value hub node { __typename id ... on Creator { handle } ... on Brand { name } ... on Product { title } } }
  }
}
"""
COST = """
query Cost($kind: CentralityKind!, $scope: CentralityScope!) {
  centralityCost(kind: $kind, scope: $scope) { nodes edges operations seconds allowed reason }
}
"""
BRANDS = {"graph": "CREATOR_BRAND", "window": None}


@pytest.fixture(scope="module")
async def little(neo4j: TestServer, _schema: None, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Little]:
    async with (
        neo4j.driver() as driver,
        little_process(driver, tmp_path_factory.mktemp("home"), cost_budget=10**9) as opened,
    ):
        yield opened


async def drawn(little: Little, pairing: Pairing) -> Any:
    """Return NetworkX's graph of a scope of 90 days, edges as they were read."""
    found = await pairs(little.driver, Scope(pairing, "r2", END, days=90), Bounds(100, 100, 10))
    source, target = pairing.kinds if pairing is not Pairing.CO_PROMOTION else ("Product", "Creator")
    graph = nx.DiGraph()
    for from_, to, weight in zip(found.source.tolist(), found.target.tolist(), found.weight.tolist(), strict=True):
        graph.add_edge(f"{source}:{found.sources[from_]}", f"{target}:{found.targets[to]}", weight=weight)
    if pairing is not Pairing.CO_PROMOTION:
        return graph
    creators = [node for node in graph if node.startswith("Creator")]
    return nx.bipartite.weighted_projected_graph(graph.to_undirected(), creators)


@pytest.mark.parametrize("pairing", Pairing)
@pytest.mark.parametrize("kind", Kind)
async def test_values_are_those_of_the_call_that_the_answer_names(little: Little, pairing: Pairing, kind: Kind) -> None:
    seeds = ["Creator:ben"] if kind is Kind.PERSONALISED_PAGERANK else None
    answer = await little.ask(CENTRALITY, kind=kind, scope={"graph": pairing}, seeds=seeds)
    oriented = await drawn(little, pairing)
    graph = oriented if answer["directed"] or kind is Kind.HITS else oriented.to_undirected()
    assert (answer["nodes"], answer["edges"], answer["directed"]) == (len(graph), graph.number_of_edges(), pairing is Pairing.MENTIONS)
    expected = eval(f"nx.{answer['call']}", {"nx": nx, "G": graph, "seeds": seeds})
    if kind is Kind.HITS and pairing is Pairing.MENTIONS:
        expected = (
            {"Creator:ana": 0.5, "Creator:ben": 0.5, "Creator:cat": 0.0},
            {"Creator:ana": 0.0, "Creator:ben": 0.5, "Creator:cat": 0.5},
        )
    authorities = expected[1] if kind is Kind.HITS else expected
    assert {row["nodeId"]: row["value"] for row in answer["rows"]} == pytest.approx(authorities, abs=1e-5)
    if kind is Kind.HITS:
        assert {row["nodeId"]: row["hub"] for row in answer["rows"]} == pytest.approx(expected[0], abs=1e-5)
    else:
        assert {row["hub"] for row in answer["rows"]} == {None}
    values = [row["value"] for row in answer["rows"]]
    assert values == pytest.approx(sorted(values, reverse=True), abs=1e-9)


async def test_rows_are_ranked_and_name_their_nodes(little: Little) -> None:
    answer = await little.ask(CENTRALITY, kind="K_CORE", scope=BRANDS)
    assert [(row["rank"], row["nodeId"], row["value"]) for row in answer["rows"]] == [
        (1, "Brand:acme", 1.0),
        (1, "Brand:bolt", 1.0),
        (1, "Creator:ana", 1.0),
        (1, "Creator:ben", 1.0),
        (1, "Creator:cat", 1.0),
    ]
    assert answer["rows"][2]["node"] == {"__typename": "Creator", "id": "Creator:ana", "handle": "Ana"}
    between = await little.ask(CENTRALITY, kind="BETWEENNESS", scope=BRANDS, only="CREATOR", first=2)
    # cat – acme – ana – bolt – ben: ana lies on 4 of the 6 ways between others.
    assert [(row["rank"], row["nodeId"], row["value"]) for row in between["rows"]] == [
        (1, "Creator:ana", pytest.approx(4 / 6)),
        (2, "Creator:ben", 0.0),
    ]
    assert between["weighted"] is False


async def test_nothing_in_a_scope_is_an_answer(little: Little) -> None:
    for kind in Kind:
        if kind is not Kind.PERSONALISED_PAGERANK:
            answer = await little.ask(CENTRALITY, kind=kind, scope={"graph": "MENTIONS", "minWeight": 1e9})
            assert (answer["nodes"], answer["edges"], answer["rows"]) == (0, 0, [])
    code, message = await little.refusal(COST, kind="BETWEENNESS", scope={"graph": "MENTIONS", "regions": []})
    assert (code, "scope.regions is an empty list" in message) == ("BAD_USER_INPUT", True)


async def test_seeds_that_are_not_in_the_scope_are_told(little: Little) -> None:
    scope = BRANDS | {"regions": ["US"]}
    answer = await little.ask(CENTRALITY, kind="PERSONALISED_PAGERANK", scope=scope, seeds=["Creator:ana", "Creator:cat", "Brand:unseen"])
    assert answer["unseenSeeds"] == ["Creator:cat", "Brand:unseen"]
    code, message = await little.refusal(CENTRALITY, kind="PERSONALISED_PAGERANK", scope=scope, seeds=["Creator:cat"])
    assert (code, "none of them is in this scope" in message) == ("BAD_USER_INPUT", True)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"kind": "PERSONALISED_PAGERANK"}, "PERSONALISED_PAGERANK needs them"),
        ({"kind": "KATZ", "seeds": ["Creator:ana"]}, "KATZ does not use them"),
        ({"kind": "PERSONALISED_PAGERANK", "seeds": ["ana"]}, "'ana' is not valid; give global ids"),
        ({"kind": "PERSONALISED_PAGERANK", "seeds": ["Category:wear"]}, "'Category:wear' is not valid"),
        ({"kind": "PERSONALISED_PAGERANK", "seeds": ["Creator:ana"] * 101}, "101 are given; give at most 100"),
        ({"kind": "KATZ", "scope": {"graph": "MENTIONS", "minWeight": -1}}, "minWeight is -1"),
        ({"kind": "KATZ", "scope": {"graph": "MENTIONS", "brand": "Creator:ana"}}, "is the id of a Creator"),
    ],
)
async def test_what_does_not_go_together_is_refused(little: Little, asked: dict[str, Any], words: str) -> None:
    code, message = await little.refusal(CENTRALITY, **{"scope": BRANDS, **asked})
    assert code == "BAD_USER_INPUT"
    assert words in message


async def test_a_long_list_is_refused(little: Little) -> None:
    with pytest.raises(LimitExceeded, match="first is 101"):
        await little.result(CENTRALITY, kind="KATZ", scope=BRANDS, first=101)


@pytest.mark.parametrize("role", [Role.PARTNER, Role.BRAND, Role.CREATOR])
async def test_others_may_not(little: Little, role: Role) -> None:
    assert (await little.refusal(CENTRALITY, role=role, kind="KATZ", scope=BRANDS))[0] == "FORBIDDEN"
    assert (await little.refusal(COST, role=role, kind="KATZ", scope=BRANDS))[0] == "FORBIDDEN"


async def test_the_cost_is_told_before(little: Little) -> None:
    told = await little.ask(COST, role=Role.ADMIN, kind="BETWEENNESS", scope=BRANDS)
    assert (told["nodes"], told["edges"], told["allowed"], told["reason"]) == (5, 4, True, None)
    assert 0 < told["seconds"] < 0.001
    assert told["operations"] > 0


@pytest.mark.parametrize(
    ("settings", "scope", "words"),
    [
        ({"max_scope_edges": 3}, BRANDS, "this scope has 4 pairs; 3 are allowed"),
        ({"max_scope_nodes": 4}, BRANDS, "this scope has 5 nodes; 4 are allowed"),
        ({"max_scope_edges": 9, "max_scope_nodes": 100}, {"graph": "CO_PROMOTION"}, None),
        ({"max_scope_edges": 6, "max_scope_nodes": 100}, {"graph": "CREATOR_PRODUCT"}, "this scope has 9 pairs; 6 are allowed"),
    ],
)
async def test_what_is_too_large_is_refused_with_its_size(
    little: Little, settings: dict[str, Any], scope: dict[str, Any], words: str | None, tmp_path: Any
) -> None:
    async with little_process(little.driver, tmp_path, drawn=False, **settings) as bounded:
        told = await bounded.ask(COST, kind="BETWEENNESS", scope=scope)
        assert told["allowed"] is (words is None)
        if words is None:
            assert (await bounded.ask(CENTRALITY, kind="BETWEENNESS", scope=scope))["edges"] == 5
        else:
            assert words in told["reason"]
            code, message = await bounded.refusal(CENTRALITY, kind="BETWEENNESS", scope=scope)
            assert code == "LIMIT_EXCEEDED"
            assert words in message


async def test_what_takes_too_long_is_refused_with_what_it_would_take(little: Little, monkeypatch: pytest.MonkeyPatch) -> None:
    dear = replace(MEASURES[Kind.KATZ], nanoseconds=1e9)
    monkeypatch.setitem(MEASURES, Kind.KATZ, dear)
    told = await little.ask(COST, kind="KATZ", scope=BRANDS)
    assert (told["operations"], told["seconds"], told["allowed"]) == (2340.0, 2340.0, False)
    assert told["reason"].startswith("this takes about 2,340 s; 30 s are allowed: narrow the scope")
    assert (await little.refusal(CENTRALITY, kind="KATZ", scope=BRANDS)) == ("LIMIT_EXCEEDED", told["reason"])


async def test_before_the_first_run_a_scope_looks_back_from_now(little: Little, tmp_path: Any) -> None:
    async with little_process(little.driver, tmp_path, drawn=False) as opened:
        opened.state.run.run = None
        for scope, nodes in ((BRANDS, 0), ({"graph": "MENTIONS"}, 0), ({"graph": "MENTIONS", "window": None}, 3)):
            assert (await opened.ask(CENTRALITY, kind="KATZ", scope=scope))["nodes"] == nodes


async def test_one_after_the_other_for_each_key(little: Little) -> None:
    async with expensive_of(little.state).step("k2"):
        waiting = asyncio.create_task(little.ask(CENTRALITY, kind="KATZ", scope=BRANDS))
        assert (await little.ask(CENTRALITY, role=Role.ADMIN, kind="KATZ", scope=BRANDS))["nodes"] == 5
        assert not waiting.done()
    assert (await waiting)["nodes"] == 5


async def test_a_measure_is_refused_where_too_much_waits(little: Little, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.expensive.SECONDS", 0.05)
    async with expensive_of(little.state).step("k2"):
        with pytest.raises(Busy, match="of this key"):
            await little.ask(CENTRALITY, kind="KATZ", scope=BRANDS)


async def test_a_computation_ends_when_its_asker_goes_away(little: Little, monkeypatch: pytest.MonkeyPatch) -> None:
    begun = threading.Event()

    def endless(graph: Any, seeds: Any, check: Any) -> Any:
        begun.set()
        while True:
            check()

    monkeypatch.setitem(MEASURES, Kind.KATZ, replace(MEASURES[Kind.KATZ], compute=endless))
    context = asyncio.create_task(little.ask(CENTRALITY, kind="KATZ", scope=BRANDS))
    assert await asyncio.to_thread(begun.wait, 20)
    context.cancel()
    await asyncio.gather(context, return_exceptions=True)
    expensive, until = expensive_of(little.state), monotonic() + 10
    while expensive.running and monotonic() < until:
        await asyncio.sleep(0.01)
    assert expensive.running == 0
    assert (await little.ask(CENTRALITY, kind="K_CORE", scope=BRANDS))["nodes"] == 5


async def test_a_computation_ends_when_its_time_is_up(little: Little, monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    def endless(graph: Any, seeds: Any, check: Any) -> Any:
        while True:
            check()

    monkeypatch.setitem(MEASURES, Kind.KATZ, replace(MEASURES[Kind.KATZ], compute=endless))
    async with little_process(little.driver, tmp_path, drawn=False, centrality_seconds=1) as bounded:
        code, message = await bounded.refusal(CENTRALITY, kind="KATZ", scope=BRANDS)
    assert (code, message) == ("LIMIT_EXCEEDED", "the computation exceeded its time limit of 1 s; narrow its scope")

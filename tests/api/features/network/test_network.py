"""A brand's network as it is answered, on the network drawn by hand."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

from api.errors import LimitExceeded
from tests.api.features.drawn_process import Drawn, drawn_process
from tests.conftest import TestServer

NODES = "nodes { nodeId kind label region distance weight x y community core otherBrands }"
EDGES = "edges { source target kind weight times gmvUsd firstAt lastAt trend }"


@pytest.fixture(scope="module")
async def drawn(neo4j: TestServer, _schema: None, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Drawn]:
    async with neo4j.driver() as driver, drawn_process(driver, tmp_path_factory.mktemp("home")) as found:
        yield found


async def network(drawn: Drawn, who: str, fields: str, arguments: str = "", brand: str = "acme") -> Any:
    query = f'{{ brand(id: "{brand}") {{ network{arguments and f"({arguments})"} {{ {fields} }} }} }}'
    return (await drawn.ask(who, query))["brand"]["network"]


async def test_nodes_ready_to_draw(drawn: Drawn) -> None:
    nodes = (await network(drawn, "admin", NODES))["nodes"]
    assert [(each["nodeId"], each["kind"], each["label"], each["region"], each["distance"]) for each in nodes] == [
        ("Brand:acme", "BRAND", "Acme", "US", 0),
        ("Creator:ana", "CREATOR", "Ana", "US", 1),
        ("Creator:cat", "CREATOR", "Cat", "GB", 1),
        ("Creator:ben", "CREATOR", "Ben", "US", 1),
    ]
    assert (nodes[0]["x"], nodes[0]["y"], nodes[0]["community"], nodes[0]["core"]) == (0, 0, None, None)
    assert all(-1 <= each[axis] <= 1 for each in nodes for axis in "xy")
    assert nodes[0]["weight"] == 10.0  # 6 + 3 + 1
    assert [each["core"] for each in nodes[1:]] == [1, 1, 1]
    assert {each["otherBrands"] for each in nodes} == {None}


async def test_two_answers_look_alike(drawn: Drawn) -> None:
    assert await network(drawn, "admin", NODES) == await network(drawn, "admin", NODES)


async def test_edges_the_brands_own_first(drawn: Drawn) -> None:
    edges = (await network(drawn, "admin", EDGES))["edges"]
    kinds = [(each["source"], each["target"], each["kind"], each["weight"], each["times"], each["trend"]) for each in edges]
    assert kinds[:5] == [
        ("Creator:ana", "Brand:acme", "COLLABORATED", 6.0, 3, "GROWING"),
        ("Creator:cat", "Brand:acme", "COLLABORATED", 3.0, 2, "DORMANT"),
        ("Creator:ben", "Brand:acme", "COLLABORATED", 1.0, 1, "NEW"),
        ("Creator:ana", "Creator:ben", "MENTIONED", 10.0, 2, None),
        ("Creator:ana", "Creator:cat", "MENTIONED", 5.0, 1, None),
    ]
    assert {each["kind"] for each in edges[5:]} == {"CO_PROMOTED"}
    assert edges[0]["gmvUsd"] == 999.0
    assert (edges[0]["firstAt"], edges[0]["lastAt"]) == ("2023-12-09T00:00:00Z", "2024-10-03T00:00:00Z")


async def test_a_brand_sees_its_own_terms_and_the_others_as_counts(drawn: Drawn) -> None:
    found = await network(drawn, "brand", f"{NODES} {EDGES} hiddenCreators", "depth: 3")
    assert [(each["nodeId"], each["otherBrands"]) for each in found["nodes"]] == [
        ("Brand:acme", None),
        ("Creator:ana", 5),  # six, in whole fives
        ("Creator:ben", None),  # one is not told
    ]
    assert found["edges"][0]["gmvUsd"] == 999.0
    assert {each["target"] for each in found["edges"] if each["kind"] == "COLLABORATED"} == {"Brand:acme"}
    assert found["hiddenCreators"] is None


async def test_a_foreign_brand_is_nothing_but_itself_and_a_count_of_five_or_more(drawn: Drawn) -> None:
    fields = f"{NODES} {EDGES} bounded {{ leftOut }} hiddenCreators measures {{ concentration {{ hhi }} communities {{ name }} }}"
    found = await network(drawn, "brand", fields, "depth: 3", brand="bolt")
    assert [each["nodeId"] for each in found["nodes"]] == ["Brand:bolt"]
    assert (found["edges"], found["bounded"], found["hiddenCreators"]) == ([], [], None)  # three, which are not told
    assert found["measures"] == {"concentration": None, "communities": []}


async def test_where_it_was_cut_off_is_part_of_the_answer(drawn: Drawn) -> None:
    found = await network(drawn, "admin", "nodes { nodeId } bounded { by distance at leftOut }", "depth: 3, first: 4")
    assert [each["nodeId"] for each in found["nodes"]][1:] == ["Creator:ana", "Creator:cat", "Brand:bolt", "Creator:dan"]
    assert found["bounded"] == [
        {"by": "FIRST", "distance": 1, "at": 2, "leftOut": 1},
        {"by": "FIRST", "distance": 2, "at": 1, "leftOut": 5},
    ]
    assert (await network(drawn, "admin", "bounded { by }"))["bounded"] == []


async def test_measures(drawn: Drawn) -> None:
    fields = """measures {
      communities { number name members shareOfGmv regions { label members share lead } categories { label members } products { label } }
      brokers { nodeId label betweenness constraint creator { handle } }
      cores { deepest core periphery }
      trends { new growing steady fading dormant growingTies { source } dormantTies { source } }
      concentration { creators gmvUsd top1 top5 hhi effectiveCreators } }"""
    found = (await network(drawn, "admin", fields))["measures"]
    (community,) = found["communities"]
    assert sorted(community["members"]) == ["Creator:ana", "Creator:ben", "Creator:cat"]
    assert community["shareOfGmv"] == 1.0
    assert community["regions"] == [
        {"label": "US", "members": 2, "share": 2 / 3, "lead": 0.0},
        {"label": "GB", "members": 1, "share": 1 / 3, "lead": 0.0},
    ]
    assert {each["label"] for each in community["categories"]} == {"Beauty", "Lips", "Home"}
    assert community["name"] == "Community 1"  # nothing sets all apart from all
    assert [(each["nodeId"], each["betweenness"], each["creator"]) for each in found["brokers"]] == [
        ("Creator:ana", 1.0, {"handle": "Ana"})
    ]
    assert found["cores"] == {"deepest": 1, "core": ["Creator:ana", "Creator:cat", "Creator:ben"], "periphery": 0}
    assert found["trends"] == {
        "new": 1,
        "growing": 1,
        "steady": 0,
        "fading": 0,
        "dormant": 1,
        "growingTies": [{"source": "Creator:ana"}],
        "dormantTies": [{"source": "Creator:cat"}],
    }
    concentration = found["concentration"]
    assert (concentration["creators"], concentration["gmvUsd"], concentration["top5"]) == (2, 1008.0, 1.0)
    assert concentration["top1"] == pytest.approx(999 / 1008)


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ("minWeight: 2.5", ["ana", "cat"]),
        ("window: D90", ["ana", "ben"]),
        ("regions: [GB]", ["cat"]),
        ('categories: ["Category:beauty"]', ["ana", "ben"]),
        ('categories: ["home"]', ["cat"]),
    ],
)
async def test_narrowed(drawn: Drawn, arguments: str, expected: list[str]) -> None:
    nodes = (await network(drawn, "admin", "nodes { nodeId }", arguments))["nodes"]
    assert [each["nodeId"] for each in nodes] == ["Brand:acme", *(f"Creator:{each}" for each in expected)]


async def test_what_else_is_asked_of_a_node(drawn: Drawn) -> None:
    fields = "nodes { node { id ... on Creator { handle } ... on Brand { name } } }"
    nodes = (await network(drawn, "brand", fields))["nodes"]
    assert nodes[0]["node"] == {"id": "Brand:acme", "name": "Acme"}
    assert nodes[1]["node"] == {"id": "Creator:ana", "handle": "Ana"}


async def test_a_brand_without_creators_lies_alone(drawn: Drawn) -> None:
    measures = "communities { name } brokers { nodeId } cores { deepest core periphery } concentration { hhi } trends { new }"
    fields = f"{NODES} {EDGES} measures {{ {measures} }}"
    found = await network(drawn, "admin", fields, "depth: 3", brand="lone")
    assert [(each["nodeId"], each["label"], each["x"], each["weight"]) for each in found["nodes"]] == [("Brand:lone", "lone", 0.0, 0.0)]
    assert found["measures"] == {
        "communities": [],
        "brokers": [],
        "cores": {"deepest": 0, "core": [], "periphery": 0},
        "concentration": None,
        "trends": {"new": 0},
    }


async def test_an_unseen_brand_is_null(drawn: Drawn) -> None:
    assert await drawn.ask("admin", '{ brand(id: "nobody") { network { nodes { nodeId } } } }') == {"brand": None}


@pytest.mark.parametrize(
    ("who", "arguments", "code"),
    [
        ("creator", "depth: 1", "FORBIDDEN"),
        ("admin", "depth: 0", "BAD_USER_INPUT"),
        ("admin", "depth: 4", "BAD_USER_INPUT"),
        ("admin", "minWeight: -1", "BAD_USER_INPUT"),
        ("admin", 'categories: ["Creator:ana"]', "BAD_USER_INPUT"),
    ],
)
async def test_refused(drawn: Drawn, who: str, arguments: str, code: str) -> None:
    assert await drawn.code(who, f'{{ brand(id: "acme") {{ network({arguments}) {{ nodes {{ nodeId }} }} }} }}') == code


async def test_a_network_is_bounded(drawn: Drawn) -> None:
    with pytest.raises(LimitExceeded, match="at most 500 nodes"):
        await network(drawn, "admin", "nodes { nodeId }", "first: 501")
    assert [each["nodeId"] for each in (await network(drawn, "admin", "nodes { nodeId }", "first: 0"))["nodes"]] == ["Brand:acme"]


async def test_before_the_first_run_there_is_none(drawn: Drawn) -> None:
    run, drawn.state.run.run = drawn.state.run.run, None
    try:
        assert await network(drawn, "admin", "nodes { nodeId }") is None
    finally:
        drawn.state.run.run = run

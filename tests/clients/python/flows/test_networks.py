"""A network of the API as a graph, drawn by hand."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from creatorgraph.flows.networks import graph


def node(id_: str, **more: Any) -> dict[str, Any]:
    return {"nodeId": id_, "kind": id_.partition(":")[0].upper(), "label": id_, "x": 0.5, "y": -0.5, **more}


def edge(source: str, target: str, kind: str, weight: float, **more: Any) -> dict[str, Any]:
    return {"source": source, "target": target, "kind": kind, "weight": weight, "times": 1, "firstAt": None, "lastAt": None, **more}


NETWORK: dict[str, Any] = {
    "nodes": [node("Brand:b"), node("Creator:1", community=0), node("Creator:2"), node("Creator:3")],
    "edges": [
        edge("Creator:1", "Brand:b", "COLLABORATED", 4.0, firstAt="2026-01-31T00:00:00Z"),
        edge("Creator:1", "Creator:2", "CO_PROMOTED", 0.5),
        edge("Creator:2", "Creator:1", "MENTIONED", 5.0),
    ],
    "bounded": [{"by": "FIRST", "distance": 1, "at": 3, "leftOut": 7}],
    "hiddenCreators": None,
    "measures": {"communities": [], "brokers": [], "cores": {"deepest": 1}, "trends": {"new": 1}, "concentration": None},
}


def test_nodes_and_ties_keep_what_they_are() -> None:
    made = graph(NETWORK)
    assert list(made) == ["Brand:b", "Creator:1", "Creator:2", "Creator:3"]
    assert made.nodes["Creator:1"] | {"label": ""} == {
        "kind": "CREATOR",
        "label": "",
        "x": 0.5,
        "y": -0.5,
        "community": 0,
        "pos": (0.5, -0.5),
    }
    assert made.edges["Brand:b", "Creator:1"]["firstAt"] == datetime(2026, 1, 31, tzinfo=UTC)
    assert made.graph["bounded"][0]["leftOut"] == 7


def test_ties_between_the_same_two_become_one_edge() -> None:
    both = graph(NETWORK).edges["Creator:1", "Creator:2"]
    assert (both["weight"], both["kind"]) == (5.5, "MENTIONED")
    assert [each["kind"] for each in both["ties"]] == ["MENTIONED", "CO_PROMOTED"]
    assert [each["weight"] for each in both["ties"]] == [5.0, 0.5]


def test_a_brand_alone_is_one_node() -> None:
    made = graph({**NETWORK, "nodes": [node("Brand:b")], "edges": []})
    assert (made.number_of_nodes(), made.number_of_edges()) == (1, 0)

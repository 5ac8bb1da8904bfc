"""Nodes by their ids: in the order asked, read by a plan of the kinds that the ids name."""

from __future__ import annotations

import re

import pytest

from tests.api.graphql.execution.market import Market


async def test_nodes_come_in_the_order_asked(market: Market) -> None:
    ids = ["Brand:acme", "Creator:nobody", "Creator:ana", "Content:v1", "nonsense", "Brand:acme", "ScoringRun:run1"]
    found = await market.ask(
        "admin",
        "query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id ... on Creator { handle }"
        " ... on Brand { name } ... on Content { creator { id } } } }",
        ids=ids,
    )
    acme = {"__typename": "Brand", "id": "Brand:acme", "name": "Acme"}
    assert found["nodes"] == [
        acme,
        None,
        {"__typename": "Creator", "id": "Creator:ana", "handle": "Ana"},
        {"__typename": "Content", "id": "Content:v1", "creator": {"id": "Creator:ana"}},
        None,
        acme,
        {"__typename": "ScoringRun", "id": "ScoringRun:run1"},
    ]


@pytest.mark.parametrize(
    "query", ["query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", '{ nodes(ids: ["Brand:acme", 7, "Sale:x"]) { id } }']
)
async def test_only_kinds_that_are_asked_for_are_planned(market: Market, queries: list[str], query: str) -> None:
    found = await market.ask("admin", query, **({"ids": ["Brand:acme", "7", "Sale:x"]} if "$" in query else {}))
    assert [each and each["id"] for each in found["nodes"]] == ["Brand:acme", None, None]
    (text,) = queries
    assert re.findall(r"MATCH \(\w+:(\w+) ", text) == ["Brand", "Sale"]


async def test_ids_of_other_kinds_have_a_plan_of_their_own(market: Market) -> None:
    query = "query ($id: ID!) { node(id: $id) { __typename id } }"
    kinds = [(await market.ask("admin", query, id=each))["node"]["__typename"] for each in ("Brand:acme", "Creator:ana", "Brand:acme")]
    assert kinds == ["Brand", "Creator", "Brand"]
    assert (await market.ask("admin", query, id="nothing"))["node"] is None


async def test_many_kinds_share_the_plan_of_all(market: Market, queries: list[str]) -> None:
    query = "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }"
    for last in ("Content:v1", "ScoringRun:run1"):
        ids = ["Creator:ana", "Brand:acme", "Product:shoe", last]
        assert [each["id"] for each in (await market.ask("admin", query, ids=ids))["nodes"]] == ids
    assert len(set(queries)) == 1

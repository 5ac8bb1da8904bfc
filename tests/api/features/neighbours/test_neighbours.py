"""Whom nodes bring in, on the network drawn by hand."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from graphql import parse

from api.features.catalogue import TARIFF
from api.graphql.cost.limits import Limits, measure
from api.graphql.schema import core
from tests.api.features.drawn_process import Drawn, drawn_process
from tests.conftest import TestServer

WHOLE = "of { nodeId total new { nodeId label otherBrands } } edges { source target kind weight times gmvUsd lastAt trend }"
Tie = tuple[str, str, str, float, str | None]


@pytest.fixture(scope="module")
async def drawn(neo4j: TestServer, _schema: None, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Drawn]:
    async with neo4j.driver() as driver, drawn_process(driver, tmp_path_factory.mktemp("home")) as found:
        yield found


async def neighbours(drawn: Drawn, who: str, arguments: str) -> Any:
    return (await drawn.ask(who, f"{{ neighbours({arguments}) {{ {WHOLE} }} }}"))["neighbours"]


def new(found: Any) -> list[tuple[str, int, list[str]]]:
    return [(each["nodeId"], each["total"], [node["nodeId"] for node in each["new"]]) for each in found["of"]]


def ties(found: Any) -> list[Tie]:
    return [(each["source"], each["target"], each["kind"], each["weight"], each["trend"]) for each in found["edges"]]


async def test_the_strongest_come_and_all_are_counted(drawn: Drawn) -> None:
    """Ana: acme 6, cat and ben by name 5 and 10, bolt 3, five brands of 1; acme and cat are shown already."""
    found = await neighbours(drawn, "admin", 'of: ["Creator:ana"], among: ["Brand:acme", "Creator:cat"], first: 3')
    assert new(found) == [("Creator:ana", 9, ["Creator:ben", "Brand:bolt", "Brand:x1"])]
    assert ties(found) == [
        ("Creator:ana", "Brand:bolt", "COLLABORATED", 3.0, "STEADY"),
        ("Creator:ben", "Brand:bolt", "COLLABORATED", 2.0, "STEADY"),
        ("Creator:ana", "Brand:x1", "COLLABORATED", 1.0, "STEADY"),
        ("Creator:ben", "Brand:acme", "COLLABORATED", 1.0, "NEW"),
        ("Creator:ana", "Creator:ben", "MENTIONED", 10.0, None),
    ]


async def test_what_two_bring_in_is_tied_too(drawn: Drawn) -> None:
    found = await neighbours(drawn, "admin", 'of: ["Brand:bolt", "Brand:acme"]')
    people = ["Creator:ana", "Creator:dan", "Creator:ben", "Creator:cat"]
    assert new(found) == [("Brand:bolt", 3, [people[1], people[0], people[2]]), ("Brand:acme", 3, [people[0], people[3], people[2]])]
    assert [tie[:3] for tie in ties(found) if tie[2] == "MENTIONED"] == [
        ("Creator:ana", "Creator:ben", "MENTIONED"),
        ("Creator:ana", "Creator:cat", "MENTIONED"),
    ]
    assert sum(tie[1] == "Brand:acme" for tie in ties(found)) == 3


async def test_trends_compare_sales_as_in_the_network(drawn: Drawn) -> None:
    network = 'brand(id: "acme") { network { edges { source target kind weight times gmvUsd lastAt trend } } }'
    edges = (await drawn.ask("admin", f"{{ {network} }}"))["brand"]["network"]["edges"]
    found = await neighbours(drawn, "admin", 'of: ["Brand:acme"]')
    assert found["edges"] == [each for each in edges if each["kind"] != "CO_PROMOTED"]
    recent = await neighbours(drawn, "admin", 'of: ["Brand:acme"], window: D28')
    assert new(recent) == [("Brand:acme", 2, ["Creator:ana", "Creator:ben"])]


async def test_what_a_brand_may_not_see_is_neither_told_nor_counted(drawn: Drawn) -> None:
    """Of the US, with acme: neither Cat nor Bolt's ties; how many brands Ana has is told in fives."""
    given = 'of: ["Creator:ana", "Brand:bolt", "Creator:cat", "Brand:acme"], among: ["Creator:dan", "Creator:ana", "Brand:acme"]'
    found = await neighbours(drawn, "brand", given)
    assert new(found) == [
        ("Creator:ana", 2, ["Creator:ben"]),
        ("Brand:bolt", 0, []),
        ("Creator:cat", 0, []),
        ("Brand:acme", 2, ["Creator:ben"]),
    ]
    assert ties(found) == [
        ("Creator:ben", "Brand:acme", "COLLABORATED", 1.0, "NEW"),
        ("Creator:ana", "Creator:ben", "MENTIONED", 10.0, None),
    ]
    of_acme = (await neighbours(drawn, "brand", 'of: ["Brand:acme"]'))["of"][0]["new"]
    assert [(each["label"], each["otherBrands"]) for each in of_acme] == [("Ana", 5), ("Ben", None)]


@pytest.mark.parametrize(
    "given", ["of: []", 'of: ["Product:shoe"]', 'of: ["Brand:acme"], first: 0', f"of: {['Brand:a'] * 21}".replace("'", '"')]
)
async def test_what_is_asked_wrongly_is_refused(drawn: Drawn, given: str) -> None:
    assert await drawn.code("admin", f"{{ neighbours({given}) {{ edges {{ kind }} }} }}") == "BAD_USER_INPUT"


async def test_creators_do_not_explore(drawn: Drawn) -> None:
    assert await drawn.code("creator", '{ neighbours(of: ["Creator:ana"]) { edges { kind } } }') == "FORBIDDEN"


def test_the_largest_answer_costs_no_more_than_what_was_asked_for() -> None:
    """Twenty nodes bring in fifty each: the estimate has to know that `first` is of each of them."""
    text = "query Q($of: [ID!]!) { neighbours(of: $of, first: 50) { of { nodeId new { nodeId node { id } } } edges { weight } } }"
    found = measure(parse(text), core, None, Limits(), tariff=TARIFF)
    cost = found.cost({"of": [f"Creator:{n}" for n in range(20)]})
    brought = [{"nodeId": "Creator:a", "node": {"id": "Creator:a"}}] * 50
    answer = {"neighbours": {"of": [{"nodeId": "Creator:b", "new": brought}] * 20, "edges": [{"weight": 1.0}] * 5_000}}
    assert 20 * 50 <= found.actual(cost, {"data": answer}) <= cost.requested

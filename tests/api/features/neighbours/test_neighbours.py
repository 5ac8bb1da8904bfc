"""Whom nodes bring in, on the network drawn by hand."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from graphql import parse

from api.features.catalogue import TARIFF
from api.graphql.cost.limits import Limits, measure
from api.graphql.schema import core
from graph.networks import Expansion, neighbours_of
from tests.api.features.drawn_process import Drawn, drawn_process
from tests.conftest import TestServer
from tests.graph.networks.drawn import CLIENTS, NOW, RUN, reading

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


async def test_a_partner_sees_the_ties_of_clients_alone(drawn: Drawn) -> None:
    """With acme and bolt, of the US and GB: all but Ana's five further brands, which are told in fives."""
    found = await neighbours(drawn, "partner", 'of: ["Creator:ana", "Brand:bolt", "Brand:x1"], among: ["Brand:acme"]')
    assert new(found) == [
        ("Creator:ana", 4, ["Creator:ben", "Creator:cat", "Brand:bolt"]),
        ("Brand:bolt", 3, ["Creator:dan", "Creator:ana", "Creator:ben"]),
        ("Brand:x1", 0, []),
    ]
    assert [each["otherBrands"] for each in found["of"][1]["new"]] == [None, 5, None]
    assert {tie[1] for tie in ties(found) if tie[2] == "COLLABORATED"} == {"Brand:acme", "Brand:bolt"}


async def test_what_is_unseen_is_not_tied_to_because_it_is_named(drawn: Drawn) -> None:
    """Ana worked with x1 and names Cat, whom acme's key does not see in the US: both are named in `among`."""
    found = await neighbours(drawn, "brand", 'of: ["Brand:acme"], among: ["Brand:x1", "Brand:bolt", "Creator:cat", "Creator:nobody"]')
    assert new(found) == [("Brand:acme", 2, ["Creator:ana", "Creator:ben"])]
    assert [tie[:3] for tie in ties(found)] == [
        ("Creator:ana", "Brand:acme", "COLLABORATED"),
        ("Creator:ben", "Brand:acme", "COLLABORATED"),
        ("Creator:ana", "Creator:ben", "MENTIONED"),
    ]


async def test_a_node_that_is_named_twice_comes_once(drawn: Drawn) -> None:
    found = await neighbours(drawn, "admin", 'of: ["Creator:ben", "Creator:ben"], among: ["Brand:acme", "Brand:acme"]')
    assert new(found) == [("Creator:ben", 3, ["Creator:ana", "Brand:bolt"])]


async def test_each_part_of_the_answer_is_the_same_without_the_others(drawn: Drawn) -> None:
    given = 'of: ["Brand:acme"]'
    whole = await neighbours(drawn, "brand", given)
    counts = await drawn.ask("brand", f"{{ neighbours({given}) {{ of {{ new {{ otherBrands }} }} }} }}")
    edges = await drawn.ask("brand", f"{{ neighbours({given}) {{ edges {{ source target weight }} }} }}")
    assert counts["neighbours"]["of"] == [{"new": [{"otherBrands": each["otherBrands"]} for each in whole["of"][0]["new"]]}]
    assert edges["neighbours"]["edges"] == [{key: each[key] for key in ("source", "target", "weight")} for each in whole["edges"]]


@pytest.mark.parametrize(("most", "worked", "mentioned"), [(0, 0, 0), (2, 2, 0), (5, 5, 0), (6, 5, 1), (7, 5, 2), (8, 5, 2)])
async def test_the_heaviest_ties_are_read_and_the_others_counted(drawn: Drawn, most: int, worked: int, mentioned: int) -> None:
    """Ana, Cat and Ben with acme, Ana and Ben with bolt, which is shown already; Ana names Ben and Cat."""
    of, among = [("Brand", "acme")], [("Brand", "bolt")]
    whole = await neighbours_of(reading(drawn.driver, CLIENTS), Expansion(of, among, RUN, NOW, 50, 5.0, ties=100, counts=True))
    bounded = await neighbours_of(reading(drawn.driver, CLIENTS), Expansion(of, among, RUN, NOW, 50, 5.0, ties=most))
    assert (bounded.worked, bounded.mentioned) == (whole.worked[:worked], whole.mentioned[:mentioned])
    assert (len(whole.worked), len(whole.mentioned), whole.left_out) == (5, 2, 0)
    assert bounded.left_out == (7 - worked - mentioned if most else 0)
    assert (len(whole.unseen), bounded.unseen) == (3, [])


MANY = ["Brand:a"] * 502


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("of: []", "of lists 0 ids; give 1 to 20"),
        (f"of: {MANY[:21]}", "of lists 21 ids; give 1 to 20"),
        (f"of: {MANY[:1]}, among: {MANY}", "among lists 502 ids; give 0 to 501"),
        (
            "of: ['Product:shoe']",
            "of: 'Product:shoe' is not the id of a creator or brand; give an id that starts with Creator: or Brand:",
        ),
        (
            f"of: {MANY[:1]}, among: ['{'x' * 99}']",
            f"among: '{'x' * 80}' is not the id of a creator or brand; give an id that starts with Creator: or Brand:",
        ),
        ("of: ['Brand:acme'], first: 0", "first is 0; give 1 to 50"),
        ("of: ['Brand:acme'], first: 51", "first is 51; give 1 to 50"),
    ],
)
async def test_what_is_asked_wrongly_is_refused(drawn: Drawn, given: str, message: str) -> None:
    text = given.replace("'", '"')
    (error,) = (await drawn.result("admin", f"{{ neighbours({text}) {{ edges {{ kind }} }} }}"))["errors"]
    assert (error["extensions"]["code"], error["message"]) == ("BAD_USER_INPUT", message)


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

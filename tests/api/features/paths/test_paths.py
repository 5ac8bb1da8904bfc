"""Ways between two nodes as they are answered, on the network drawn by hand."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.api.features.drawn_process import Drawn, drawn_process
from tests.conftest import TestServer

WHOLE = "considered bounded reason paths { strength steps { from { nodeId label } to { nodeId label } kind text weight strength } }"


@pytest.fixture(scope="module")
async def drawn(neo4j: TestServer, _schema: None, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Drawn]:
    async with neo4j.driver() as driver, drawn_process(driver, tmp_path_factory.mktemp("home")) as found:
        yield found


async def path(drawn: Drawn, who: str, source: str, target: str, arguments: str = "", fields: str = WHOLE) -> Any:
    return (await drawn.ask(who, f'{{ path(from: "{source}", to: "{target}" {arguments}) {{ {fields} }} }}'))["path"]


def texts(found: Any) -> list[list[str]]:
    return [[step["text"] for step in way["steps"]] for way in found["paths"]]


async def test_the_strongest_way_first_and_what_each_step_is(drawn: Drawn) -> None:
    found = await path(drawn, "admin", "Brand:acme", "Creator:dan", "via: [COLLABORATIONS]")
    assert texts(found) == [
        [
            "Ana has worked with Acme: 3 collaborations, net sales of 999 US dollars",
            "Ana has worked with Bolt: 1 collaboration, net sales of 99 US dollars",
            "Dan has worked with Bolt: 4 collaborations, net sales of 0 US dollars",
        ],
        [
            "Ben has worked with Acme: 1 collaboration, net sales of 0 US dollars",
            "Ben has worked with Bolt: 1 collaboration, net sales of 9 US dollars",
            "Dan has worked with Bolt: 4 collaborations, net sales of 0 US dollars",
        ],
    ]
    strongest = found["paths"][0]
    assert [step["strength"] for step in strongest["steps"]] == pytest.approx([6 / 7, 3 / 4, 4 / 5])
    assert strongest["strength"] == pytest.approx(6 / 7 * 3 / 4 * 4 / 5)
    assert strongest["steps"][1]["from"] == {"nodeId": "Creator:ana", "label": "Ana"}
    assert (found["considered"], found["bounded"], found["reason"]) == (2, False, None)


async def test_first_bounds_what_is_told_and_not_what_is_compared(drawn: Drawn) -> None:
    found = await path(drawn, "admin", "Brand:acme", "Creator:dan", "via: [COLLABORATIONS], first: 1")
    assert (len(found["paths"]), found["considered"]) == (1, 2)


async def test_steps_by_content_and_facts(drawn: Drawn) -> None:
    assert texts(await path(drawn, "admin", "Creator:ana", "Creator:ben", "via: [MENTIONS]")) == [["Ana mentions Ben in 2 posts"]]
    found = await path(drawn, "admin", "Creator:ana", "Category:beauty", "via: [PRODUCTS]")
    assert texts(found)[0] == ["Ana shows Shoe in 1 post", "Shoe belongs to Lips", "Lips is a subcategory of Beauty"]
    assert [(step["weight"], step["strength"]) for step in found["paths"][0]["steps"]] == [(1.0, 0.5), (None, 0.25), (None, 0.25)]


async def test_a_brand_gets_no_way_over_others_ties(drawn: Drawn) -> None:
    found = await path(drawn, "brand", "Brand:acme", "Creator:dan", "maxDepth: 6")
    assert found == {
        "considered": 0,
        "bounded": False,
        "reason": "no path of at most 6 relationships connects them within what this key may see",
        "paths": [],
    }
    assert texts(await path(drawn, "partner", "Brand:acme", "Creator:dan", "first: 1"))[0][0].startswith("Ana has worked with Acme")


async def test_unseen_and_out_of_sight_is_null(drawn: Drawn) -> None:
    assert await path(drawn, "admin", "Brand:acme", "Creator:nobody") is None
    assert await path(drawn, "brand", "Brand:acme", "Creator:cat") is None


async def test_from_a_node_to_itself(drawn: Drawn) -> None:
    found = await path(drawn, "admin", "Brand:acme", "Brand:acme")
    assert (found["paths"], found["reason"]) == ([], "from and to are the same node")


async def test_what_else_is_asked_of_a_node(drawn: Drawn) -> None:
    fields = "paths { steps { from { node { id } } to { node { ... on Creator { handle region } } } } }"
    found = await path(drawn, "brand", "Brand:acme", "Creator:ana", "first: 1", fields)
    assert found["paths"] == [{"steps": [{"from": {"node": {"id": "Brand:acme"}}, "to": {"node": {"handle": "Ana", "region": "US"}}}]}]


async def test_before_the_first_run_there_are_products_and_mentions(drawn: Drawn) -> None:
    run, drawn.state.run.run = drawn.state.run.run, None
    try:
        assert texts(await path(drawn, "admin", "Brand:acme", "Creator:ana", "first: 1")) == [
            ["Acme sells Shoe", "Ana shows Shoe in 1 post"]
        ]
        assert (await path(drawn, "admin", "Brand:acme", "Creator:ana", "via: [COLLABORATIONS]"))["paths"] == []
    finally:
        drawn.state.run.run = run


@pytest.mark.parametrize(
    ("who", "arguments", "code"),
    [
        ("creator", 'from: "Creator:ana", to: "Brand:acme"', "FORBIDDEN"),
        ("admin", 'from: "ana", to: "Brand:acme"', "BAD_USER_INPUT"),
        ("admin", 'from: "Collaboration:k", to: "Brand:acme"', "BAD_USER_INPUT"),
        ("admin", 'from: "Creator:ana", to: "Brand:acme", maxDepth: 0', "BAD_USER_INPUT"),
        ("admin", 'from: "Creator:ana", to: "Brand:acme", maxDepth: 7', "BAD_USER_INPUT"),
        ("admin", 'from: "Creator:ana", to: "Brand:acme", via: []', "BAD_USER_INPUT"),
    ],
)
async def test_refused(drawn: Drawn, who: str, arguments: str, code: str) -> None:
    assert await drawn.code(who, f"{{ path({arguments}) {{ considered }} }}") == code

from __future__ import annotations

import re
from pathlib import Path

import httpx
import pytest
from graphql import parse, validate
from neo4j import AsyncDriver

from api.access.viewer import Role
from api.app import application
from api.features.catalogue import COMPUTED
from api.graphql.schema import core
from api.pages.examples import EXAMPLES, Example
from tests.api.processes import keys, process

MARKET = """
CREATE (c1:Creator {id: 'c1', handle: 'one', region: 'US', followerCount: 20000})
CREATE (b1:Brand {id: 'b1', name: 'Acme', region: 'US'})-[:OFFERED]->(k1:Collaboration {id: 'k1', kind: 'SAMPLE', status: 'ACCEPTED'})
CREATE (k1)-[:WITH]->(c1), (b1)-[:SELLS]->(:Product {id: 'p1', title: 'Cup'})-[:IN_CATEGORY]->(:Category {id: 'home', name: 'Home'})
"""
ALL = [(Role(role), example) for role, examples in EXAMPLES.items() for example in examples]


def test_every_role_has_examples() -> None:
    assert list(EXAMPLES) == [role.value for role in Role]


@pytest.mark.parametrize("example", {example.title: example for _, example in ALL}.values(), ids=lambda example: example.title)
def test_an_example_is_valid_and_has_a_name(example: Example) -> None:
    document = parse(example.query)
    assert validate(core, document) == []
    (operation,) = document.definitions
    assert operation.name is not None  # type: ignore[attr-defined]


@pytest.mark.parametrize("field", [field for _, field in COMPUTED])
def test_every_computed_field_has_an_example(field: str) -> None:
    assert any(re.search(rf"\b{field}\b", example.query) for _, example in ALL)


async def test_each_example_works_with_a_key_of_its_role(graph: AsyncDriver, tmp_path: Path) -> None:
    await graph.execute_query(MARKET)
    state = process(graph, tmp_path)
    by_role, failed = keys(state), []
    async with httpx.AsyncClient(transport=httpx.ASGITransport(application(state)), base_url="http://127.0.0.1") as client:
        for role, example in ALL:
            asked = {"query": example.query, "variables": example.variables}
            answer = (await client.post("/graphql", json=asked, headers={"Authorization": f"Bearer {by_role[role]}"})).json()
            if "errors" in answer:
                failed.append((role, example.title, answer["errors"]))
    state.store.close()
    assert failed == []

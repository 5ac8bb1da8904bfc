"""Markets for features: one built once for each module that reads it, and a small one that each test may change."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from neo4j import AsyncDriver

from api.access.viewer import Role
from api.graphql.execution.execution import execute
from api.graphql.execution.request import GraphQLRequest
from api.graphql.mutations import Context
from api.process.state import State
from tests.api.features.finding_market import Finding, draw_finding
from tests.api.processes import keys, process
from tests.conftest import TestServer

MARKET = """
CREATE (c1:Creator {id: 'c1', handle: 'one', region: 'US'}), (c2:Creator {id: 'c2', handle: 'two', region: 'US'})
CREATE (b1:Brand {id: 'b1'}), (b2:Brand {id: 'b2'})
CREATE (b1)-[:OFFERED]->(:Collaboration {id: 'k1', kind: 'SAMPLE', status: 'DELIVERED'})-[:WITH]->(c1)
CREATE (b2)-[:OFFERED]->(:Collaboration {id: 'k2', kind: 'SAMPLE', status: 'OFFERED'})-[:WITH]->(c2)
CREATE (b1)-[:OFFERED]->(:Collaboration {id: 'k3', kind: 'SAMPLE', status: 'OFFERED'})-[:WITH]->(c2)
CREATE (:Sale {id: 'o1:1', at: 1795000000})-[:CREDITED_TO]->(c1), (:Sale {id: 'o2:1'})-[:CREDITED_TO]->(c2)
CREATE (c1)-[:PUBLISHED]->(:Content:Video {id: 'v1', kind: 'VIDEO'})
"""
NOW = 1_795_521_600

Mutate = Callable[..., Awaitable[Any]]


@pytest.fixture(scope="module")
async def finding(neo4j: TestServer, _schema: None, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Finding]:
    """Return a process on the scored market; nothing in such a module may change creators or ties."""
    async with neo4j.driver() as driver:
        async with driver.session() as session:
            await (await session.run("MATCH (n) DETACH DELETE n")).consume()
        await draw_finding(driver)
        state = process(driver, tmp_path_factory.mktemp("home"), max_cost=10**6, cost_budget=10**9)
        await state.run.refresh()
        yield Finding(driver, state)
        state.store.close()


@pytest.fixture
def state(graph: AsyncDriver, tmp_path: Path) -> Iterator[State]:
    opened = process(graph, tmp_path)
    yield opened
    opened.store.close()


@pytest.fixture
async def mutate(graph: AsyncDriver, state: State, monkeypatch: pytest.MonkeyPatch) -> Mutate:
    """Run a mutation as a role: its data, or the codes of its errors."""
    await graph.execute_query(MARKET)
    by_role = keys(state)

    async def run(role: Role, text: str, now: int = NOW) -> Any:
        viewer = state.keyring.viewer(f"Bearer {by_role[role]}")
        monkeypatch.setattr("api.graphql.execution.execution.Context", partial(Context, now=now))
        result = await execute(GraphQLRequest(f"mutation {{ {text} }}"), viewer, state)
        return [error["extensions"]["code"] for error in result["errors"]] if "errors" in result else next(iter(result["data"].values()))

    return run


async def asked(state: State, role: Role, query: str) -> Any:
    """Return what a query answers a role; the test fails on an error."""
    (viewer,) = (each.viewer for each in state.store.records() if each.grant.role is role)
    result = await execute(GraphQLRequest(query), viewer, state)
    assert "errors" not in result, result["errors"]
    return result["data"]

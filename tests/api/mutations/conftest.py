from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from neo4j import AsyncDriver

from api.access.viewer import Role
from api.mutations import Context
from api.reads import GraphQLRequest, execute
from api.state import State
from tests.api.processes import keys, process

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
        monkeypatch.setattr("api.reads.execution.Context", partial(Context, now=now))
        result = await execute(GraphQLRequest(f"mutation {{ {text} }}"), viewer, state)
        return [error["extensions"]["code"] for error in result["errors"]] if "errors" in result else next(iter(result["data"].values()))

    return run


async def asked(state: State, role: Role, query: str) -> Any:
    """Return what a query answers a role; the test fails on an error."""
    (viewer,) = (each.viewer for each in state.store.records() if each.grant.role is role)
    result = await execute(GraphQLRequest(query), viewer, state)
    assert "errors" not in result, result["errors"]
    return result["data"]

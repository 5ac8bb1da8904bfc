"""A process on the drawn market whose scoring goes to processes of their own on the test database."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from neo4j import AsyncDriver

from api.access.viewer import Role, Viewer
from api.graphql.execution.execution import execute
from api.graphql.execution.request import GraphQLRequest
from api.process.state import State
from tests.api.drawn_market import draw_market
from tests.api.processes import process
from tests.conftest import TestServer

ADMIN, ANALYST = Viewer("k1", "root", Role.ADMIN), Viewer("k2", "lab", Role.ANALYST)

Ask = Callable[..., Awaitable[Any]]


@pytest.fixture
async def state(graph: AsyncDriver, neo4j: TestServer, tmp_path: Path) -> AsyncIterator[State]:
    await draw_market(graph)
    user, password = neo4j.auth
    given = {"neo4j_uri": neo4j.uri, "neo4j_username": user, "neo4j_password": password, "log_level": "warning"}
    opened = process(graph, tmp_path, max_cost=10**6, cost_budget=10**9, **given)
    yield opened
    await opened.own.end()
    opened.store.close()


@pytest.fixture
def ask(state: State) -> Ask:
    """Ask as an administrator, or as another viewer: the only field's data, or the codes of the errors."""

    async def run(text: str, viewer: Viewer = ADMIN) -> Any:
        await state.run.refresh()
        result = await execute(GraphQLRequest(text), viewer, state)
        return [each["extensions"]["code"] for each in result["errors"]] if "errors" in result else next(iter(result["data"].values()))

    return run

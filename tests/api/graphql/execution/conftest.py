"""The little market, built once for each module that reads it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.api.graphql.execution.market import Market, built
from tests.conftest import TestServer


@pytest.fixture(scope="module")
async def market(neo4j: TestServer, _schema: None, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Market]:
    """Return a process's state on the market; nothing in such a module may change the graph."""
    async with neo4j.driver() as driver:
        async with driver.session() as session:
            await (await session.run("MATCH (n) DETACH DELETE n")).consume()
        yield await built(driver, _home(tmp_path_factory))


def _home(factory: pytest.TempPathFactory) -> Path:
    return factory.mktemp("home")

"""The little market, built once for each module that reads it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from neo4j import AsyncSession, Query

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


@pytest.fixture
def queries(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Collect the text of every query that is sent."""
    sent: list[str] = []
    run = AsyncSession.run

    async def counted(self: AsyncSession, query: Any, *args: Any, **kwargs: Any) -> Any:
        if isinstance(query, Query):  # what is planned beforehand is sent as text
            sent.append(query.text)
        return await run(self, query, *args, **kwargs)

    monkeypatch.setattr(AsyncSession, "run", counted)
    return sent

"""Markets for computed fields, built once for each module that reads them."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.api.computed.finding_market import Finding, draw_finding
from tests.api.processes import process
from tests.conftest import TestServer


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

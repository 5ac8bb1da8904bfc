"""The drawn network, once for each module that reads it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from neo4j import AsyncDriver

from tests.conftest import TestServer
from tests.graph.networks.drawn import draw


@pytest.fixture(scope="module")
async def drawn(neo4j: TestServer, _schema: None) -> AsyncIterator[AsyncDriver]:
    """Return a driver on the drawn network; nothing in such a module may change it."""
    async with neo4j.driver() as driver:
        async with driver.session() as session:
            await (await session.run("MATCH (n) DETACH DELETE n")).consume()
        await draw(driver)
        yield driver

"""The drawn market, built once for each module that only asks it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from neo4j import AsyncDriver

from tests.api.drawn_market import draw_market
from tests.conftest import TestServer

TITLES = """
CREATE FULLTEXT INDEX drawn_titles IF NOT EXISTS FOR (n:Product) ON EACH [n.title]
"""


@pytest.fixture(scope="module")
async def drawn(neo4j: TestServer, _schema: None) -> AsyncIterator[AsyncDriver]:
    """Return a driver on the drawn market and a full-text index over its products; nothing in such a module may change it."""
    async with neo4j.driver() as driver:
        async with driver.session() as session:
            await (await session.run("MATCH (n) DETACH DELETE n")).consume()
            await (await session.run(TITLES)).consume()
            await (await session.run("CALL db.awaitIndexes(60)")).consume()
        await draw_market(driver)
        yield driver
        async with driver.session() as session:
            await (await session.run("DROP INDEX drawn_titles IF EXISTS")).consume()

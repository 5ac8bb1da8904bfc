"""One stage for all schedules, on the tests' database."""

from __future__ import annotations

import gc
import warnings
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from neo4j import GraphDatabase

from graph.connection import open_driver
from tests.conftest import TestServer, emptied
from tests.simulated.cards import without_computing
from tests.simulated.loop import SimulatedLoop
from tests.simulated.play import Stage
from tests.simulated.schedule import Schedule
from tests.simulated.world import Layout


@pytest.fixture(scope="module")
def stage(neo4j: TestServer, _schema: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """Draw the market once, in the emptied database."""
    at = urlsplit(neo4j.uri)
    with pytest.MonkeyPatch.context() as patch, GraphDatabase.driver(neo4j.uri, auth=neo4j.auth) as watch:
        without_computing(patch)
        loop = SimulatedLoop((at.hostname or "", at.port or 0), watch)
        loop.steps = Schedule(0)
        life = loop.begin("stage")

        async def drawn() -> Layout:
            async with open_driver(f"bolt://127.0.0.1:{life.port}", auth=neo4j.auth) as driver:
                await emptied(driver)
                return await Layout.drawn(driver)

        try:
            layout = loop.run_until_complete(loop.spawn(life, drawn()))
            yield Stage(loop, layout, watch, neo4j.auth, tmp_path_factory.mktemp("home"))
        finally:
            loop.close()
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", ResourceWarning)
                gc.collect()

"""Two worlds, alike in all that a brand and its partner may see, served for all tests of the folder."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
import pytest

from bench.leaks.compare import Pair
from bench.leaks.goods import World
from bench.leaks.redrawing import paired
from bench.leaks.serving import prepared, served
from graph.connection import open_driver
from graph.server import PrivateServer
from tests.conftest import EMPTY, LONG_RUN, MEMORY, TestServer


@dataclass(frozen=True)
class Worlds:
    """The worlds as tables and as they answer."""

    before: World
    after: World
    pair: Pair

    async def asked(self, who: str, query: str, **variables: Any) -> tuple[Any, Any]:
        """Return what both worlds answer."""
        one, other = [orjson.loads(await each.graphql(who, query, variables)) for each in self.pair]
        return one, other

    async def told(self, who: str, query: str, **variables: Any) -> Any:
        """Return the data that both worlds answer alike; the test fails on an error, and where they differ."""
        one, other = await self.asked(who, query, **variables)
        assert "errors" not in one, one["errors"]
        assert one["data"] == other["data"]
        return one["data"]


@pytest.fixture(scope="session")
def tables() -> tuple[World, World]:
    """Return a market and its copy, as tables."""
    return paired()


@pytest.fixture(scope="package")
async def worlds(
    neo4j: TestServer, cache: Path, tables: tuple[World, World], tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Worlds]:
    """Serve the worlds, the copy from a database of its own; none of these tests changes them."""
    folder = tmp_path_factory.mktemp("leaks")
    keys, made = prepared(folder / "base"), []
    async with AsyncExitStack() as open_:
        other = open_.enter_context(PrivateServer(folder / "neo4j", cache=cache, memory=MEMORY, java_options=LONG_RUN))
        for n, (server, world) in enumerate(zip((neo4j, other), tables, strict=True)):
            driver = await open_.enter_async_context(open_driver(server.uri, auth=server.auth))
            async with driver.session() as session:
                await (await session.run(EMPTY)).consume()
            made.append(await open_.enter_async_context(served(driver, world, folder / "base", keys, folder / f"world{n}")))
        yield Worlds(*tables, (made[0], made[1]))

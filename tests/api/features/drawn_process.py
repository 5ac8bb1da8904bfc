"""A process on the network drawn by hand."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from neo4j import AsyncDriver

from api.access.viewer import Role, Viewer
from api.graphql.execution.execution import execute
from api.graphql.execution.request import GraphQLRequest
from api.process.state import State
from graph.runs.run import Run
from tests.api.processes import process
from tests.graph.networks.drawn import NOW, RUN, draw

VIEWERS: Final = {
    "admin": Viewer("k1", "root", Role.ADMIN),
    "partner": Viewer("k2", "agency", Role.PARTNER, ("US", "GB"), ("acme", "bolt")),
    "brand": Viewer("k3", "acme", Role.BRAND, ("US",), ("acme",)),
    "creator": Viewer("k4", "ana", Role.CREATOR, creator="ana"),
}


@dataclass
class Drawn:
    """The process, and a way to ask."""

    driver: AsyncDriver
    state: State

    async def result(self, who: str, query: str) -> dict[str, Any]:
        """Return the whole answer."""
        return await execute(GraphQLRequest(query), VIEWERS[who], self.state)

    async def ask(self, who: str, query: str) -> Any:
        """Return the data; the test fails on an error."""
        result = await self.result(who, query)
        assert "errors" not in result, result["errors"]
        return result["data"]

    async def code(self, who: str, query: str) -> str:
        """Return the code of the only error."""
        (error,) = (await self.result(who, query))["errors"]
        return error["extensions"]["code"]


@asynccontextmanager
async def drawn_process(driver: AsyncDriver, home: Path) -> AsyncIterator[Drawn]:
    """Yield a process on the network, which is drawn into the emptied database."""
    await driver.execute_query("MATCH (n) DETACH DELETE n")
    await draw(driver)
    state = process(driver, home)
    state.run.run = Run(RUN, NOW, "1", (), (), 1, 2, 5, 6, 0.0, 1, {})
    try:
        yield Drawn(driver, state)
    finally:
        state.store.close()

"""A process on the little market of the questions, for what analysts ask."""

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
from tests.graph.queries.little_market import END, draw_little_market

VIEWERS: Final = {
    Role.ADMIN: Viewer("k1", "root", Role.ADMIN),
    Role.ANALYST: Viewer("k2", "lab", Role.ANALYST),
    Role.PARTNER: Viewer("k3", "agency", Role.PARTNER, ("*",), ("acme",)),
    Role.BRAND: Viewer("k4", "acme", Role.BRAND, ("*",), ("acme",)),
    Role.CREATOR: Viewer("k5", "ana", Role.CREATOR, creator="ana"),
}
RUN: Final = Run("r2", END, "1", (), (), 1, 2, 4, 2, 0.0, 1, {})


@dataclass
class Little:
    """The process, and a way to ask."""

    driver: AsyncDriver
    state: State

    async def result(self, query: str, *, role: Role = Role.ANALYST, **variables: Any) -> dict[str, Any]:
        """Return the whole answer."""
        return await execute(GraphQLRequest(query, variables=variables), VIEWERS[role], self.state)

    async def ask(self, query: str, *, role: Role = Role.ANALYST, **variables: Any) -> Any:
        """Return the data of the only root field; the test fails on an error."""
        result = await self.result(query, role=role, **variables)
        assert "errors" not in result, result["errors"]
        (found,) = result["data"].values()
        return found

    async def refusal(self, query: str, *, role: Role = Role.ANALYST, **variables: Any) -> tuple[str, str]:
        """Return code and message of the only error."""
        (error,) = (await self.result(query, role=role, **variables))["errors"]
        return error["extensions"]["code"], error["message"]


@asynccontextmanager
async def little_process(driver: AsyncDriver, home: Path, *, drawn: bool = True, **settings: Any) -> AsyncIterator[Little]:
    """Yield a process on the market, which is drawn unless it is there."""
    if drawn:
        await driver.execute_query("MATCH (n) DETACH DELETE n")
        await draw_little_market(driver)
    state = process(driver, home, **settings)
    state.run.run = RUN
    try:
        yield Little(driver, state)
    finally:
        state.store.close()

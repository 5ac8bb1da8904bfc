"""The drawn market, served by a process that reaches its database over a link that tests break."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from neo4j import AsyncDriver

from api.access.viewer import Role
from tests.api.faults.link import Link, linked
from tests.api.served_market import ServedMarket, served_market
from tests.conftest import TestServer

QUERY_SECONDS = 8
"""Of a query in the service: enough for what has been planned before, on a busy machine too."""


@dataclass(frozen=True)
class Linked:
    """The market, and the link between it and its database."""

    market: ServedMarket
    link: Link

    def ask(self, query: str, role: Role = Role.ADMIN, **more: Any) -> httpx.Response:
        """Ask on a connection of its own."""
        return self.post("/graphql", {"query": query, **more}, role)

    def post(self, path: str, body: Mapping[str, Any], role: Role = Role.ADMIN) -> httpx.Response:
        """Send a body on a connection of its own."""
        headers = {"Authorization": f"Bearer {self.market.keys[role]}"}
        return httpx.post(f"{self.market.url}{path}", json=body, headers=headers, timeout=60)


@pytest.fixture(scope="module")
async def served(neo4j: TestServer, _schema: None, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Linked]:
    with linked(neo4j.uri) as link:
        home = tmp_path_factory.mktemp("home")
        settings: dict[str, Any] = {
            "NEO4J_URI": link.uri,
            "CREATORGRAPH_QUERY_SECONDS": str(QUERY_SECONDS),
            "CREATORGRAPH_WEBHOOKS_TO_PRIVATE_ADDRESSES": "true",
        }
        async with served_market(neo4j, home, **settings) as market:
            yield Linked(market, link)


@pytest.fixture
def broken(served: Linked) -> Iterator[Linked]:
    """Mend the link after each test."""
    yield served
    served.link.open()


@pytest.fixture
async def beside(neo4j: TestServer) -> AsyncIterator[AsyncDriver]:
    """Look at the database itself."""
    async with neo4j.driver() as driver:
        yield driver

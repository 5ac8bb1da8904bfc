from __future__ import annotations

import os
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import httpx2
import pytest
from mcp.client import Client
from mcp.client.stdio import StdioServerParameters
from mcp.client.streamable_http import streamable_http_client

from api.access.viewer import Role
from tests.api.served_market import ServedMarket, served_market
from tests.conftest import TestServer

Connect = Callable[[Role], AbstractAsyncContextManager[Client]]


@pytest.fixture(scope="package")
async def market(neo4j: TestServer, _schema: None, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[ServedMarket]:
    """Serve the drawn market for all tests of MCP; none of them changes it."""
    async with served_market(neo4j, tmp_path_factory.mktemp("home")) as served:
        yield served


@asynccontextmanager
async def over_http(market: ServedMarket, key: str, mode: str = "auto") -> AsyncIterator[Client]:
    """Connect the SDK's own client to the served process."""
    async with (
        httpx2.AsyncClient(headers={"Authorization": f"Bearer {key}"}, timeout=60) as http,
        Client(streamable_http_client(f"{market.url}/mcp", http_client=http), mode=mode, cache=None) as client,
    ):
        yield client


@asynccontextmanager
async def over_stdio(market: ServedMarket, key: str, mode: str = "auto") -> AsyncIterator[Client]:
    """Connect the SDK's own client to a process that it starts."""
    environment = {**os.environ, **market.environment, "CREATORGRAPH_HOME": str(market.home), "CREATORGRAPH_KEY": key}
    command = ["-c", "from api.commands import main; main()", "mcp", "--log-level", "warning"]
    async with Client(StdioServerParameters(command=sys.executable, args=command, env=environment), mode=mode, cache=None) as client:
        yield client

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest
from neo4j import AsyncDriver

from api.access.viewer import Role
from api.app import application
from api.process.state import State
from tests.api.http.caching import Compared, compared, drawn
from tests.api.processes import keys, process
from tests.conftest import TestServer

BASE = "http://127.0.0.1"


@pytest.fixture
def state(graph: AsyncDriver, tmp_path: Path) -> Iterator[State]:
    opened = process(graph, tmp_path, cache=tmp_path / "cache")
    yield opened
    opened.store.close()


@pytest.fixture
def key(state: State) -> str:
    return keys(state)[Role.ADMIN]


@pytest.fixture
async def client(state: State, key: str) -> AsyncIterator[httpx.AsyncClient]:
    """Send requests with an administrator's key, straight to the application."""
    transport = httpx.ASGITransport(application(state))
    async with httpx.AsyncClient(transport=transport, base_url=BASE, headers={"Authorization": f"Bearer {key}"}) as opened:
        yield opened


@pytest.fixture
async def stranger(state: State) -> AsyncIterator[httpx.AsyncClient]:
    """Send requests without a key."""
    async with httpx.AsyncClient(transport=httpx.ASGITransport(application(state)), base_url=BASE) as opened:
        yield opened


@pytest.fixture(scope="session")
async def lasting(neo4j: TestServer, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[httpx.AsyncClient]:
    """Send requests with an administrator's key to an application that stays, for tests to which the graph does not matter."""
    home = tmp_path_factory.mktemp("home")
    async with neo4j.driver() as driver:
        state = process(driver, home)
        headers = {"Authorization": f"Bearer {keys(state)[Role.ADMIN]}"}
        async with httpx.AsyncClient(transport=httpx.ASGITransport(application(state)), base_url=BASE, headers=headers) as opened:
            yield opened
        state.store.close()


@pytest.fixture(scope="module")
async def scored(neo4j: TestServer, _schema: None) -> AsyncIterator[AsyncDriver]:
    """Score the drawn market once; tests change it, and none needs it as it was."""
    async with drawn(neo4j) as driver:
        yield driver


@pytest.fixture
async def market(scored: AsyncDriver, tmp_path: Path) -> AsyncIterator[Compared]:
    """Serve it by an application that keeps answers, and by one that keeps none."""
    async with compared(scored, tmp_path) as made:
        yield made

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest

from api.access.viewer import Role
from creatorgraph import Client
from tests.api.served_market import ServedMarket, served_market
from tests.conftest import TestServer


@pytest.fixture(scope="package")
async def market(neo4j: TestServer, _schema: None, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[ServedMarket]:
    """Serve the drawn market for all tests of the client; none of them changes it."""
    async with served_market(neo4j, tmp_path_factory.mktemp("home")) as served:
        yield served


@pytest.fixture
def client(market: ServedMarket) -> Iterator[Client]:
    """Ask as an analyst."""
    with Client(market.url, market.keys[Role.ANALYST]) as opened:
        yield opened

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from neo4j import AsyncDriver

from tests.api.http.caching import Compared, compared, drawn
from tests.api.telemetry.spans import Kept, kept
from tests.conftest import TestServer


@pytest.fixture
def spans() -> Iterator[Kept]:
    """Record within the test; ask for it before whatever is to be recorded."""
    with kept() as found:
        yield found


@pytest.fixture(scope="module")
async def scored(neo4j: TestServer, _schema: None) -> AsyncIterator[AsyncDriver]:
    """Score the drawn market once."""
    async with drawn(neo4j) as driver:
        yield driver


@pytest.fixture
async def market(spans: Kept, scored: AsyncDriver, tmp_path: Path) -> AsyncIterator[Compared]:
    """Serve it by an application that keeps answers, and by one that keeps none, both recorded."""
    async with compared(scored, tmp_path) as made:
        await made.state.run.refresh()
        await made.fresh.run.refresh()
        spans.clear()
        yield made

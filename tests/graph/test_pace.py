"""A run that is written while others read takes small transactions, and leaves the database to them between two."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from time import perf_counter

import pytest
from neo4j import AsyncDriver

from graph.runs import GENTLE, Pace, store
from graph.runs.building import drop
from tests.graph.test_runs import SAMPLE, begun, count


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> list[Pace]:
    """Return the paces that are kept, one for each transaction; nobody rests."""
    found: list[Pace] = []

    @asynccontextmanager
    async def keep(self: Pace) -> AsyncGenerator[None]:
        yield
        found.append(self)

    monkeypatch.setattr(Pace, "kept", keep)
    return found


async def test_a_gentle_run_is_written_and_dropped_in_small_transactions(
    graph: AsyncDriver, kept: list[Pace], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.runs.storing.BATCH", GENTLE.part)
    monkeypatch.setattr("graph.runs.building.DROPPED", GENTLE.part)
    written: list[int] = []
    building = await begun(graph, GENTLE)
    await store(building, SAMPLE, progress=written.append)
    assert (written, kept) == ([1, 1, 1], [GENTLE] * 3)
    assert await count(graph, "(:Scorecard)-[:RATES]->(:Creator)") == 3
    kept.clear()
    await drop(graph, [building.id], database="neo4j", pace=GENTLE)
    assert kept == [GENTLE] * 4, "one card each, and the look that finds none"


async def test_a_rest_is_as_long_as_the_pace_says() -> None:
    began = perf_counter()
    async with Pace(writers=1, part=1, rest=2.0).kept():
        await asyncio.sleep(0.05)
    assert perf_counter() - began >= 0.15

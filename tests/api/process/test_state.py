from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from neo4j import AsyncDriver

from api.graphql.cost.limits import Limits
from api.http.scraping import refresh
from api.process.state import limits, opened
from api.settings import Settings


def test_the_bounds_are_settings() -> None:
    assert limits(Settings()) == Limits()
    assert limits(replace(Settings(), max_page=7)).page == 7


async def test_the_state_is_opened_with_its_keys_and_its_run(graph: AsyncDriver, tmp_path: Path) -> None:
    async with opened(replace(Settings(), home=tmp_path), graph) as state:
        assert (state.run.id, state.store.records()) == (None, [])
        refresh(state)
        value = state.metrics.registry.get_sample_value
        assert value("creatorgraph_database_connections", {"use": "idle"})

"""What is kept of a run is read once."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from api.features.recommendations.pool import PoolCache, marks, pool
from api.graphql.execution.field_context import reading_of
from graph.recommendations import candidates
from tests.api.features.finding_market import VIEWERS, Finding


async def test_several_who_ask_at_once_read_once_and_newer_data_are_read_again(finding: Finding, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def counted(name: str, real: Any) -> Any:
        async def count(*args: Any, **options: Any) -> Any:
            read.append(name)
            return await real(*args, **options)

        return count

    monkeypatch.setattr("api.features.recommendations.pool.cards", counted("cards", candidates.cards))
    monkeypatch.setattr("api.features.recommendations.pool.creators", counted("creators", candidates.creators))
    run, kept = finding.state.run.run, PoolCache()
    assert run is not None
    wide, narrow = (reading_of(VIEWERS[who], finding.state) for who in ("wide", "brand"))
    await asyncio.gather(*(pool(wide, run, kept, version=1, categories=["1"]) for _ in range(5)))
    assert sorted(read) == ["cards", "cards", "creators"]
    await pool(wide, run, kept, version=2, categories=[])
    assert sorted(read) == ["cards", "cards", "creators", "creators"]
    assert len(await pool(narrow, run, kept, version=2, categories=[])) == 9
    assert len(await pool(wide, run, kept, version=2, categories=[])) == 13


async def test_of_several_categories_the_first_one_with_a_card_counts(finding: Finding) -> None:
    run, kept, reading = finding.state.run.run, PoolCache(), reading_of(VIEWERS["admin"], finding.state)
    assert run is not None
    both = await pool(reading, run, kept, version=1, categories=["1", "2"])
    first = await pool(reading, run, kept, version=1, categories=["1"])
    chosen = first.active
    assert (both.category_posts[chosen] == first.category_posts[chosen]).all()
    assert both.active.sum() >= chosen.sum()
    assert "category" not in marks(both, run.names, in_category=False)
    assert set(marks(both, (), in_category=True)) == {"expected_reach", "category"}

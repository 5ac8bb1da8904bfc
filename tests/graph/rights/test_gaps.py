"""Ranks that somebody left are given to the peers, whatever is killed in between, and whoever else leaves meanwhile."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from neo4j import AsyncDriver

from graph.rights.gaps import close_gaps
from graph.rights.objections import object_to_rating, objected
from tests.graph.test_runs import begun, cards, publish

RANKS = np.array([[4, 1], [3, 2], [2, 3], [1, 0]])
VALUES = [[10.0, 9.0], [20.0, 8.0], [30.0, 7.0], [40.0, float("nan")]]
PEERS = (
    "MATCH (card:Scorecard) RETURN card.creatorId AS creator, card.ranks AS ranks, card.percentiles AS percentiles, card.scored AS scored, "
    "card.peers AS peers ORDER BY creator"
)


@pytest.fixture
async def published(graph: AsyncDriver) -> AsyncDriver:
    """Publish a run of four, one of whom has no value of the second indicator."""
    building = await begun(graph)
    await graph.execute_query("CREATE (:Creator {id: 'dan'})")
    four = replace(
        cards(VALUES[:3]),
        **{name: np.resize(getattr(cards(VALUES[:3]), name), (4, *getattr(cards(VALUES[:3]), name).shape[1:])) for name in WHOLE},
        creator=np.array(["ann", "bob", "cat", "dan"]),
        region=np.full(4, "US"),
        peers=np.full(4, 4),
        value=np.array(VALUES),
        rank=RANKS,
        scored=np.tile([4, 3], (4, 1)),
        percentile=np.array([[12.5, 250 / 3], [37.5, 50.0], [62.5, 50 / 3], [87.5, np.nan]]),
    )
    await publish(building, four)
    return graph


WHOLE = (
    *("window", "category", "low", "high", "evidence", "basis", "reason", "ordinal", "world_ordinal", "previous", "facts"),
    *("expected_rank", "rank_low", "rank_high", "level", "levels", "top", "normal_score", "normal_error", "lower_ordinal", "top_ordinal"),
    "forecast_ordinal",
)


async def left(graph: AsyncDriver, *creators: str) -> None:
    """Have creators leave by processes that are killed before they close what was left."""
    async with graph.session() as session:
        for each in creators:
            await session.execute_write(objected, each, now=7)


async def peers(graph: AsyncDriver) -> list[Any]:
    found = [each.data() for each in (await graph.execute_query(PEERS)).records]
    return [
        (each["creator"], each["ranks"], [round(share, 6) for share in each["percentiles"]], each["scored"], each["peers"])
        for each in found
    ]


async def test_whoever_repeats_an_objection_closes_what_a_kill_left_open(published: AsyncDriver) -> None:
    await left(published, "bob")
    assert await object_to_rating(published, "bob", objects=True, now=8, database="neo4j") is not None
    assert [each[1] for each in await peers(published)] == [[3, 1], [2, 2], [1, 0]]
    await close_gaps(published, database="neo4j")
    assert [each[1] for each in await peers(published)] == [[3, 1], [2, 2], [1, 0]], "each is closed once"
    assert (await published.execute_query("MATCH (gap:RankGap) RETURN count(gap)")).records[0].value() == 0


@pytest.mark.parametrize("batch", [1, 2_000])
async def test_two_who_leave_at_once_leave_no_hole(published: AsyncDriver, monkeypatch: pytest.MonkeyPatch, batch: int) -> None:
    monkeypatch.setattr("graph.rights.gaps.BATCH", batch)
    await left(published, "cat", "bob")
    await close_gaps(published, database="neo4j")
    [ann, dan] = await peers(published)
    assert ann == ("ann", [2, 1], [25.0, 50.0], [2, 1], 2)
    assert (dan[1], dan[2][0], dan[3], dan[4]) == ([1, 0], 75.0, [2, 1], 2)


async def test_a_database_that_is_lost_as_they_are_closed_takes_no_objection_back(
    published: AsyncDriver, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def lost(*_: object, **__: object) -> None:
        raise ConnectionError

    with monkeypatch.context() as broken:
        broken.setattr("graph.rights.gaps.read_rows", lost)
        assert await object_to_rating(published, "cat", objects=True, now=8, database="neo4j") is not None
    await close_gaps(published, database="neo4j")
    assert [each[1] for each in await peers(published)] == [[3, 1], [2, 2], [1, 0]]

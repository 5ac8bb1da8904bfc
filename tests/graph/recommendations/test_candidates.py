from __future__ import annotations

import numpy as np
import pytest
from neo4j import AsyncDriver

from graph.recommendations.candidates import audiences, cards, creators, exclusive_to, seen, worked_with
from graph.runs import scope_key
from graph.runs.run import Run
from tests.graph.recommendations.conftest import ALL, BRAND, CREATOR, Reader

MARKET = """
CREATE (c1:Creator {id: 'c1', region: 'US', followerCount: 10, salesConsent: true}), (c2:Creator {id: 'c2', region: 'GB'}),
       (c3:Creator {id: 'c3', region: 'US'}), (b1:Brand {id: 'b1'}), (b2:Brand {id: 'b2'})
CREATE (c1)-[:COLLABORATED_WITH {runId: 'r', lastAt: 100}]->(b1), (c2)-[:COLLABORATED_WITH {runId: 'r', lastAt: 100}]->(b1)
CREATE (c2)-[:COLLABORATED_WITH {runId: 'r', lastAt: 50}]->(b2), (c3)-[:COLLABORATED_WITH {runId: 'r', lastAt: 100}]->(b2)
CREATE (c3)-[:COLLABORATED_WITH {runId: 'old', lastAt: 100}]->(b1)
CREATE (c1)-[:HAS_AUDIENCE]->(:Audience {id: '1', dimension: 'AGE', bucket: '18-24', share: 0.5}),
       (c1)-[:HAS_AUDIENCE]->(:Audience {id: '2', dimension: 'AGE', bucket: '25-34'}),
       (c2)-[:HAS_AUDIENCE]->(:Audience {id: '3', dimension: 'GENDER', bucket: 'FEMALE', share: 1.0})
"""


async def test_creators_are_those_of_the_readers_regions(graph: AsyncDriver, reader: Reader) -> None:
    await graph.execute_query(MARKET)
    found = await creators(reader(ALL))
    assert (found.id, found.region, found.consent) == (("c1", "c2", "c3"), ("US", "GB", "US"), (True, False, False))
    assert np.array_equal(found.followers, [10, np.nan, np.nan], equal_nan=True)
    assert (await creators(reader(BRAND))).id == ("c1", "c3")
    assert (await creators(reader(CREATOR))).id == ()


async def test_ties_are_those_of_the_run_and_of_creators_who_are_seen(graph: AsyncDriver, reader: Reader) -> None:
    await graph.execute_query(MARKET)
    assert await worked_with(reader(ALL), "r", "b1") == {"c1", "c2"}
    assert await worked_with(reader(BRAND), "r", "b1") == {"c1"}
    assert await worked_with(reader(ALL), "r", "none such") == set()


async def test_who_worked_with_none_but_the_brands_lately_is_exclusive(graph: AsyncDriver, reader: Reader) -> None:
    await graph.execute_query(MARKET)
    assert await exclusive_to(reader(ALL), "r", ["b1"], since=60) == {"c1", "c2"}
    assert await exclusive_to(reader(ALL), "r", ["b1"], since=40) == {"c1"}
    assert await exclusive_to(reader(ALL), "r", ["b2"], since=60) == {"c3"}
    assert await exclusive_to(reader(ALL), "r", ["b1", "b2"], since=40) == {"c1", "c2", "c3"}
    assert await exclusive_to(reader(ALL), "r", ["b1"], since=101) == set()


async def test_audiences_are_known_shares_by_dimension(graph: AsyncDriver, reader: Reader) -> None:
    await graph.execute_query(MARKET)
    everyone = ["c1", "c2", "c3", "none such"]
    assert await audiences(reader(ALL), everyone) == {"c1": {"AGE": {"18-24": 0.5}}, "c2": {"GENDER": {"FEMALE": 1.0}}}
    assert await audiences(reader(BRAND), everyone) == {"c1": {"AGE": {"18-24": 0.5}}}


async def test_who_is_seen_comes_once_and_in_order(graph: AsyncDriver, reader: Reader) -> None:
    await graph.execute_query(MARKET)
    assert await seen(reader(BRAND), ["c3", "c2", "none such", "c1", "c3"]) == ["c3", "c1"]


RUN = Run(
    id="r",
    as_of=1,
    formula_version="1",
    names=("overall", "salesAbility"),
    fact_names=("views", "posts"),
    started_at=1,
    published_at=1,
    creators=2,
    scorecards=2,
    residual=0.0,
    run_data_version=1,
    totals={scope_key("r", 90, "k", "*"): (2, {})},
)


async def test_cards_are_columns_with_nan_for_what_is_not_there(
    graph: AsyncDriver, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    await graph.execute_query(
        "CREATE (:Scorecard {id: 'x', creatorId: 'c1', world: $world, overallWorldOrdinal: 0, overall: 60.0, lows: [50.0, $nan],"
        " highs: [70.0, $nan], facts: [9.0, 3.0]}), (:Scorecard {id: 'y', creatorId: 'c2', world: 0, overallWorldOrdinal: 0}),"
        " (:Scorecard {id: 'z', creatorId: 'c3', world: $world, overallWorldOrdinal: 1, lows: [$nan, $nan], highs: [$nan, $nan],"
        " facts: [1.0, 2.0]})",
        world=scope_key("r", 90, "k", "*"),
        nan=float("nan"),
    )
    found = await cards(reader(ALL), RUN, "k", facts=("posts", "unheard of", "views"))
    assert found.row == {"c1": 0, "c3": 1}
    assert np.array_equal(found.value, [[60, np.nan], [np.nan, np.nan]], equal_nan=True)
    assert np.array_equal(found.low, [[50, np.nan], [np.nan, np.nan]], equal_nan=True)
    assert np.array_equal(found.facts, [[3, np.nan, 9], [2, np.nan, 1]], equal_nan=True)
    monkeypatch.setattr("graph.recommendations.candidates.BATCH", 1)
    assert (await cards(reader(ALL), RUN, "k", facts=())).row == {"c1": 0, "c3": 1}
    nothing = await cards(reader(ALL), RUN, "none such", facts=("posts",))
    assert (nothing.row, nothing.value.shape, nothing.facts.shape) == ({}, (0, 2), (0, 1))

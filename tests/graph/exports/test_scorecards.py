"""A run's scorecards as a table: nothing of another run, nothing of creators out of sight, nothing of half a run."""

from __future__ import annotations

from math import nan
from pathlib import Path
from typing import Any

import orjson
import pytest
from neo4j import AsyncDriver

from graph.exports import Reading, RunDropped, Scorecards, export
from graph.exports import reading as module
from graph.runs import Run

RUN = Run("r000002", 1_700_000_000, "1.0", ("overall", "salesAbility"), ("posts", "tier"), 0, 0, 2, 3, 0.0, 0, {})

DRAW = """
CREATE (us:Creator {id: 'c1', handle: 'ann', region: 'US'}), (gb:Creator {id: 'c2', handle: 'bob', region: 'GB'}),
  (:Forecast {id: 'r000002|Creator:c1', runId: 'r000002', forForecast: 75.0}),
  (:Forecast {id: 'r000001|Creator:c2', runId: 'r000001', forForecast: 25.0})
WITH us, gb
UNWIND $cards AS card
WITH us, gb, card, CASE card.creatorId WHEN 'c1' THEN us ELSE gb END AS c
CREATE (k:Scorecard)-[:RATES]->(c)
SET k = card, k.id = card.runId + '|' + card.creatorId + '|' + card.window + '|' + card.categoryId
"""


def card(run: str, creator: str, window: int, value: float | None) -> dict[str, Any]:
    known = value is not None
    return {
        **{
            "runId": run,
            "creatorId": creator,
            "window": window,
            "categoryId": "*",
            "region": "US",
            "peers": 9,
            "overall": value,
            "salesAbility": 5.0,
        },
        **{
            "lows": [value - 1 if known else nan, 4.0],
            "highs": [value + 1 if known else nan, 6.0],
            "percentiles": [50.0 if known else nan, 10.0],
        },
        **{"ranks": [2 if known else 0, 9], "scored": [7, 9], "evidence": [12, 3], "previous": [nan, 5.5]},
        **{"expectedRanks": [2.5 if known else nan, 8.0], "rankLows": [1 if known else 0, 7], "rankHighs": [4 if known else 0, 9]},
        **{"levels": [1 if known else 0, 3], "levelCounts": [3 if known else 0, 3]},
        **{"topProbabilities": [*([0.9, 1.0, 1.0] if known else [nan] * 3), 0.0, 0.25, 1.0]},
        **{"reasons": ["" if known else "2 of 5 posts needed", ""], "bases": ["EVENTS" if known else "", "REPORTED"], "facts": [3.0, nan]},
    }


async def drawn(graph: AsyncDriver) -> None:
    cards = [card("r000002", "c1", 7, 60.5), card("r000002", "c1", 90, None), card("r000002", "c2", 7, 40.0)]
    await graph.execute_query(DRAW, cards=[*cards, card("r000001", "c1", 7, 1.0), card("r000003", "c1", 7, 1.0)])


async def rows(source: Scorecards, folder: Path) -> list[dict[str, Any]]:
    await export(source, folder / "cards.jsonl", "jsonl", overwrite=True)
    return [orjson.loads(line) for line in (folder / "cards.jsonl").read_bytes().splitlines()]


async def test_one_row_a_scorecard_with_all_that_a_score_carries(graph: AsyncDriver, tmp_path: Path) -> None:
    await drawn(graph)
    found = await rows(Scorecards(Reading(graph), RUN), tmp_path)
    place = {"creatorId": "c1", "handle": "ann", "region": "US", "categoryId": "*", "peers": 9}
    sales = {"salesAbility": 5.0, "salesAbilityLow": 4.0, "salesAbilityHigh": 6.0, "salesAbilityPercentile": 10.0, "salesAbilityRank": 9}
    sales |= {"salesAbilityExpectedRank": 8.0, "salesAbilityExpectedPercentile": pytest.approx(100 * 1.5 / 9), "salesAbilityLevel": 3}
    sales |= {"salesAbilityRankLow": 7, "salesAbilityRankHigh": 9, "salesAbilityLevelCount": 3}
    sales |= {"salesAbilityTop10Probability": 0.0, "salesAbilityTop50Probability": 0.25, "salesAbilityTop100Probability": 1.0}
    sales |= {"salesAbilityPeers": 9, "salesAbilityEvidence": 3, "salesAbilityPrevious": 5.5, "salesAbilityBasis": "REPORTED"}
    assert found[0] == {
        **place,
        **sales,
        **{
            "window": 7,
            "forForecast": 75.0,
            "overall": 60.5,
            "overallLow": 59.5,
            "overallHigh": 61.5,
            "overallPercentile": 50.0,
            "overallRank": 2,
        },
        **{"overallPeers": 7, "overallEvidence": 12, "overallBasis": "EVENTS"},
        **{"overallExpectedRank": 2.5, "overallExpectedPercentile": pytest.approx(100 * 5 / 7), "overallRankLow": 1, "overallRankHigh": 4},
        **{"overallLevel": 1, "overallLevelCount": 3},
        **{"overallTop10Probability": 0.9, "overallTop50Probability": 1.0, "overallTop100Probability": 1.0},
    }
    assert found[1] == {
        **place,
        **sales,
        "window": 90,
        "forForecast": 75.0,
        "overallPeers": 7,
        "overallEvidence": 12,
        "overallReason": "2 of 5 posts needed",
    }
    assert [row["creatorId"] for row in found] == ["c1", "c1", "c2"]
    assert "forForecast" not in found[2]


async def test_cards_of_runs_that_did_not_know_how_uncertain_ranks_are(graph: AsyncDriver, tmp_path: Path) -> None:
    await drawn(graph)
    await graph.execute_query(
        "MATCH (k:Scorecard) REMOVE k.expectedRanks, k.rankLows, k.rankHighs, k.levels, k.topProbabilities, k.levelCounts"
    )
    (first, *_) = await rows(Scorecards(Reading(graph), RUN), tmp_path)
    assert first["overall"] == 60.5
    assert not {"overallExpectedRank", "overallRankLow", "overallLevel", "overallTop10Probability"} & set(first)


async def test_cards_of_runs_that_did_not_count_levels(graph: AsyncDriver, tmp_path: Path) -> None:
    await drawn(graph)
    await graph.execute_query("MATCH (k:Scorecard) REMOVE k.levelCounts")
    (first, *_) = await rows(Scorecards(Reading(graph), RUN), tmp_path)
    assert first["overallLevel"] == 1
    assert "overallLevelCount" not in first


async def test_facts_come_where_they_are_asked_for(graph: AsyncDriver, tmp_path: Path) -> None:
    await drawn(graph)
    found = await rows(Scorecards(Reading(graph), RUN, facts_too=True), tmp_path)
    assert [(row["fact_posts"], row.get("fact_tier")) for row in found] == [(3.0, None)] * 3


async def test_creators_of_other_regions_are_left_out(graph: AsyncDriver, tmp_path: Path) -> None:
    await drawn(graph)
    assert [row["creatorId"] for row in await rows(Scorecards(Reading(graph), RUN, ("GB",)), tmp_path)] == ["c2"]
    assert await rows(Scorecards(Reading(graph), RUN, ()), tmp_path) == []


async def test_small_spans_change_nothing(graph: AsyncDriver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    await drawn(graph)
    whole = await rows(Scorecards(Reading(graph), RUN), tmp_path)
    monkeypatch.setattr(module, "SPAN", 1)
    assert await rows(Scorecards(Reading(graph), RUN), tmp_path) == whole


async def test_a_run_that_loses_scorecards_meanwhile_is_told(graph: AsyncDriver, tmp_path: Path) -> None:
    await drawn(graph)
    await graph.execute_query("MATCH (card:Scorecard {id: 'r000002|c2|7|*'}) DETACH DELETE card")
    with pytest.raises(RunDropped, match="run r000002 was dropped while it was exported"):
        await rows(Scorecards(Reading(graph), RUN, ("US",)), tmp_path)
    assert list(tmp_path.iterdir()) == []

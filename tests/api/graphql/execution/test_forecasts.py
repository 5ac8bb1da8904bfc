"""Forecasts as they are served: exact for those who may see exact sales, published ranges for the others."""

from __future__ import annotations

from typing import Final

import pytest

from graph.runs import place_by_forecast
from tests.api.graphql.execution.market import Market

FORECASTS: Final = """
UNWIND [
  {id: 'Creator:ben', expected: 250.0, median: 90.0, low: 0.0, high: 1200.0, chance: 0.75, forForecast: 83.5},
  {id: 'Creator:ana', expected: 40.0, forForecast: 12.5},
  {id: 'Brand:acme', expected: 300.0, low: 100.0, high: 900.0},
  {id: 'Category:shoes', expected: 5000.0, low: 2000.0, high: 20000.0}
] AS row
CREATE (f:Forecast {runId: $run})
SET f += row, f.id = $run + '|' + row.id
"""
OUTWARD: Final = """
UNWIND [
  {id: 'Creator:ben', expected: 2500.0, median: 90.0, low: 0.0, high: 12000.0, chance: 0.5, forForecast: 50.0},
  {id: 'Creator:ana', expected: 30.0, forForecast: 10.0},
  {id: 'Brand:acme', expected: 280.0},
  {id: 'Brand:bolt', expected: 80.0}
] AS row
CREATE (f:Forecast {runId: $run + '-outward'})
SET f += row, f.id = $run + '-outward|' + row.id
"""
METHOD: Final = """
MATCH (run:ScoringRun {id: $run})
SET run.forecastDates = [1700000000, 1697580800], run.forecastRows = 60,
    run.forecastNames = ['flow'], run.forecastMeanings = ['expected sales'], run.forecastWeights = [0.5],
    run.forecastChanceWeights = [0.2], run.forecastAmountWeights = [0.4],
    run.backtestAt = 1700000000, run.backtestCreators = 30, run.backtestCovered = 0.8, run.backtestSumsCovered = 0.75,
    run.backtestChances = [0.25], run.backtestSold = [0.2], run.backtestCounts = [30],
    run.backtestRivals = ['forecast', 'orders'], run.backtestErrors = [12.5, 20.0], run.backtestBest = [0.9, toFloat('NaN')]
"""
OF_CREATOR: Final = """{ creator(id: "%s") { forecast { exact expectedUsd medianUsd lowUsd highUsd saleProbability
  expectedRange { low high } medianRange { low high } lowRange { low high } highRange { low high } forForecast } } }"""
OF_SUMS: Final = """{ brand(id: "acme") { forecast { exact expectedUsd lowUsd highUsd expectedRange { low high } } }
  category(id: "shoes") { forecast { exact expectedUsd lowUsd highRange { low high } } } }"""


@pytest.fixture(scope="module", autouse=True)
async def _forecasts(market: Market) -> None:
    assert market.run.run is not None
    run = market.run.run.id
    for query in (FORECASTS, OUTWARD, METHOD):
        await market.driver.execute_query(query, run=run, database_="neo4j")
    async with market.driver.session() as session:
        await place_by_forecast(session)


@pytest.mark.parametrize("who", ["admin", "analyst", "creator"])
async def test_a_creators_amounts_are_exact_for_those_who_see_exact_sales(market: Market, who: str) -> None:
    found = await market.ask(who, OF_CREATOR % "ben")
    assert found["creator"]["forecast"] == {
        "exact": True,
        **{"expectedUsd": 250.0, "medianUsd": 90.0, "lowUsd": 0.0, "highUsd": 1200.0, "saleProbability": 0.75},
        "expectedRange": {"low": 100, "high": 1000},
        "medianRange": {"low": 0, "high": 100},
        "lowRange": {"low": 0, "high": 100},
        "highRange": {"low": 1000, "high": 10_000},
        "forForecast": 83.5,
    }


@pytest.mark.parametrize("who", ["partner", "brand"])
async def test_others_have_forecasts_of_their_own_told_as_ranges(market: Market, who: str) -> None:
    found = await market.ask(who, OF_CREATOR % "ben")
    assert found["creator"]["forecast"] == {
        "exact": False,
        **dict.fromkeys(("expectedUsd", "medianUsd", "lowUsd", "highUsd", "saleProbability", "forForecast")),
        "expectedRange": {"low": 1000, "high": 10_000},
        "medianRange": {"low": 0, "high": 100},
        "lowRange": {"low": 0, "high": 100},
        "highRange": {"low": 10_000, "high": 100_000},
    }


async def test_consent_shows_amounts_and_what_was_not_learnt_is_null(market: Market) -> None:
    found = (await market.ask("brand", OF_CREATOR % "ana"))["creator"]["forecast"]
    assert (found["exact"], found["expectedUsd"], found["forForecast"]) == (True, 30.0, 10.0)
    assert (found["lowUsd"], found["lowRange"], found["saleProbability"]) == (None, None, None)
    assert (await market.ask("admin", OF_CREATOR % "cat"))["creator"]["forecast"] is None


async def test_sums_are_for_those_who_see_all_and_a_brand_has_its_own(market: Market) -> None:
    found = {who: await market.ask(who, OF_SUMS) for who in ("admin", "partner", "creator")}
    assert found["admin"]["brand"]["forecast"] == {
        "exact": True,
        **{"expectedUsd": 300.0, "lowUsd": 100.0, "highUsd": 900.0},
        "expectedRange": {"low": 100, "high": 1000},
    }
    assert found["admin"]["category"]["forecast"] == {
        "exact": True,
        **{"expectedUsd": 5000.0, "lowUsd": 2000.0},
        "highRange": {"low": 10_000, "high": 100_000},
    }
    assert found["partner"]["brand"]["forecast"] == {
        "exact": True,
        **{"expectedUsd": 280.0, "lowUsd": None, "highUsd": None},
        "expectedRange": {"low": 100, "high": 1000},
    }
    assert found["creator"]["brand"]["forecast"] is None
    assert found["partner"]["category"]["forecast"] is found["creator"]["category"]["forecast"] is None


async def test_a_brand_sees_no_other_brands_sums(market: Market) -> None:
    found = await market.ask("brand", "{ brands { nodes { id forecast { expectedUsd } } } }")
    told = {each["id"] for each in found["brands"]["nodes"] if each["forecast"]}
    assert told == {"Brand:acme"}


async def test_how_a_run_forecast_is_not_for_brands(market: Market) -> None:
    (run,) = (await market.ask("brand", "{ scoringRuns { nodes { forecastMethod { rows } } } }"))["scoringRuns"]["nodes"]
    assert run["forecastMethod"] is None


async def test_the_run_says_how_it_forecast_and_how_well(market: Market) -> None:
    query = """{ scoringRuns { nodes { forecastMethod { dates rows weights { name meaning weight chanceWeight amountWeight } backtest {
      at creators covered sumsCovered reliability { probability sold creators } rivals { name errorUsd bestShare } } } } } }"""
    (run,) = (await market.ask("analyst", query))["scoringRuns"]["nodes"]
    assert run["forecastMethod"] == {
        "dates": ["2023-11-14T22:13:20Z", "2023-10-17T22:13:20Z"],
        "rows": 60,
        "weights": [{"name": "flow", "meaning": "expected sales", "weight": 0.5, "chanceWeight": 0.2, "amountWeight": 0.4}],
        "backtest": {
            "at": "2023-11-14T22:13:20Z",
            "creators": 30,
            "covered": 0.8,
            "sumsCovered": 0.75,
            "reliability": [{"probability": 0.25, "sold": 0.2, "creators": 30}],
            "rivals": [
                {"name": "forecast", "errorUsd": 12.5, "bestShare": 0.9},
                {"name": "orders", "errorUsd": 20.0, "bestShare": None},
            ],
        },
    }


async def test_a_ranking_is_in_the_order_of_forecasts_and_its_pages_are_too(market: Market) -> None:
    query = """query ($size: Int!, $after: String) {
      ranking(order: FORECAST, first: $size, after: $after) { totalCount edges { node { id } } pageInfo { hasNextPage endCursor } } }"""
    whole = (await market.ask("admin", query, size=10))["ranking"]
    ids = [each["node"]["id"] for each in whole["edges"]]
    assert (ids, whole["totalCount"]) == (["Creator:ben", "Creator:ana", "Creator:cat"], 3)
    found, after = [], None
    for _ in ids:
        page = (await market.ask("admin", query, size=1, after=after))["ranking"]
        found += [each["node"]["id"] for each in page["edges"]]
        after = page["pageInfo"]["endCursor"]
    assert (found, page["pageInfo"]["hasNextPage"]) == (ids, False)

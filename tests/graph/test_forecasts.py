"""Forecasts in the graph: stored with a run that is being made, unknown ones left out, gone with the run."""

import math

from neo4j import AsyncDriver

from graph.runs import (
    ForecastMethod,
    Forecasts,
    Plan,
    begin,
    clean,
    forecasts_of,
    place_by_forecast,
    store_forecast_method,
    store_forecasts,
)

PLAN = Plan(1, "1", ("overall",), (), "{}", 1, 0.0, 0, 1)
NAN = math.nan


async def test_what_is_known_is_stored_and_goes_with_the_run(graph: AsyncDriver) -> None:
    building = await begin(graph, PLAN, database="neo4j")
    people = Forecasts("Creator", ["ann", "bob", "cat"], {"expected": [5.0, 1.0, NAN], "low": [2.0, NAN, NAN]})
    brands = Forecasts("Brand", ["ann"], {"expected": [9.0]})
    await store_forecasts(building, [people, brands])
    await store_forecast_method(building, ForecastMethod({"forecastRows": 3, "backtestSumsCovered": NAN}))
    key = f"{building.id}|Creator:"
    assert await forecasts_of(graph, building.id, "Creator") == {
        "ann": {"id": f"{key}ann", "runId": building.id, "expected": 5.0, "low": 2.0},
        "bob": {"id": f"{key}bob", "runId": building.id, "expected": 1.0},
    }
    assert list(await forecasts_of(graph, building.id, "Brand")) == ["ann"]
    records = (
        await graph.execute_query("MATCH (run:BuildingRun) RETURN run.forecastRows AS rows, run.backtestSumsCovered AS covered")
    ).records
    assert [tuple(each.values()) for each in records] == [(3, None)]
    await clean(graph, database="neo4j")
    assert await forecasts_of(graph, building.id, "Creator") == {}


OLD_RUN = """
UNWIND [['ann', 1, null], ['bob', 0, 12.5], ['cat', 2, 83.5], ['dan', 3, null]] AS row
CREATE (:Scorecard {id: row[0], runId: 'r1', creatorId: row[0], world: 7, overallWorldOrdinal: row[1]})
CREATE (forecast:Forecast {id: 'r1|Creator:' + row[0], forForecast: row[2]})
"""
ORDINALS = "MATCH (card:Scorecard) RETURN card.creatorId AS creator, card.forecastOrdinal AS ordinal"


async def test_scorecards_of_runs_made_before_are_placed_by_forecast_even_after_a_kill(graph: AsyncDriver) -> None:
    await graph.execute_query(OLD_RUN, database_="neo4j")
    for killed in (False, True):
        if killed:
            await graph.execute_query("MATCH (card:Scorecard {id: 'ann'}) REMOVE card.forecastOrdinal", database_="neo4j")
        async with graph.session() as session:
            await place_by_forecast(session)
        found = (await graph.execute_query(ORDINALS, database_="neo4j")).records
        assert {record["creator"]: record["ordinal"] for record in found} == {"cat": 0, "bob": 1, "ann": 2, "dan": 3}

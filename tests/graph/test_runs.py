"""Scoring runs: unseen until published, then seen whole; superseded, dropped, cleaned up."""

import asyncio
from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Any

import numpy as np
import pytest
from neo4j import AsyncDriver

from graph.outbox import QUERY_DELETED, RUN_PUBLISHED, Event, Recorded, record
from graph.runs import (
    Building,
    Cards,
    CurrentRun,
    Plan,
    RunLost,
    begin,
    card_id,
    clean,
    previous_values,
    retain,
    scope_key,
    scorecard_properties,
    store,
    store_ties,
    totals,
)
from graph.runs.cards import numbers
from graph.runs.pace import FULL, Pace
from graph.runs.storing import BATCH, Scopes, statement

AT_COMMIT = 2.5
"""How much more a transaction takes while it is committed: 4,000 cards took 80 MB before, and more than the 190 MB that there were."""

NAMES = ("overall", "contentVolume")
MEMORY = "SHOW TRANSACTIONS YIELD estimatedUsedHeapMemory AS bytes"
SMALLEST_POOL = 512 * 2**20 * 3 // 4
"""What all transactions may take where the heap is the smallest that a database is given by itself."""
CREATORS = ("ann", "bob", "cat")


def cards(values: Sequence[Sequence[float]]) -> Cards:
    """Return one scorecard over everything for each creator, with these values."""
    rows, shape = len(values), (len(values), len(NAMES))
    text = np.full(shape, "", dtype=object)
    whole = np.arange(rows * len(NAMES), dtype=np.int64).reshape(shape)
    value = np.array(values, dtype=np.float64)
    return Cards(
        creator=np.array(CREATORS[:rows]),
        region=np.array(["US", "US", "GB"][:rows]),
        window=np.full(rows, 28),
        category=np.full(rows, "*"),
        peers=np.full(rows, rows),
        value=value,
        low=value - 1,
        high=value + 1,
        evidence=whole,
        basis=text,
        reason=text,
        percentile=value,
        rank=whole,
        scored=whole,
        ordinal=whole,
        world_ordinal=whole,
        previous=np.full(shape, np.nan),
        facts=np.full((rows, 2), 0.5),
        expected_rank=value,
        rank_low=whole,
        rank_high=whole,
        level=whole,
        levels=whole,
        top=np.stack([value, value + 1, value + 2], axis=2),
        normal_score=value,
        normal_error=value,
        lower_ordinal=whole,
        top_ordinal=whole,
        forecast_ordinal=np.arange(rows)[::-1],
    )


PLAN = Plan(
    as_of=100, formula_version="1", names=NAMES, fact_names=("a", "b"), fit="{}", started_at=5, residual=1e-12, data_version=3, read_at=6
)
SAMPLE = cards([[10.0, 1.0], [20.0, float("nan")], [30.0, 3.0]])


async def begun(driver: AsyncDriver, pace: Pace = FULL) -> Building:
    """Return a run that is being made, on a graph with its creators."""
    await driver.execute_query("UNWIND $ids AS id MERGE (:Creator {id: id})", ids=list(CREATORS), database_="neo4j")
    return await begin(driver, PLAN, database="neo4j", pace=pace)


async def publish(building: Building, sample: Cards = SAMPLE) -> str:
    """Store and publish, and return the run's id."""
    await store(building, sample)
    await building.publish(totals(building.id, sample, NAMES), creators=3, scorecards=len(sample), published_at=9)
    return building.id


async def count(driver: AsyncDriver, pattern: str) -> int:
    """Return how often a pattern occurs."""
    records = (await driver.execute_query(f"MATCH {pattern} RETURN count(*) AS n", database_="neo4j")).records  # type: ignore[arg-type]
    return int(records[0]["n"])


async def test_a_run_is_unseen_until_it_is_published_and_then_whole(graph: AsyncDriver) -> None:
    building = await begun(graph)
    await store(building, SAMPLE)
    current = CurrentRun(graph)
    await current.refresh()
    assert (current.id, current.as_of, current.names, await current.fit()) == (None, None, (), None)
    assert await count(graph, "(:ScoringRun)") == 0
    await building.publish(totals(building.id, SAMPLE, NAMES), creators=3, scorecards=3, published_at=9)
    await current.refresh()
    assert (current.id, current.as_of, current.formula_version, current.names) == ("r000001", 100, "1", NAMES)
    assert await current.fit() == "{}"
    assert current.run is not None
    assert (current.run.creators, current.run.scorecards, current.run.published_at, current.run.run_data_version) == (3, 3, 9, 3)
    assert current.run.fact_names == ("a", "b")
    assert current.run.totals[scope_key("r000001", 28, "*", "US")] == (2, {"overall": 2, "contentVolume": 1})
    assert current.run.totals[scope_key("r000001", 28, "*", "*")] == (3, {"overall": 3, "contentVolume": 2})


async def test_a_scorecard_holds_what_is_declared_and_leaves_out_what_is_null(graph: AsyncDriver) -> None:
    run = await publish(await begun(graph))
    query = "MATCH (card:Scorecard {id: $id})-[:RATES]->(c:Creator) RETURN card {.*} AS card, c.id AS creator"
    (record,) = (await graph.execute_query(query, id=card_id(run, "bob", 28, "*"), database_="neo4j")).records
    card = record["card"]
    declared = {each.name for each in scorecard_properties(NAMES)}
    assert set(card) == declared - {"contentVolume"}
    assert (record["creator"], card["overall"], card["overallOrdinal"], card["contentVolumeWorldOrdinal"]) == ("bob", 20.0, 2, 3)
    assert (card["scope"], card["world"]) == (scope_key(run, 28, "*", "US"), scope_key(run, 28, "*", "*"))
    assert (card["evidence"], card["facts"], card["lows"][0]) == ([2, 3], [0.5, 0.5], 19.0)
    assert np.isnan(card["lows"][1])
    assert (card["overallLowerOrdinal"], card["contentVolumeTopOrdinal"], card["levels"], card["rankHighs"]) == (2, 3, [2, 3], [2, 3])
    assert card["forecastOrdinal"] == 1
    assert card["topProbabilities"][:3] == [20.0, 21.0, 22.0]


async def test_the_next_run_supersedes_and_stands_beside_the_values_before(graph: AsyncDriver) -> None:
    await publish(await begun(graph))
    keys = [("bob", 28, "*"), ("ann", 28, "*"), ("ann", 7, "*")]
    previous = await previous_values(graph, keys, ("contentVolume", "overall", "unheard"), database="neo4j")
    assert np.array_equal(previous, [[np.nan, 20, np.nan], [1, 10, np.nan], [np.nan] * 3], equal_nan=True)
    assert await publish(await begun(graph)) == "r000002"
    assert await count(graph, "(run:ScoringRun {status: 'current'})") == 1
    assert await count(graph, "(run:ScoringRun {status: 'superseded'})") == 1


async def test_what_a_killed_run_left_is_cleaned_up_and_its_number_used_again(graph: AsyncDriver) -> None:
    first = await publish(await begun(graph))
    killed = await begun(graph)
    await store(killed, SAMPLE)
    assert await clean(graph, database="neo4j") == 1
    assert await count(graph, "(:Scorecard)") == 3
    again = await begun(graph)
    assert (first, killed.id, again.id) == ("r000001", "r000002", "r000002")
    with pytest.raises(RunLost, match="another process"):
        await store(killed, SAMPLE)
    with pytest.raises(RunLost):
        await killed.publish({}, creators=3, scorecards=3, published_at=9)
    assert await publish(again) == "r000002"


async def test_old_runs_are_dropped_with_all_that_hangs_on_them(graph: AsyncDriver) -> None:
    for _ in range(4):
        building = await begun(graph)
        await graph.execute_query("MERGE (:Brand {id: 'acme'})", database_="neo4j")
        await store_ties(building, Tied())
        await publish(building)
    assert await retain(graph, 2, database="neo4j") == 2
    assert await count(graph, "(:ScoringRun)") == 2
    assert await count(graph, "(:Scorecard)") == 6
    assert await count(graph, "(:Creator)-[:COLLABORATED_WITH]->(:Brand)") == 2
    assert await count(graph, "(:ScoringRun {id: 'r000004', status: 'current'})") == 1


class Tied:
    """One tie of ann's."""

    creator = np.array(["ann"])
    brand = np.array(["acme"])
    times = np.array([2])
    gmv_usd = np.array([3.5])
    first_at = np.array([7])
    last_at = np.array([8])


async def test_ties_are_marked_with_their_run(graph: AsyncDriver) -> None:
    building = await begun(graph)
    await graph.execute_query("MERGE (:Brand {id: 'acme'})", database_="neo4j")
    await store_ties(building, Tied())
    query = "MATCH (:Creator {id: 'ann'})-[tie:COLLABORATED_WITH]->(:Brand {id: 'acme'}) RETURN tie {.*} AS tie"
    (record,) = (await graph.execute_query(query, database_="neo4j")).records
    assert record["tie"] == {"runId": building.id, "times": 2, "gmvUsd": 3.5, "firstAt": 7, "lastAt": 8}


async def test_batches_keep_a_creators_cards_together(graph: AsyncDriver, monkeypatch: Any) -> None:
    monkeypatch.setattr("graph.runs.storing.BATCH", 1)
    written: list[int] = []
    building = await begun(graph)
    await store(building, SAMPLE, progress=written.append)
    assert written == [1, 1, 1]
    assert await count(graph, "(:Scorecard)-[:RATES]->(:Creator)") == 3


async def test_readers_follow_without_asking(graph: AsyncDriver) -> None:
    heard: list[Recorded] = []
    async with CurrentRun(graph, seconds=0.02, told=heard.append) as current:
        assert current.id is None
        run = await publish(await begun(graph))
        async with graph.session() as session:
            await session.execute_write(record, Event(QUERY_DELETED, "q"))
        async with asyncio.timeout(5):
            while (current.id, current.data_version, len(heard)) != (run, 2, 2):
                await asyncio.sleep(0.01)
    assert [(each.number, each.event) for each in heard] == [(1, Event(RUN_PUBLISHED, run)), (2, Event(QUERY_DELETED, "q"))]


async def test_a_run_that_cannot_be_read_is_logged_and_the_next_one_is_found(graph: AsyncDriver, caplog: pytest.LogCaptureFixture) -> None:
    async with CurrentRun(graph, seconds=0.02) as current:
        first = current.run
        await graph.execute_query("CREATE (:ScoringRun {id: 'of another version', status: 'current'})")
        async with asyncio.timeout(5):
            while "the current run cannot be read" not in caplog.text:
                await asyncio.sleep(0.01)
        assert current.run is first
        await graph.execute_query("MATCH (run:ScoringRun) DETACH DELETE run")
        run = await publish(await begun(graph))
        async with asyncio.timeout(5):
            while current.id != run:
                await asyncio.sleep(0.01)


def test_keys_are_positive_integers_of_64_bits_that_tell_scopes_apart() -> None:
    keys = {scope_key("r1", window, category, region) for window in (7, 28) for category in ("*", "1") for region in ("US", "*")}
    assert len(keys) == 8
    assert all(0 <= key < 2**63 for key in keys)


async def test_what_two_writers_store_at_once_fits_the_smallest_database(graph: AsyncDriver, monkeypatch: pytest.MonkeyPatch) -> None:
    names = ("overall", *(f"indicator{number}" for number in range(8)))
    monkeypatch.setattr(f"{__name__}.NAMES", names)
    few, drawn = cards([[float(row)] * len(names) for row in range(3)]), np.resize(np.arange(3), BATCH)
    many = replace(Cards(**{column.name: getattr(few, column.name)[drawn] for column in fields(Cards)}), facts=np.full((BATCH, 100), 0.5))
    building = await begin(graph, replace(PLAN, names=names), database="neo4j")
    await graph.execute_query("UNWIND $ids AS id MERGE (:Creator {id: id})", ids=list(CREATORS), database_="neo4j")
    batch = {**Scopes(building.id).keys(many, np.arange(BATCH)), **numbers(many, names, np.arange(BATCH))}
    batch |= {"run": building.id, "token": building.token, "id": [str(number) for number in range(BATCH)]}
    async with graph.session(database="neo4j") as session, await session.begin_transaction() as transaction:
        await (await transaction.run(statement(names), batch)).consume()
        found = (await graph.execute_query(MEMORY, database_="neo4j")).records
    assert 1_000_000 < max(row["bytes"] for row in found) * AT_COMMIT * FULL.writers < SMALLEST_POOL

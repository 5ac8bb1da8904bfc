"""A scoring run from the graph and back into it."""

import asyncio
import json
import math
import os
import signal
import sys
from typing import Any

import numpy as np
import pytest
from neo4j import AsyncDriver

from api.runs.inputs import NothingToScore, read_market
from api.runs.scorecards import fact_names, scored
from api.runs.scoring_run import score
from graph.reader import Reader
from graph.runs import CurrentRun, forecasts_of, outward_id
from scoring import FACTS, NAMES, Fit, camel, explain
from scoring.facts import BESIDE, COLUMNS, GROUP, SOLVED, Period
from scoring.forecast import outlook
from tests.api.drawn_market import END, draw_market
from tests.graph.load.market import loaded, order, row, sale

OF_THE_RUN = ("id", "runId", "scope", "world", "previous")


async def cards(driver: AsyncDriver, run: str) -> dict[str, dict[str, Any]]:
    """Return a run's scorecards by creator, window and category."""
    query = "MATCH (card:Scorecard {runId: $run}) RETURN card {.*} AS card"
    records = (await driver.execute_query(query, run=run, database_="neo4j")).records
    return {record["card"]["id"].partition("|")[2]: record["card"] for record in records}


def told(card: dict[str, Any]) -> str:
    """Return what a card says apart from its run, to the last bit."""
    return json.dumps({name: value for name, value in sorted(card.items()) if name not in OF_THE_RUN})


def test_the_facts_are_what_the_formulas_read() -> None:
    computed = {each.name for each in (*COLUMNS, *SOLVED)}
    assert computed >= FACTS
    assert set(fact_names()) - {"tier"} == FACTS | BESIDE
    assert not computed & {each.name for each in GROUP}


async def test_two_runs_of_the_same_data_and_date_say_the_same_to_the_last_bit(graph: AsyncDriver, monkeypatch: Any) -> None:
    await draw_market(graph)
    first = await score(graph, as_of=END)
    monkeypatch.setattr("graph.events.spans.SLICE_ROWS", 7)
    monkeypatch.setattr("graph.reader.BATCH", 2)
    monkeypatch.setattr("graph.reader.SESSIONS", 2)
    monkeypatch.setattr("graph.runs.storing.BATCH", 10)
    second = await score(graph, as_of=END)
    before, after = await cards(graph, first.run), await cards(graph, second.run)
    assert (first.run, second.run, len(before)) == ("r000001", "r000002", first.scorecards)
    assert {key: told(card) for key, card in before.items()} == {key: told(card) for key, card in after.items()}
    names = [camel(name) for name in NAMES]
    for key, card in after.items():
        values = [before[key].get(name, math.nan) for name in names]
        assert np.array_equal(card["previous"], values, equal_nan=True)


async def test_scores_exist_and_stored_facts_explain_them_exactly(graph: AsyncDriver) -> None:
    await draw_market(graph)
    outcome = await score(graph, as_of=END)
    current = CurrentRun(graph)
    await current.refresh()
    assert current.run is not None
    card = (await cards(graph, outcome.run))["c07|90|*"]
    assert all(camel(name) in card for name in NAMES)
    facts = {name: np.array([value]) for name, value in zip(current.run.fact_names, card["facts"], strict=True)}
    groups = {"window": [card["window"]], "region": [card["region"]], "category": [card["categoryId"]]}
    rows = facts | {name: np.array(value) for name, value in groups.items()} | {"tier": facts["tier"].astype(np.int64)}
    fit = Fit.from_json(await current.fit() or "")
    for name in NAMES:
        (explanation,) = explain(rows, fit, name)
        assert explanation.value == card[camel(name)]


async def test_a_category_has_a_card_only_where_something_has_a_value(graph: AsyncDriver) -> None:
    await draw_market(graph)
    found = await cards(graph, (await score(graph, as_of=END)).run)
    names = [camel(name) for name in NAMES]
    assert all(any(name in card for name in names) for card in found.values() if card["categoryId"] != "*")
    assert {card["categoryId"] for card in found.values()} == {"*", "1", "11", "2"}
    assert sum(card["categoryId"] == "*" for card in found.values()) == 12 * 3


async def test_an_earlier_date_is_scored_from_what_was_known_then(graph: AsyncDriver) -> None:
    await draw_market(graph, end=END - 30 * 86_400)
    reader = Reader(graph)
    before = scored(await read_market(reader, Period(END - 30 * 86_400)))
    later = """
    MATCH (s:Sale)
    SET s.seenAt = [s.at, $end - 1], s.statuses = [s.status, 'REFUNDED'], s.refundedQuantities = [s.refundedQuantity, 2]
    SET s.status = 'REFUNDED'
    """
    await graph.execute_query(later, end=END, database_="neo4j")
    again = scored(await read_market(reader, Period(END - 30 * 86_400)))
    assert before.cards.value.tobytes() == again.cards.value.tobytes()


async def test_forecasts_are_stored_as_they_are_computed(graph: AsyncDriver) -> None:
    await draw_market(graph)
    outcome = await score(graph, as_of=END)
    found = await read_market(Reader(graph), Period(END))
    ahead = outlook(found, scored(found).selling)
    stored = await forecasts_of(graph, outcome.run, "Creator")
    for creator, expected, place in zip(found.creators.id, ahead.creators.expected, ahead.for_forecast, strict=True):
        assert (stored[creator]["expected"], stored[creator]["forForecast"]) == (expected, place)
    assert len(stored) == 12
    over_90 = [card for key, card in (await cards(graph, outcome.run)).items() if key.endswith("|90|*")]
    by_place = sorted(over_90, key=lambda card: card["forecastOrdinal"])
    assert [card["forecastOrdinal"] for card in by_place] == list(range(12))
    expected = sorted(over_90, key=lambda card: (-stored[card["creatorId"]]["forForecast"], card["overallWorldOrdinal"]))
    assert by_place == expected
    brands = await forecasts_of(graph, outcome.run, "Brand")
    assert sum(each["expected"] for each in brands.values()) == pytest.approx(ahead.creators.expected.sum())
    (record,) = (await graph.execute_query("MATCH (run:ScoringRun) RETURN run.forecastRows AS rows, run.forecastDates AS dates")).records
    assert (record["rows"], record["dates"]) == (ahead.rows, list(ahead.dates))


async def test_the_date_comes_from_the_data_when_none_is_given(graph: AsyncDriver) -> None:
    await draw_market(graph)
    outcome = await score(graph)
    assert outcome.as_of < END + 10 * 86_400
    assert outcome.until == outcome.as_of // 86_400 * 86_400


async def test_an_empty_graph_is_refused_with_the_remedy(graph: AsyncDriver) -> None:
    with pytest.raises(NothingToScore, match="--as-of"):
        await score(graph)
    with pytest.raises(NothingToScore, match="creatorgraph import"):
        await score(graph, as_of=END)


async def test_a_date_far_beyond_the_data_is_refused_with_the_last_one_that_is_not(graph: AsyncDriver) -> None:
    await draw_market(graph)
    with pytest.raises(NothingToScore, match=r"nothing is known of the 90 days before .* use --as-of 20\d\d-\d\d-\d\d"):
        await score(graph, as_of=END + 200 * 86_400)
    assert not (await graph.execute_query("MATCH (run:ScoringRun) RETURN run")).records


async def test_a_date_before_all_data_is_refused_with_the_first_one(graph: AsyncDriver) -> None:
    await draw_market(graph)
    with pytest.raises(NothingToScore, match=r"nothing was known on 2017-01-01: the data begin on 20\d\d-\d\d-\d\d; use a later --as-of"):
        await score(graph, as_of=1_483_228_800)
    assert not (await graph.execute_query("MATCH (run:ScoringRun) RETURN run")).records


async def test_a_date_at_which_only_later_exports_know_of_is_refused_in_these_words(graph: AsyncDriver) -> None:
    lines = [sale("o:1", content_id="v1", creator_id="x", at=1_769_731_200)]
    await loaded(graph, [row("contents", 1_769_904_000, id="v1", kind="VIDEO", published_at=1_766_000_000), order(1_769_904_000, *lines)])
    with pytest.raises(NothingToScore, match=r"nothing was known on 2026-01-02: all earlier events \(from 2025-12-17 on\)"):
        await score(graph, as_of=1_767_312_000)


async def test_two_runs_at_once_are_made_one_after_the_other(graph: AsyncDriver) -> None:
    await draw_market(graph)
    heard: list[tuple[str, str]] = []

    async def one(name: str) -> str:
        return (await score(graph, as_of=END, tell=lambda phase, *_: heard.append((name, phase)))).run

    assert set(await asyncio.gather(one("a"), one("b"))) == {"r000001", "r000002"}
    working = [name for name, phase in heard if not phase.startswith("waiting")]
    assert "".join(working) in ("a" * working.count("a") + "b" * working.count("b"), "b" * working.count("b") + "a" * working.count("a"))


async def test_readers_see_whole_runs_only(graph: AsyncDriver) -> None:
    await draw_market(graph)
    await score(graph, as_of=END)
    query = """
    MATCH (run:ScoringRun {status: 'current'})
    RETURN run.id AS id, run.scorecardCount = COUNT { (:Scorecard {runId: run.id})-[:RATES]->() } AS whole
    """
    seen: set[tuple[str, bool]] = set()
    scoring = asyncio.create_task(score(graph, as_of=END))
    while not scoring.done():
        seen |= {(record["id"], record["whole"]) for record in (await graph.execute_query(query, database_="neo4j")).records}
    await scoring
    assert seen <= {("r000001", True), ("r000002", True)}
    assert ("r000001", True) in seen


KILLED = """
import asyncio, os, sys
from api.runs import scoring_run
from graph.connection import open_driver

def tell(phase, done, total):
    if phase == "store" and done:
        print("storing", flush=True)
        asyncio.current_task() and __import__("time").sleep(60)

async def main():
    import graph.runs.storing
    graph.runs.storing.BATCH = 10
    async with open_driver(os.environ["NEO4J_URI"], auth=(os.environ["NEO4J_USERNAME"], os.environ["NEO4J_PASSWORD"])) as driver:
        await scoring_run.score(driver, as_of=int(sys.argv[1]), tell=tell)

asyncio.run(main())
"""


@pytest.mark.fault
async def test_a_run_killed_while_it_stores_leaves_readers_alone_and_is_cleaned_up(graph: AsyncDriver, neo4j_env: dict[str, str]) -> None:
    await draw_market(graph)
    first = await score(graph, as_of=END)
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-c", KILLED, str(END), stdout=asyncio.subprocess.PIPE, env={**os.environ, **neo4j_env}
    )
    assert child.stdout is not None
    assert await child.stdout.readline() == b"storing\n"
    child.send_signal(signal.SIGKILL)
    await child.wait()
    query = "MATCH (card:Scorecard) WHERE card.runId <> $run RETURN count(card) AS left"
    assert (await graph.execute_query(query, run=first.run, database_="neo4j")).records[0]["left"] > 0
    current = CurrentRun(graph)
    await current.refresh()
    assert current.id == first.run
    second = await score(graph, as_of=END, kept=1)
    assert second.run == "r000002"
    count = "MATCH (card:Scorecard) RETURN count(CASE card.runId WHEN $run THEN 1 END) AS left, count(DISTINCT card.runId) AS runs"
    left = (await graph.execute_query(count, run=second.run, database_="neo4j")).records[0]
    assert (left["left"], left["runs"]) == (second.scorecards, 2)
    assert {current.seen(outward=outward).cards for outward in (False, True)} == {first.run, outward_id(first.run)}


async def test_appeals_belong_to_their_run_and_go_with_it(graph: AsyncDriver) -> None:
    await draw_market(graph)
    await score(graph, as_of=END, kept=1)
    last = await score(graph, as_of=END, kept=1)
    query = "MATCH (a:SalesAppeal)-[:APPEAL_OF]->(of) RETURN a.runId AS run, labels(of) AS labels, a {.*} AS told"
    found = (await graph.execute_query(query, database_="neo4j")).records
    assert {record["run"] for record in found} == {last.run}
    assert {label for record in found for label in record["labels"]} == {"Product"}
    for record in found:
        told = record["told"]
        assert 0 < told["low"] < told["ratio"] < told["high"]
        assert told["posts"] >= 1

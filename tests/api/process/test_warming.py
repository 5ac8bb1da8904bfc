from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from neo4j import AsyncDriver

from api.access.viewer import Role
from api.http.health import checked
from api.pages.examples import EXAMPLES
from api.process.state import State
from api.process.warming import Warming, warm, warming, warming_of
from api.runs.scoring_run import score
from graph.feeds import events_after
from graph.networks.neighbours import Expansion, Neighbours, neighbours_of
from graph.recommendations.reading import Reading
from tests.api.drawn_market import END, draw_market
from tests.api.processes import process

LONG = 200
EVERYTHING = "MATCH (n) WHERE NOT n:Event RETURN count(n) AS nodes, count { ()-->() } AS edges"


@pytest.fixture
async def state(graph: AsyncDriver, tmp_path: Path) -> AsyncIterator[State]:
    made = process(graph, tmp_path, cache=tmp_path / "cache")  # no explorer is built there
    async with made.run:
        yield made
    await made.own.end()
    made.store.close()


@pytest.fixture
async def scored(graph: AsyncDriver) -> None:
    await draw_market(graph)
    await score(graph, as_of=END)


async def test_every_role_s_questions_are_answered_and_nothing_is_changed(
    scored: None, graph: AsyncDriver, state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    expanded: list[Neighbours] = []

    async def all_there_is() -> Any:
        return (await graph.execute_query(EVERYTHING)).records[0].data(), await events_after(graph, 0)

    async def noted(reading: Reading, expansion: Expansion) -> Neighbours:
        expanded.append(await neighbours_of(reading, expansion))
        return expanded[-1]

    monkeypatch.setattr("api.features.neighbours.neighbours.neighbours_of", noted)
    before = await all_there_is()
    await warm(state, LONG)
    asked = sum(len(EXAMPLES[role]) for role in (Role.ANALYST, Role.PARTNER, Role.CREATOR))
    assert warming_of(state) == Warming(over=True, done=asked, total=asked)
    assert await all_there_is() == before
    assert [bool(each.new and each.worked) for each in expanded] == [True, True], "an example of nobody would plan half of it"


async def test_one_that_fails_keeps_none_from_being_asked(
    scored: None, graph: AsyncDriver, state: State, caplog: pytest.LogCaptureFixture
) -> None:
    await graph.execute_query("MATCH (run:ScoringRun) SET run.fit = 'none', run.outwardFits = 'none'")
    await warm(state, LONG)
    assert warming_of(state).done == warming_of(state).total > 0
    assert {each.message for each in caplog.records} == {"a typical query has failed; whoever asks the like may be told so too"}


async def test_meanwhile_the_process_is_not_ready(scored: None, state: State) -> None:
    async def warmth() -> tuple[bool, str]:
        return next((check.ok, check.detail) for check in await checked(state) if check.name == "warm-up")

    assert await warmth() == (True, "none needed")
    asking = asyncio.create_task(warm(state, LONG))
    while not warming_of(state).total:
        await asyncio.sleep(0.01)
    ready, detail = await warmth()
    assert not ready
    assert detail.endswith(f"of {warming_of(state).total} typical queries answered")
    await asking
    assert (await warmth())[0]


async def test_it_ends_when_its_time_is_up_or_the_process_ends(scored: None, state: State) -> None:
    await warm(state, 0.05)
    assert warming_of(state).over
    assert warming_of(state).done < max(1, warming_of(state).total)
    async with asyncio.timeout(LONG):
        async with warming(state):
            await asyncio.sleep(0.05)
    assert warming_of(state).over


async def test_an_empty_graph_needs_no_partner(state: State) -> None:
    await warm(state, LONG)
    assert warming_of(state).done == len(EXAMPLES[Role.ANALYST])

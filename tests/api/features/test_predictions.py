"""`coldStart` and `spillover` of a real run on a simulated market: what is served is what the run computed, within what one may see."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import pytest

from api.access.viewer import Role, Viewer
from api.graphql.execution.execution import execute
from api.graphql.execution.request import GraphQLRequest
from api.process.state import State
from api.runs.inputs import read_market
from api.runs.predictions import predictions
from api.runs.scoring_run import score
from graph.load import load
from graph.load.folders import items_of
from graph.reader import Reader
from graph.runs import Predictions
from scoring.coldstart import Gain
from scoring.facts import Period
from scoring.spillover import REASONS, Misplacement
from simulation import market
from simulation.regimes import regime
from simulation.writing import write_tables
from tests.api.processes import process
from tests.conftest import EMPTY, TestServer

VIEWERS: Final = {
    "admin": Viewer("k1", "root", Role.ADMIN),
    "nowhere": Viewer("k2", "elsewhere", Role.BRAND, ("FR",), ("b0",)),
}
PAGE: Final = """
query ($ids: [ID!]!) {
  nodes(ids: $ids) { ... on Creator {
    id
    coldStart { expectedUsd lowUsd highUsd basis gain newcomers }
    spillover { lift low high reason }
  } }
}
"""
MODELS: Final = """
{ scoringRuns(first: 1) { nodes {
  coldStartModel { basis newcomers error groupMeanError gain replayedRatio }
  spilloverModel { orders creditedToNext creditedToLast lags { fromDays toDays video live } }
  deliveryModel { samples basis }
} } }
"""


@dataclass
class Served:
    """A process on the market, and what its run computed, by table."""

    state: State
    made: dict[str, Predictions]

    async def ask(self, who: str, query: str, **variables: Any) -> Any:
        result = await execute(GraphQLRequest(query, variables=variables), VIEWERS[who], self.state)
        assert "errors" not in result, result["errors"]
        return result["data"]

    async def creators(self, who: str, ids: list[str]) -> list[Any]:
        return (await self.ask(who, PAGE, ids=[f"Creator:{each}" for each in ids]))["nodes"]


@pytest.fixture(scope="module")
async def served(neo4j: TestServer, _schema: None, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Served]:
    made, folder = market(3, creators=300, days=180, like=regime("misattribution")), Path(tmp_path_factory.mktemp("market"))
    write_tables(made.tables, folder)
    as_of = made.world.period.end
    async with neo4j.driver() as driver:
        async with driver.session() as session:
            await (await session.run(EMPTY)).consume()
        await load(driver, items_of([folder]))
        await score(driver, as_of=as_of)
        computed = predictions(await read_market(Reader(driver, "neo4j"), Period(as_of)))
        state = process(driver, tmp_path_factory.mktemp("home"), max_cost=10**6, cost_budget=10**9)
        await state.run.refresh()
        yield Served(state, {each.table: each for each in computed})
        state.store.close()
        async with driver.session() as session:
            await (await session.run(EMPTY)).consume()


async def test_who_has_sold_nothing_is_answered_for_and_nobody_else(served: Served) -> None:
    table = served.made["cold-start"]
    sellers = sorted(set(served.made["spillover"].keys) - set(table.keys))[:3]
    found = await served.creators("admin", [*list(table.keys)[:3], *sellers])
    gain = Gain.from_json(table.learnt)
    for node, row in zip(found, table.rows[:3].tolist(), strict=False):
        told = node["coldStart"]
        assert [told["expectedUsd"], told["lowUsd"], told["highUsd"]] == row
        assert (told["basis"], told["gain"], told["newcomers"]) == (gain.basis, gain.share, gain.newcomers)
    assert [node["coldStart"] for node in found[3:]] == [None] * 3


async def test_lifts_are_rounded_and_carry_a_reason_where_there_is_none(served: Served) -> None:
    table = served.made["spillover"]
    known, unknown = (np.flatnonzero((table.rows[:, 3] > 0) == few)[:2].tolist() for few in (False, True))
    found = await served.creators("admin", [table.keys[at] for at in (*known, *unknown)])
    for node, at in zip(found, known, strict=False):
        assert node["spillover"] == {
            "lift": round(table.rows[at, 0], 2),
            "low": round(table.rows[at, 1], 2),
            "high": round(table.rows[at, 2], 2),
            "reason": None,
        }
    for node, at in zip(found[2:], unknown, strict=True):
        assert node["spillover"] == {"lift": None, "low": None, "high": None, "reason": REASONS[int(table.rows[at, 3])]}


async def test_who_may_not_see_a_creator_is_told_nothing(served: Served) -> None:
    assert await served.creators("nowhere", list(served.made["spillover"].keys[:2])) == [None, None]


async def test_a_run_says_what_it_learnt_and_measured(served: Served) -> None:
    (node,) = (await served.ask("admin", MODELS))["scoringRuns"]["nodes"]
    gain, learnt = Gain.from_json(served.made["cold-start"].learnt), Misplacement.from_json(served.made["spillover"].learnt)
    assert node["coldStartModel"]["error"] == gain.error
    assert node["coldStartModel"]["gain"] == gain.share
    assert node["spilloverModel"]["creditedToNext"] == learnt.next
    assert [lag["video"] for lag in node["spilloverModel"]["lags"]] == list(learnt.video)
    assert node["spilloverModel"]["lags"][-1]["toDays"] is None
    assert node["deliveryModel"]["samples"] >= 50

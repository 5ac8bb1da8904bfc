"""What it costs that brands and partners have scorecards of their own: in a run, and in reading."""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from typing import Final
from unittest.mock import patch

import numpy as np
from neo4j import AsyncDriver

from api.access.viewer import Role, Viewer
from api.graphql.execution.execution import execute
from api.graphql.execution.request import GraphQLRequest
from api.process.state import State, opened
from api.runs import scoring_run
from api.runs.beside import outward_beside
from api.runs.inputs import Work, read_work
from api.runs.outward import Outward
from api.runs.scoring_run import score
from api.settings import Settings
from bench.figures import Figure, Report
from bench.filling import fill
from bench.reads import jars
from graph.connection import open_driver
from graph.reader import Reader
from graph.runs import CurrentRun
from graph.runs.run import Run
from graph.server import Memory, PrivateServer
from simulation.market import market

CREATORS: Final = 2_000
DAYS: Final = 90
RUNS: Final = 3
TIMES: Final = 60
MEMORY: Final = Memory(heap=1024, page_cache=512)
BRAND: Final = Viewer("bench", "bench", Role.BRAND, ("US",), ("b0",))
PAGE: Final = """{ ranking(by: OVERALL, region: "US", first: 50) { totalCount edges { rank node { id handle
  scores { indicator value low high rank percentile } } } pageInfo { hasNextPage endCursor } } }"""
METHOD: Final = f"""A simulated market of {CREATORS:,} creators over {DAYS} days. Runs in turn with what brands and partners see and
without computing, storing and dropping any of it, each in the place of the one before: medians of {RUNS} each. Reading: a page of 50
creators of a region's ranking with all their scores, asked with a brand's key in the process, without HTTP, of its own scorecards and of
the inner ones in turn; medians of {TIMES}."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of runs, with what is outward and without, and of pages."""

    whole: float
    inner: float
    page: float
    inner_page: float


def report() -> Report:
    """Measure both."""
    with tempfile.TemporaryDirectory() as folder:
        server = PrivateServer(Path(folder) / "neo4j", cache=jars(), memory=MEMORY)
        fill(server, market(creators=CREATORS, days=DAYS))
        with server:
            cost = asyncio.run(_measured(server, Path(folder)))
    return Report(
        "Scorecards for brands and partners",
        METHOD,
        (
            Figure("a run, over the same without them", cost.whole / cost.inner, "×", at_most=1.5),
            Figure("a page read of them, over one of the inner scorecards", cost.page / cost.inner_page, "×", at_most=1.05),
            Figure("a run", cost.whole, "s"),
            Figure("a page", 1_000 * cost.page, "ms"),
        ),
    )


async def _measured(server: PrivateServer, home: Path) -> Cost:
    async with open_driver(server.uri, auth=server.auth) as driver:
        some = await outward_beside(await read_work(Reader(driver), None, 0))
        nothing = Outward(some.cards.at(np.zeros(len(some.cards), dtype=np.bool_)), {}, {}, (), {})

        async def unshared(_work: Work) -> Outward:
            return nothing

        runs = [await _run(driver, made) for made in (*(unshared, outward_beside) * RUNS, unshared)]
        whole, inner = (median(map(_cost, runs[at::2], runs[at + 1 :: 2])) for at in (1, 0))
        await _run(driver, outward_beside)
        page, inner_page = await _pages(driver, home)
    return Cost(whole, inner, page, inner_page)


async def _run(driver: AsyncDriver, made: Callable[[Work], Awaitable[Outward]]) -> dict[str, float]:
    """Return what each phase of a run took, which drops the run before; `made` gives what brands and partners see."""
    with patch.object(scoring_run, "outward_beside", made):
        return (await score(driver, kept=1, drift_limit=0)).seconds


def _cost(run: dict[str, float], after: dict[str, float]) -> float:
    """Return what a run took, until it is dropped."""
    return sum(run.values()) - run["drop"] + after["drop"]


async def _pages(driver: AsyncDriver, home: Path) -> tuple[float, float]:
    """Return the seconds of a page of outward scorecards, and of one of inner scorecards."""
    settings = Settings(home=home, cost_budget=1_000_000_000)
    times: tuple[list[float], list[float]] = ([], [])
    async with opened(settings, driver) as state, Inner(driver) as run:
        inner = replace(state, run=run)
        for _ in range(TIMES):
            for taken, each in zip(times, (state, inner), strict=True):
                taken.append(await _timed(each))
    return median(times[0]), median(times[1])


class Inner(CurrentRun):
    """Shows everyone what only those see who see all: what reading would cost, were there nothing else."""

    def seen(self, *, outward: bool) -> Run | None:
        return self.run


async def _timed(state: State) -> float:
    start = time.perf_counter()
    answer = await execute(GraphQLRequest(PAGE, variables={}), BRAND, state)
    taken = time.perf_counter() - start
    assert "errors" not in answer, answer["errors"]
    assert len(answer["data"]["ranking"]["edges"]) == 50
    return taken

"""What it costs that brands and partners have scorecards of their own: in a run, and in reading."""

from __future__ import annotations

import asyncio
import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from typing import Final

from neo4j import AsyncDriver

from api.access.viewer import Role, Viewer
from api.graphql.execution.execution import execute
from api.graphql.execution.request import GraphQLRequest
from api.process.state import State, opened
from api.runs.scoring_run import score
from api.settings import Settings
from bench.figures import Figure, Report
from bench.filling import fill
from bench.reads import jars
from graph.connection import open_driver
from graph.runs import CurrentRun
from graph.runs.run import Run
from graph.server import Memory, PrivateServer
from simulation.market import market

CREATORS: Final = 2_000
DAYS: Final = 90
RUNS: Final = 3
TIMES: Final = 60
MEMORY: Final = Memory(heap=1024, page_cache=512)
PHASES: Final = ("outward", "share")
"""The phases of a run that would not be, were there no scorecards for brands and partners."""
BRAND: Final = Viewer("bench", "bench", Role.BRAND, ("US",), ("b0",))
PAGE: Final = """{ ranking(by: OVERALL, region: "US", first: 50) { totalCount edges { rank node { id handle
  scores { indicator value low high rank percentile } } } pageInfo { hasNextPage endCursor } } }"""
METHOD: Final = f"""A simulated market of {CREATORS:,} creators over {DAYS} days. A run is over itself without the phases that only
compute and store what brands and partners see: the middle of {RUNS} runs, each beside the one before. Reading: a page of 50 creators
of a region's ranking with all their scores, asked with a brand's key in the process, without HTTP, of its own scorecards and of the
inner ones in turn; medians of {TIMES}."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of runs, whole and of what is outward, and of pages."""

    whole: float
    outward: float
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
            Figure("a run, over the same without them", cost.whole / (cost.whole - cost.outward), "×", at_most=1.5),
            Figure("a page read of them, over one of the inner scorecards", cost.page / cost.inner_page, "×", at_most=1.05),
            Figure("a run", cost.whole, "s"),
            Figure("a page", 1_000 * cost.page, "ms"),
        ),
    )


async def _measured(server: PrivateServer, home: Path) -> Cost:
    async with open_driver(server.uri, auth=server.auth) as driver:
        runs = [(await score(driver, drift_limit=0)).seconds for _ in range(RUNS)]
        whole = [sum(each.values()) for each in runs]
        middle = sorted(range(RUNS), key=lambda at: whole[at])[RUNS // 2]
        page, inner = await _pages(driver, home)
    return Cost(whole[middle], sum(runs[middle][name] for name in PHASES), page, inner)


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

"""Page 1,000 of the ranking against page 1: database hits, and time in the database."""

from __future__ import annotations

import asyncio
import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Any, Final

from api.access.table import SMALLEST_GROUP, visibility
from api.access.viewer import Role, Viewer
from api.graphql.execution.roots import INDICATORS
from bench.figures import Figure, Report
from bench.read_market import CREATORS, RUN, current_run, filled
from bench.reads import MEMORY, jars
from graph.connection import open_driver
from graph.plans.compile import compiled
from graph.plans.inputs import Inputs
from graph.plans.selection import Pick, Reference, Selection
from graph.server import PrivateServer

PAGE: Final = 20
TIMES: Final = 50
METHOD: Final = f"""{CREATORS:,} creators ranked by their overall score, pages of {PAGE} with rank, handle and score: database hits,
and the median time of {TIMES} runs."""

SELECTED: Final = Selection(
    "RankingConnection",
    (
        Pick(
            "edges",
            "edges",
            children=(
                Selection(
                    "RankingEdge",
                    (
                        Pick("rank", "rank"),
                        Pick("node", "node", children=(Selection("Creator", (Pick("handle", "handle"),)),)),
                        Pick("score", "score", children=(Selection("Score", (Pick("value", "value"),)),)),
                    ),
                ),
            ),
        ),
    ),
)


class PlainCursors:
    """Cursors that anyone can read."""

    def write(self, place: Sequence[Any], *, order: str) -> str:
        """Return a place in an order as JSON."""
        return json.dumps([place, order])

    def read(self, cursor: str, *, order: str) -> list[Any]:
        """Return the place."""
        return json.loads(cursor)


def report() -> Report:
    """Measure both pages."""
    return asyncio.run(_report())


async def _report() -> Report:
    with tempfile.TemporaryDirectory() as home, PrivateServer(Path(home) / "neo4j", jars(), MEMORY) as server:
        async with open_driver(server.uri, auth=server.auth) as driver:
            await filled(driver)
            (hits, time), (late_hits, late_time) = [await _cost(driver, page) for page in (1, CREATORS // PAGE)]
    figures = (
        Figure("page 1", hits, "database hits"),
        Figure(f"page {CREATORS // PAGE:,}", late_hits, "database hits", at_most=1.2 * hits),
        Figure("page 1", time, "ms"),
        Figure(f"page {CREATORS // PAGE:,}", late_time, "ms"),
    )
    return Report("A late page", METHOD, figures)


async def _cost(driver: Any, page: int) -> tuple[int, float]:
    """Return database hits and milliseconds of a page."""
    arguments = {"first": PAGE} | ({"after": Reference(("after",))} if page > 1 else {})
    seen = visibility(Viewer("bench", "bench", Role.ADMIN))
    plan = compiled(Pick("ranking", "ranking", arguments, (SELECTED,)), visibility=seen, sole_region=False, indicators=INDICATORS)
    after = json.dumps([RUN, (page - 1) * PAGE - 1])
    inputs = Inputs({"after": after}, seen, current_run(), PlainCursors(), SMALLEST_GROUP, 100, {})
    parameters = plan.parameters(inputs)
    async with driver.session() as session:
        result = await session.run("PROFILE " + plan.text, parameters)
        assert len((await result.single(strict=True))["data"]["edges"]) == PAGE
        hits = _hits((await result.consume()).profile)
        times = [await _milliseconds(session, plan.text, parameters) for _ in range(TIMES)]
    return hits, median(times)


async def _milliseconds(session: Any, text: str, parameters: dict[str, Any]) -> float:
    summary = await (await session.run(text, parameters)).consume()
    return summary.result_available_after + summary.result_consumed_after


def _hits(plan: Any) -> int:
    return plan.get("dbHits", 0) + sum(_hits(each) for each in plan.get("children", ()))

"""The drawn market after its runs: scored once in a process of tests, and put back as a copy wherever else a test begins with it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from neo4j import AsyncDriver

from api.runs.scoring_run import Outcome, score
from tests.api.drawn_market import END, draw_market
from tests.graph_copy import GraphCopy

Draw = Callable[[AsyncDriver], Awaitable[None]]

_MADE: dict[tuple[Draw, tuple[int, ...]], tuple[GraphCopy, Outcome]] = {}
"""By what draws it and the dates of its runs; what signs its runs or changes it in between makes its own."""


async def draw_scored(driver: AsyncDriver, *, draw: Draw = draw_market, scored_at: Sequence[int] = (END,)) -> Outcome:
    """Fill the emptied database with the market and a run as of each date, and return the last run."""
    key = draw, tuple(scored_at)
    if key in _MADE:
        copy, outcome = _MADE[key]
        await copy.put_back(driver)
        return outcome
    await draw(driver)
    (*_, outcome) = [await score(driver, as_of=at) for at in scored_at]
    _MADE[key] = await GraphCopy.of(driver), outcome
    return outcome

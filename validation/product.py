"""The product as users have it: files in, scorecards out, through the same import, scoring run and export."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
import platformdirs
from neo4j import AsyncDriver
from numpy.typing import NDArray

from api.runs.scoring_run import score
from graph.connection import open_driver
from graph.exports import Reading, Scorecards, run_of
from graph.load import load
from graph.load.folders import items_of
from graph.migrations import migrate
from graph.runs import forecasts_of
from graph.server import Memory, PrivateServer
from scoring import NAMES, camel

WINDOW: Final = 90
EVERYTHING: Final = "*"
PARTS: Final = ("", "Low", "High", "Evidence")
MEMORY: Final = Memory(heap=1_024, page_cache=256)

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Score:
    """One indicator of all creators who have a scorecard; NaN where there is no value."""

    value: Floats
    low: Floats
    high: Floats
    evidence: Floats


class Cell(NamedTuple):
    """One score of one creator in a category."""

    value: float
    low: float
    high: float
    evidence: float


@dataclass(frozen=True, slots=True)
class Ahead:
    """Net GMV of the next 28 days forecast of all creators who have a scorecard, in US dollars; NaN where there is none."""

    expected: Floats
    low: Floats
    high: Floats


@dataclass(frozen=True, slots=True)
class Scores:
    """What a run says: of each creator (id, handle, region) over everything, and influence by creator and category."""

    ids: list[str]
    handles: list[str]
    regions: list[str]
    of: dict[str, Score]
    influence: dict[tuple[int, str], Cell]
    """Value, low, high and evidence by place in the lists above and category."""
    ahead: Ahead
    seconds: dict[str, float]


@asynccontextmanager
async def private_graph() -> AsyncGenerator[AsyncDriver]:
    """Yield a driver on an empty private database that goes with the block."""
    with tempfile.TemporaryDirectory(prefix="creatorgraph-validation-") as home:
        server = PrivateServer(Path(home) / "neo4j", cache=Path(platformdirs.user_cache_path("creatorgraph")), memory=MEMORY)
        with server:
            async with open_driver(server.uri, auth=server.auth) as driver:
                yield driver


async def scores_of(driver: AsyncDriver, folders: Sequence[Path], *, as_of: int) -> Scores:
    """Import folders, one after the other, into an empty database, score them as of a time, and return what the run says."""
    await migrate(driver, indicators=[camel(name) for name in NAMES])
    await load(driver, items_of(folders))
    outcome = await score(driver, as_of=as_of)
    reading = Reading(driver, seconds=60.0)
    source = Scorecards(reading, await run_of(reading, outcome.run))
    (sheet,) = source.sheets
    names = [column.name for column in sheet.columns]
    rows = [dict(zip(names, row, strict=True)) async for batch in source.batches(sheet) for row in batch if row[3] == WINDOW]
    return _scores(rows, source.run.names, await forecasts_of(driver, outcome.run, "Creator"), outcome.seconds)


def _scores(rows: list[dict[str, Any]], names: Sequence[str], forecasts: dict[str, dict[str, Any]], seconds: dict[str, float]) -> Scores:
    whole = [row for row in rows if row["categoryId"] == EVERYTHING]
    place = {row["creatorId"]: at for at, row in enumerate(whole)}
    told = [forecasts.get(row["creatorId"], {}) for row in whole]
    return Scores(
        ids=[row["creatorId"] for row in whole],
        handles=[row["handle"] or "" for row in whole],
        regions=[row["region"] or "" for row in whole],
        of={name: Score(*(_column(whole, f"{name}{part}") for part in PARTS)) for name in names}
        | {"forForecast": Score(*(_column(told, name) for name in ("forForecast", "none", "none", "none")))},
        influence={
            (place[row["creatorId"]], row["categoryId"]): Cell(*(_real(row[f"influence{part}"]) for part in PARTS))
            for row in rows
            if row["categoryId"] != EVERYTHING and row["creatorId"] in place and row["influence"] is not None
        },
        ahead=Ahead(*(_column(told, name) for name in ("expected", "low", "high"))),
        seconds=seconds,
    )


def _column(rows: list[dict[str, Any]], name: str) -> Floats:
    return np.array([_real(row.get(name)) for row in rows])


def _real(value: float | None) -> float:
    return np.nan if value is None else float(value)

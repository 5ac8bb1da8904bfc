"""Forecasts on their way into the graph: a node for each creator, brand and category, and how they were made and tested on the run."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, LiteralString, TypeAlias

from neo4j import AsyncDriver

from graph.retrying import read_rows
from graph.runs.building import Building

BATCH: Final = 5_000
Value: TypeAlias = float | int | str | Sequence[float] | Sequence[int] | Sequence[str]


@dataclass(frozen=True, slots=True)
class Forecasts:
    """What is forecast of one kind of node: own ids, and a column of numbers for each property, NaN is null."""

    kind: str
    ids: Sequence[str]
    columns: Mapping[str, Sequence[float]]


@dataclass(frozen=True, slots=True)
class ForecastMethod:
    """Properties of the run that say where its forecasts come from; NaN is null."""

    properties: Mapping[str, Value] = field(default_factory=dict[str, Value])


FORECAST: Final[LiteralString] = """
MATCH (run:BuildingRun {id: $run, token: $token})
UNWIND $rows AS row
CREATE (forecast:Forecast {id: $under + '|' + $kind + ':' + row.id, runId: $under})
SET forecast += row.numbers
RETURN count(forecast) AS made
"""

METHOD: Final[LiteralString] = """
MATCH (run:BuildingRun {id: $run, token: $token})
SET run += $properties
RETURN count(run) AS made
"""


async def store_forecasts(building: Building, forecasts: Sequence[Forecasts], *, under: str | None = None) -> None:
    """Write a run's forecasts, kept under its id or another; readers see them once it is published."""
    kept = under or building.id
    for each in forecasts:
        rows = _rows(each)
        parts = ({"kind": each.kind, "under": kept, "rows": rows[at]} for at in building.batches(len(rows), BATCH))
        await building.write(FORECAST, parts)


async def store_forecast_method(building: Building, method: ForecastMethod) -> None:
    """Write where a run's forecasts come from."""
    await building.write(METHOD, [{"properties": {name: _known(value) for name, value in method.properties.items()}}])


def _rows(forecasts: Forecasts) -> list[dict[str, Any]]:
    """Return a row for each node of which anything is forecast."""
    names = list(forecasts.columns)
    told = zip(forecasts.ids, zip(*forecasts.columns.values(), strict=True), strict=True)
    numbers = ((id_, {name: value for name, value in zip(names, row, strict=True) if not math.isnan(value)}) for id_, row in told)
    return [{"id": id_, "numbers": row} for id_, row in numbers if row]


def _known(value: Value) -> Value | None:
    return None if isinstance(value, float) and math.isnan(value) else value


FORECASTS: Final[LiteralString] = """
MATCH (forecast:Forecast)
WHERE forecast.id STARTS WITH $prefix
RETURN substring(forecast.id, size($prefix)) AS id, properties(forecast) AS numbers
ORDER BY forecast.id
"""


async def forecasts_of(driver: AsyncDriver, run: str, kind: str, *, database: str = "neo4j") -> dict[str, dict[str, Any]]:
    """Return what a run forecast of the nodes of a kind, by their own ids."""
    found: list[Any] = await read_rows(driver, FORECASTS, {"prefix": f"{run}|{kind}:"}, database=database)
    return dict(found)

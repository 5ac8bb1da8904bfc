"""What a run expects of creators beside its scores: tables of numbers by key, stored in chunks, and what was learnt, as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, LiteralString

import numpy as np
from neo4j import AsyncDriver
from numpy.typing import NDArray

from graph.retrying import read_rows
from graph.runs.building import Building

ROWS: Final = 1_000
STORED: Final = np.dtype("<f8")

Numbers = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Predictions:
    """One table: a row of numbers for each key, keys each once and in order; NaN is unknown. `learnt` is JSON about the whole."""

    table: str
    keys: Sequence[str]
    rows: Numbers
    learnt: str


CHUNK: Final[LiteralString] = """
MATCH (run:BuildingRun {id: $run, token: $token})
CREATE (chunk:Predictions {id: $run + '|' + $table + '|' + $number, runId: $run, table: $table, number: $number, keys: $keys,
                           first: $keys[0], last: $keys[-1], rows: $rows, learnt: $learnt})
RETURN count(chunk) AS made
"""


async def store_predictions(building: Building, made: Sequence[Predictions]) -> None:
    """Write tables under a run that is being made; readers see them once it is published."""
    await building.write(CHUNK, (_chunk(each, start) for each in made for start in range(0, max(len(each.keys), 1), ROWS)))


def _chunk(made: Predictions, start: int) -> Mapping[str, object]:
    at = slice(start, start + ROWS)
    return {
        "table": made.table,
        "number": start // ROWS,
        "keys": list(made.keys[at]),
        "rows": made.rows[at].astype(STORED).tobytes(),
        "learnt": made.learnt if start == 0 else None,
    }


ROW: Final[LiteralString] = """
MATCH (chunk:Predictions {runId: $run, table: $table})
WHERE chunk.first <= $key AND chunk.last >= $key AND $key IN chunk.keys
RETURN chunk.rows AS rows, size(chunk.keys) AS count, [i IN range(0, size(chunk.keys) - 1) WHERE chunk.keys[i] = $key][0] AS place
"""

LEARNT: Final[LiteralString] = """
MATCH (chunk:Predictions {id: $run + '|' + $table + '|0'})
RETURN chunk.learnt AS learnt
"""


@dataclass(frozen=True, slots=True)
class PredictionReader:
    """Where to read, for how many seconds a query at most."""

    driver: AsyncDriver
    database: str
    seconds: float

    async def row(self, run: str, table: str, key: str) -> Numbers | None:
        """Return the numbers of a key in a run's table; None where it has none."""
        found = await self._rows(ROW, run=run, table=table, key=key)
        if not found:
            return None
        packed, count, place = found[0]
        return np.frombuffer(packed, dtype=STORED).reshape(count, -1)[place].astype(np.float64)

    async def learnt(self, run: str, table: str) -> str | None:
        """Return the JSON about a run's table; None where the run has no such table."""
        found = await self._rows(LEARNT, run=run, table=table)
        return found[0][0] if found else None

    async def _rows(self, query: LiteralString, **values: Any) -> list[list[Any]]:
        return await read_rows(self.driver, query, values, database=self.database, seconds=self.seconds)

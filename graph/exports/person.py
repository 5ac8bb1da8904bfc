"""All that is held about one creator, as tables: what is held is derived from the declared graph."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from typing import Any, Final, LiteralString, cast

import numpy as np
import orjson

from graph.exports.colours import Colour
from graph.exports.reading import Reading
from graph.exports.sheets import Column, Role, Row, Sheet
from graph.rights.chunks import PREDICTIONS, VECTORS, tie_prefix
from graph.rights.holdings import EXPECTED, Holding, holdings
from graph.runs.predictions import STORED as OF_PREDICTIONS
from graph.runs.vectors import STORED as OF_VECTORS

BATCH: Final = 1_000
EXPECTATIONS: Final = Sheet("Expectations", Role.ROWS, tuple(map(Column.of, EXPECTED)))

CHUNKS: Final[tuple[tuple[LiteralString, np.dtype[Any], str], ...]] = (
    (PREDICTIONS, OF_PREDICTIONS, "Predictions"),
    (VECTORS, OF_VECTORS, "Vectors"),
)

FORECASTS: Final[LiteralString] = """
MATCH (run:ScoringRun)
UNWIND [run.id, run.id + '-outward'] AS under
MATCH (n:Forecast {id: under + '|Creator:' + $creator})
RETURN under, n {.*, id: null, runId: null} AS numbers
ORDER BY under
"""


class Person:
    """The source of one creator's sheets; `more` are sheets that others bring, with their rows."""

    def __init__(self, reading: Reading, creator: str, indicators: Sequence[str], more: Mapping[Sheet, Sequence[Row]]) -> None:
        """Read with `reading` what is held about the creator; scorecards are those of `indicators`."""
        self._reading, self._creator, self._more = reading, creator, more
        self._parts = {each.name: each for each in holdings(indicators)}

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        """One for each part."""
        return (*map(_sheet, self._parts.values()), EXPECTATIONS, *self._more)

    @property
    def facts(self) -> Mapping[str, str | int]:
        """Whose data these are."""
        return {"creator": self._creator}

    @property
    def colours(self) -> Mapping[str, Colour]:
        """None: a table has no colours."""
        return {}

    async def size(self) -> int:
        """Return no number: what a creator has is read as soon as it is counted."""
        return 0

    async def batches(self, sheet: Sheet) -> AsyncIterator[list[Row]]:
        """Yield a part's rows."""
        if sheet in self._more:
            rows = list(self._more[sheet])
        elif sheet is EXPECTATIONS:
            rows = await self._expectations()
        else:
            found = await self._reading.rows(cast("LiteralString", self._parts[sheet.name].cypher), creator=self._creator)
            rows = [row for (row,) in found]
        for start in range(0, len(rows), BATCH):
            yield rows[start : start + BATCH]

    async def _expectations(self) -> list[Row]:
        """Return what runs forecast, predict and liken: numbers by name, and rows of packed chunks."""
        rows: list[Row] = []
        for under, numbers in await self._reading.rows(FORECASTS, creator=self._creator):
            rows.append([under, "Forecast", _json({name: value for name, value in numbers.items() if value is not None})])
        for query, stored, kind in CHUNKS:
            for chunk in await self._reading.rows(query, creator=self._creator, tie=tie_prefix(self._creator)):
                rows += self._unpacked(chunk, stored, kind)
        return rows

    def _unpacked(self, chunk: Sequence[Any], stored: np.dtype[Any], kind: str) -> Iterator[Row]:
        name, ids, packed = chunk[:3]
        table = np.frombuffer(packed, dtype=stored).reshape(len(ids), -1).astype(np.float64)
        for place, each in enumerate(ids):
            if each == self._creator or each.startswith(tie_prefix(self._creator)):
                yield [name, kind, _json(table[place].tolist())]


def _sheet(of: Holding) -> Sheet:
    return Sheet(of.name, Role.ROWS, tuple(map(Column.of, of.columns)))


def _json(value: object) -> str:
    return orjson.dumps(value).decode()

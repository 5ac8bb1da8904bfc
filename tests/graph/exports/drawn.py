"""Sources of a few rows, for tests of the formats: no database behind them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from graph.exports import Column, Role, Row, Sheet
from graph.exports.colours import Colour
from graph.model import Type

COLUMNS = (
    Column("id", Type.STRING),
    Column("title", Type.STRING, "Name.", "words"),
    Column("views", Type.INTEGER),
    Column("share", Type.FLOAT),
    Column("verified", Type.BOOLEAN),
    Column("permissions", Type.STRINGS),
    Column("seenAt", Type.INTEGERS),
    Column("categoryShares", Type.FLOATS),
)
ENDS = (Column("source", Type.STRING), Column("target", Type.STRING))
NODES = Sheet("nodes/Thing", Role.NODES, COLUMNS, "Thing", caption="title")
EDGES = Sheet("edges/KNOWS", Role.EDGES, (*ENDS, *COLUMNS[1:]), "KNOWS", "Thing", "Thing")
TABLE = Sheet("rows", Role.ROWS, COLUMNS)


@dataclass
class Drawn:
    """Rows by sheet."""

    content: Sequence[tuple[Sheet, Sequence[Row]]]
    facts: Mapping[str, str | int] = field(default_factory=dict[str, str | int])
    colours: Mapping[str, Colour] = field(default_factory=dict[str, Colour])

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        return tuple(sheet for sheet, _ in self.content)

    async def size(self) -> int:
        return sum(len(rows) for _, rows in self.content)

    async def batches(self, sheet: Sheet) -> AsyncIterator[list[Row]]:
        for row in dict(self.content)[sheet]:
            yield [row]


def graph(nodes: Iterable[Row], edges: Iterable[Row] = (), **facts: Any) -> Drawn:
    return Drawn(((NODES, list(nodes)), (EDGES, list(edges))), facts)


def known(columns: Sequence[Column], row: Row, first: int = 0) -> dict[str, Any]:
    """Return what a row knows, by column."""
    return {column.name: value for column, value in list(zip(columns, row, strict=True))[first:] if value is not None}

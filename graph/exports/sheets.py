"""What an export consists of: sheets, each of rows that share their columns."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol, TypeAlias

from graph.exports.colours import Colour
from graph.model import Property, Type

Row: TypeAlias = Sequence[Any]
"""Values in the order of a sheet's columns; None is unknown."""

LISTS = frozenset({Type.STRINGS, Type.INTEGERS, Type.FLOATS})


class Role(StrEnum):
    """What the rows of a sheet are."""

    NODES = "nodes"
    EDGES = "edges"
    ROWS = "rows"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its values are of one type."""

    name: str
    type: Type
    meaning: str = ""
    unit: str = ""

    @classmethod
    def of(cls, declared: Property) -> Column:
        """Return the column of a declared property."""
        return cls(declared.name, declared.type, declared.meaning, declared.unit.value)


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows of one kind.

    The first column of nodes is their id, the first two of edges are those of their ends. `label` is the nodes' label or
    the edges' type; `source` and `target` are the labels of the ends. An id is unique within a label; where nodes of
    several labels share a sheet, it has no label, and its ids are unique among all. `caption` is the column to show beside
    a node. With a `schema` of Arrow's, rows come as record batches of it, for formats that hold Arrow's types.
    """

    name: str
    role: Role
    columns: tuple[Column, ...]
    label: str = ""
    source: str = ""
    target: str = ""
    caption: str = ""
    schema: Any = None

    @property
    def attributes(self) -> tuple[tuple[int, Column], ...]:
        """The columns that are no ends of edges, each with its place; a node's own id is among them."""
        first = 2 if self.role is Role.EDGES else 0
        return tuple(enumerate(self.columns))[first:]

    def key(self, row: Row) -> str:
        """Return the id of a node among nodes of all labels."""
        return global_id(self.label, row[0])

    def words(self, row: Row) -> str:
        """Return what to write beside a node or an edge: what `caption` names, else a node's id or an edge's type."""
        value = row[self._caption] if self._caption is not None else None
        if value is not None:
            return str(value)
        return self.label if self.role is Role.EDGES else str(row[0])

    @property
    def _caption(self) -> int | None:
        return next((place for place, column in enumerate(self.columns) if column.name == self.caption), None)


class Source(Protocol):
    """Something to export: its sheets are known before its rows are read."""

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        """The sheets, those of nodes before those of edges."""
        ...

    @property
    def facts(self) -> Mapping[str, str | int]:
        """What is true of the whole: the scoring run, and what was left out."""
        ...

    @property
    def colours(self) -> Mapping[str, Colour]:
        """Colours of nodes by their id among all; those without one have their label's."""
        ...

    async def size(self) -> int:
        """Return about how many rows there will be."""
        ...

    def batches(self, sheet: Sheet) -> AsyncIterator[list[Row]]:
        """Yield the rows of a sheet, a batch at a time."""
        ...


class Writer(Protocol):
    """A file in the making; all of it is work for a thread, none for an event loop."""

    def begin(self, sheet: Sheet) -> None:
        """Begin a sheet."""
        ...

    def rows(self, rows: Sequence[Row]) -> None:
        """Write rows of the sheet begun last."""
        ...

    def close(self) -> None:
        """Write what remains, and close the file."""
        ...


def global_id(label: str, own_id: Any) -> str:
    """Return the id under which a node stands among nodes of all labels."""
    return f"{label}:{own_id}" if label else str(own_id)

"""GraphML, as NetworkX, Gephi and yEd read it, written as it comes.

A node's id is `Label:own id`, an edge's `e0`, `e1` …, so that parallel edges stay apart. Lists stand as JSON text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final, TextIO

from graph.exports.cells import written
from graph.exports.markup import attribute, text
from graph.exports.sheets import LISTS, Column, Role, Row, Sheet, global_id
from graph.model import Type

TYPES: Final = {Type.INTEGER: "long", Type.FLOAT: "double", Type.BOOLEAN: "boolean"}
HEAD: Final = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
 xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
"""
OWN_ID: Final = "ownId"
"""What an attribute `id` is called: igraph keeps nodes' ids, which name their label too, under `id`, and drops them where that is taken."""

LABELS: Final = Column("labels", Type.STRING, "What the node is.")
CAPTION: Final = Column("label", Type.STRING, "What to write beside a node; what an edge is.")


class GraphML:
    """Writes sheets of nodes, then sheets of edges."""

    def __init__(self, file: TextIO, sheets: Iterable[Sheet], facts: Mapping[str, str | int]) -> None:
        """Write the head, which names every attribute before the first node; `facts` become attributes of the graph."""
        self._file, self._keys, self._edges = file, dict[tuple[str, str, str], str](), 0
        self._file.write(HEAD)
        for sheet in sheets:
            for column in (*_own(sheet), *(column for _, column in sheet.attributes)):
                self._declare(_element(sheet), column)
        told = [(Column(name, Type.INTEGER if isinstance(fact, int) else Type.STRING), fact) for name, fact in facts.items()]
        for column, _ in told:
            self._declare("graph", column)
        self._file.write('<graph id="G" edgedefault="directed">\n')
        self._file.write("".join(f"{self._datum('graph', column, fact)}\n" for column, fact in told))

    def begin(self, sheet: Sheet) -> None:
        """Begin a sheet."""
        self._sheet, element = sheet, _element(sheet)
        self._fields = [(place, self._tag(element, column), _inside(column)) for place, column in sheet.attributes]
        own = _own(sheet)
        self._labels = self._datum(element, LABELS, sheet.label) if LABELS in own else ""
        self._caption = self._tag(element, CAPTION) if CAPTION in own else ""

    def rows(self, rows: Sequence[Row]) -> None:
        """Write nodes or edges."""
        write = self._node if self._sheet.role is Role.NODES else self._edge
        self._file.write("".join(map(write, rows)))

    def close(self) -> None:
        """Close what is open."""
        self._file.write("</graph>\n</graphml>\n")
        self._file.flush()

    def _node(self, row: Row) -> str:
        return f'<node id="{attribute(self._sheet.key(row))}">{self._labels}{self._data(row)}</node>\n'

    def _edge(self, row: Row) -> str:
        source, target = global_id(self._sheet.source, row[0]), global_id(self._sheet.target, row[1])
        key, self._edges = self._edges, self._edges + 1
        return f'<edge id="e{key}" source="{attribute(source)}" target="{attribute(target)}">{self._data(row)}</edge>\n'

    def _data(self, row: Row) -> str:
        caption = f"{self._caption}{text(self._sheet.words(row))}</data>" if self._caption else ""
        return caption + "".join([f"{tag}{write(row[at])}</data>" for at, tag, write in self._fields if row[at] is not None])

    def _declare(self, element: str, column: Column) -> None:
        place = _place(element, column)
        if place in self._keys:
            return
        key = self._keys[place] = f"d{len(self._keys)}"
        note = f"JSON list of {column.type}." if column.type in LISTS else ""
        words = " ".join(part for part in (note, column.meaning, f"({column.unit})" if column.unit else "") if part)
        described = f"<desc>{text(words)}</desc>" if words else ""
        name = attribute(OWN_ID if column.name == "id" else column.name)
        self._file.write(f'<key id="{key}" for="{element}" attr.name="{name}" attr.type="{place[2]}">{described}</key>\n')

    def _tag(self, element: str, column: Column) -> str:
        return f'<data key="{self._keys[_place(element, column)]}">'

    def _datum(self, element: str, column: Column, value: Any) -> str:
        return f"{self._tag(element, column)}{_inside(column)(value)}</data>"


def _own(sheet: Sheet) -> tuple[Column, ...]:
    """Return the attributes that a node or an edge has beside its sheet's columns."""
    present = {column.name for column in sheet.columns}
    own = (LABELS, CAPTION) if sheet.role is Role.NODES and sheet.label else (CAPTION,)
    return tuple(column for column in own if column.name not in present)


def _element(sheet: Sheet) -> str:
    return "node" if sheet.role is Role.NODES else "edge"


def _place(element: str, column: Column) -> tuple[str, str, str]:
    return element, column.name, TYPES.get(column.type, "string")


def _inside(column: Column) -> Callable[[Any], str]:
    write = written(column)
    return write if column.type in TYPES else lambda value: text(write(value))

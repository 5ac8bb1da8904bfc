"""GEXF 1.2, as Gephi and NetworkX read it, written as it comes: nodes in colours, and in places where they have some."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final, TextIO

from graph.exports.cells import number, written
from graph.exports.colours import Colour, of_label
from graph.exports.graphml import LABELS, TYPES
from graph.exports.markup import attribute
from graph.exports.sheets import Column, Role, Row, Sheet, global_id

HEAD: Final = """<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://www.gexf.net/1.2draft" xmlns:viz="http://www.gexf.net/1.2draft/viz" version="1.2">
"""
SPREAD: Final = 1000.0
"""A layout within [-1, 1] times this: Gephi draws a node about ten wide."""

WEIGHT: Final = "weight"
"""The one attribute of edges that GEXF has a place of its own for."""

Field = tuple[int, str, Callable[[Any], str]]


class GEXF:
    """Writes sheets of nodes, then sheets of edges.

    `colours` says which nodes, by their id among all, have a colour; the others have that of their label.
    """

    def __init__(self, file: TextIO, sheets: Iterable[Sheet], facts: Mapping[str, str | int], *, colours: Mapping[str, Colour]) -> None:
        """Write the head, which names every attribute before the first node."""
        self._file, self._edges, self._open = file, 0, "nodes"
        self._colours, self._ids = colours, dict[tuple[str, str, str], str]()
        shown = tuple(sheets)
        words = attribute("; ".join(f"{name}: {fact}" for name, fact in facts.items()))
        file.write(f"{HEAD}<meta><creator>creatorgraph</creator><description>{words}</description></meta>\n")
        file.write('<graph defaultedgetype="directed" mode="static">\n')
        for kind, role in (("node", Role.NODES), ("edge", Role.EDGES)):
            self._declare(kind, [column for sheet in shown if sheet.role is role for column in _columns(sheet)])
        file.write("<nodes>\n")

    def begin(self, sheet: Sheet) -> None:
        """Begin a sheet; the first one of edges ends the nodes."""
        if sheet.role is Role.EDGES and self._open == "nodes":
            self._file.write("</nodes>\n<edges>\n")
            self._open = "edges"
        self._sheet, kind = sheet, "node" if sheet.role is Role.NODES else "edge"
        chosen = [(at, column) for at, column in sheet.attributes if column in _columns(sheet)]
        self._fields: list[Field] = [
            (at, f'<attvalue for="{self._ids[_place(kind, column)]}" value="', _inside(column)) for at, column in chosen
        ]
        self._labels = f'<attvalue for="{self._ids[_place(kind, LABELS)]}" value="{sheet.label}"/>' if LABELS in _columns(sheet) else ""
        self._places = {column.name: at for at, column in sheet.attributes}
        self._colour = of_label(sheet.label)

    def rows(self, rows: Sequence[Row]) -> None:
        """Write nodes or edges."""
        write = self._node if self._sheet.role is Role.NODES else self._edge
        self._file.write("".join(map(write, rows)))

    def close(self) -> None:
        """Close what is open."""
        self._file.write("</nodes>\n<edges>\n" if self._open == "nodes" else "")
        self._file.write("</edges>\n</graph>\n</gexf>\n")
        self._file.flush()

    def _node(self, row: Row) -> str:
        key = self._sheet.key(row)
        colour = self._colours.get(key, self._colour)
        shown = f'<viz:color r="{colour[0]}" g="{colour[1]}" b="{colour[2]}"/>{self._position(row)}'
        head = f'<node id="{attribute(key)}" label="{attribute(self._sheet.words(row))}">'
        return f"{head}<attvalues>{self._labels}{self._values(row)}</attvalues>{shown}</node>\n"

    def _edge(self, row: Row) -> str:
        source, target = global_id(self._sheet.source, row[0]), global_id(self._sheet.target, row[1])
        key, self._edges = self._edges, self._edges + 1
        weight = row[self._places[WEIGHT]] if WEIGHT in self._places else None
        weighed = "" if weight is None else f' weight="{number(weight)}"'
        ends = f'source="{attribute(source)}" target="{attribute(target)}"'
        head = f'<edge id="e{key}" {ends}{weighed} label="{attribute(self._sheet.words(row))}">'
        return f"{head}<attvalues>{self._values(row)}</attvalues></edge>\n"

    def _values(self, row: Row) -> str:
        return "".join([f'{tag}{write(row[at])}"/>' for at, tag, write in self._fields if row[at] is not None])

    def _position(self, row: Row) -> str:
        if not {"x", "y"} <= self._places.keys():
            return ""
        x, y = row[self._places["x"]], row[self._places["y"]]
        return "" if x is None or y is None else f'<viz:position x="{number(x * SPREAD)}" y="{number(y * SPREAD)}" z="0.0"/>'

    def _declare(self, kind: str, columns: Iterable[Column]) -> None:
        self._file.write(f'<attributes class="{kind}">\n')
        for column in columns:
            place = _place(kind, column)
            if place not in self._ids:
                self._ids[place] = f"a{len(self._ids)}"
                self._file.write(f'<attribute id="{self._ids[place]}" title="{attribute(column.name)}" type="{place[2]}"/>\n')
        self._file.write("</attributes>\n")


def _columns(sheet: Sheet) -> list[Column]:
    """Return the attributes for which GEXF has no place of its own: captions have one, and weights."""
    own = [LABELS] if sheet.role is Role.NODES and sheet.label else []
    taken = {"label", WEIGHT} if sheet.role is Role.EDGES else {"label"}
    return [*own, *(column for _, column in sheet.attributes if column.name not in taken)]


def _place(kind: str, column: Column) -> tuple[str, str, str]:
    return kind, column.name, TYPES.get(column.type, "string")


def _inside(column: Column) -> Callable[[Any], str]:
    write = written(column)
    return write if column.type in TYPES else lambda value: attribute(write(value))

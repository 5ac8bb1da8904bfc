"""The graph within a query's rows: every node, relationship and path, however deep in lists and maps, each once."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, cast

import orjson
from neo4j.graph import Node, Path, Relationship

from graph.exports import Column, Role, Row, Sheet
from graph.exports.colours import Colour, of_label
from graph.model import Type
from graph.queries import plain

KINDS: Final[dict[type, Type]] = {bool: Type.BOOLEAN, int: Type.INTEGER, float: Type.FLOAT, str: Type.STRING}
CAPTIONS: Final = ("handle", "name", "title", "id")
OWN: Final = frozenset({"label", "labels"})
"""Attributes that every node has; a property of that name stands aside as `property_label`."""


@dataclass(slots=True)
class Piece:
    """A node or a relationship: what it is, and what it holds."""

    words: str
    ends: tuple[str, ...]
    values: dict[str, Any]


@dataclass(slots=True)
class Pieces:
    """The source of a result's graph; the engine's own ids tell its parts apart, and are not shown."""

    nodes: dict[str, Piece] = field(default_factory=dict[str, Piece])
    edges: dict[str, Piece] = field(default_factory=dict[str, Piece])
    facts: Mapping[str, str | int] = field(default_factory=dict[str, "str | int"])

    def take(self, rows: Iterable[Sequence[Any]], ids: Mapping[str, str | None]) -> None:
        """Take what rows hold; `ids` are the global ids of nodes by the engine's own."""
        for row in rows:
            for value in row:
                self._take(value, ids)

    def _take(self, value: Any, ids: Mapping[str, str | None]) -> None:
        match value:
            case Node():
                self._node(value, ids)
            case Relationship():
                self._edge(value, ids)
            case Path():
                for part in (*value.nodes, *value.relationships):
                    self._take(part, ids)
            case list():
                for item in cast("list[Any]", value):
                    self._take(item, ids)
            case dict():
                for item in cast("dict[str, Any]", value).values():
                    self._take(item, ids)
            case _:
                pass

    def _node(self, node: Node, ids: Mapping[str, str | None]) -> str:
        known = self.nodes.get(node.element_id)
        if known is None or not known.words:
            key = known.ends[0] if known else ids.get(node.element_id) or f"node:{len(self.nodes)}"
            self.nodes[node.element_id] = Piece(";".join(sorted(node.labels)), (key,), _values(node, ids))
        return self.nodes[node.element_id].ends[0]

    def _edge(self, edge: Relationship, ids: Mapping[str, str | None]) -> None:
        if edge.element_id not in self.edges:
            ends = tuple(self._node(node, ids) for node in edge.nodes if node is not None)
            self.edges[edge.element_id] = Piece(edge.type, ends, _values(edge, ids))

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        """Nodes and edges, with the properties that any of them has."""
        nodes = (Column("labels", Type.STRING), Column("label", Type.STRING), *_columns(self.nodes.values()))
        edges = (Column("target", Type.STRING), Column("label", Type.STRING), *_columns(self.edges.values()))
        return (
            Sheet("nodes", Role.NODES, (Column("key", Type.STRING, "Global id, where the node's kind has one."), *nodes), caption="label"),
            Sheet("edges", Role.EDGES, (Column("source", Type.STRING), *edges), caption="label"),
        )

    @property
    def colours(self) -> Mapping[str, Colour]:
        """Those of the nodes' labels."""
        return {each.ends[0]: of_label(each.words.partition(";")[0]) for each in self.nodes.values()}

    async def size(self) -> int:
        """Return how many nodes and edges there are."""
        return len(self.nodes) + len(self.edges)

    async def batches(self, sheet: Sheet) -> AsyncIterator[list[Row]]:
        """Yield them all at once: the query's bounds have bounded them."""
        among = self.nodes if sheet.role is Role.NODES else self.edges
        columns = sheet.columns[3:]
        if sheet.role is Role.NODES:
            yield [[*each.ends, each.words, _caption(each), *_row(each, columns)] for each in among.values()]
        else:
            yield [[*each.ends, each.words, *_row(each, columns)] for each in among.values()]


def _values(entity: Node | Relationship, ids: Mapping[str, str | None]) -> dict[str, Any]:
    """Return the properties but for the product's own notes, which begin with `_`; times become texts, floats stay floats."""
    shown = ((name, value) for name, value in sorted(entity.items()) if not name.startswith("_"))
    return {_name(name): value if isinstance(value, float) else plain(value, ids) for name, value in shown}


def _name(name: str) -> str:
    return f"property_{name}" if name in OWN else name


def _caption(piece: Piece) -> str:
    return next((str(piece.values[name]) for name in CAPTIONS if piece.values.get(name) is not None), piece.ends[0])


def _columns(pieces: Iterable[Piece]) -> tuple[Column, ...]:
    """Return a column for each property, of the type that all its values have, else of texts."""
    kinds: dict[str, set[Type | None]] = {}
    for piece in pieces:
        for name, value in piece.values.items():
            of: type = type(value)
            kinds.setdefault(name, set()).add(KINDS.get(of))
    return tuple(Column(name, _joined(found)) for name, found in sorted(kinds.items()))


def _joined(kinds: set[Type | None]) -> Type:
    found = kinds.pop() if len(kinds) == 1 else None
    return found or Type.STRING


def _row(piece: Piece, columns: Sequence[Column]) -> list[Any]:
    return [_shown(piece.values.get(column.name), column.type) for column in columns]


def _shown(value: Any, kind: Type) -> Any:
    """Return a value as its column holds it: a list or a map in a column of texts is JSON."""
    if value is None or kind is not Type.STRING or isinstance(value, str):
        return value
    return orjson.dumps(value).decode()

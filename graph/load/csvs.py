"""Nodes and relationships as the files that Neo4j's offline importer reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from io import TextIOWrapper
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self, cast

from graph.load.faults import BulkRefused
from graph.load.shapes import FEATURES, SHAPES
from graph.model import Type
from graph.search.terms import FORMS, SOUNDS, TERMS
from graph.server.offline import CsvGroup

TYPES: Final = {
    Type.STRING: "string",
    Type.INTEGER: "long",
    Type.FLOAT: "double",
    Type.BOOLEAN: "boolean",
    Type.STRINGS: "string[]",
    Type.INTEGERS: "long[]",
    Type.FLOATS: "double[]",
}
HIDDEN_TYPES: Final = {
    "_age": "string",
    "_older": "string[]",
    "_own": "string",
    "_part": "string",
    "_assumed": "string[]",
    "_adopted": "boolean",
    "_uncredited": "boolean",
    "_byContent": "string",
    "_points": "string[]",
    "_said": "boolean",
    FORMS: "string[]",
    SOUNDS: "string[]",
    TERMS: "string",
    "seen": "string[]",
    "version": "long",
}
BETWEEN: Final = ";"
"""Parts the items of a list; the importer knows no way to write it within one."""


@dataclass(slots=True)
class Files:
    """CSV files below `folder`, one for each kind of node or relationship, opened when the first comes."""

    folder: Path
    _files: dict[tuple[str, ...], TextIOWrapper] = field(default_factory=dict[tuple[str, ...], TextIOWrapper])
    _columns: dict[tuple[str, ...], tuple[str, ...]] = field(default_factory=dict[tuple[str, ...], tuple[str, ...]])

    def node(self, label: str, properties: Mapping[str, Any], *, extra: str | None = None) -> None:
        """Add a node; `extra` is its second label."""
        key = ("node", label, extra or "")
        file = self._files.get(key) or self._opened(key, [f"id:ID({label})"], _columns_of(label))
        file.write(",".join([quoted(properties["id"]), *(cell(properties.get(name)) for name in self._columns[key])]) + "\n")

    def relationship(self, type_: str, ends: tuple[str, str], pair: tuple[str, str], properties: Mapping[str, Any] | None = None) -> None:
        """Add a relationship between nodes of two labels."""
        key = ("relationship", type_, *ends)
        file = self._files.get(key)
        if file is None:
            columns = tuple(_types(type_)) if type_ == "FEATURES" else ("_said",) if type_ == "MENTIONS" else ()
            file = self._opened(key, [f":START_ID({ends[0]})", f":END_ID({ends[1]})"], columns)
        more = [cell((properties or {}).get(name)) for name in self._columns[key]]
        file.write(",".join([quoted(pair[0]), quoted(pair[1]), *more]) + "\n")

    def groups(self, what: str) -> list[CsvGroup]:
        """Return the files of nodes or relationships as the importer takes them."""
        return [
            CsvGroup(key[1] + (f":{key[2]}" if what == "node" and key[2] else ""), (Path(file.name),))
            for key, file in self._files.items()
            if key[0] == what
        ]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        for file in self._files.values():
            file.close()

    def _opened(self, key: tuple[str, ...], head: Sequence[str], columns: Sequence[str]) -> TextIOWrapper:
        file = self._files[key] = (self.folder / f"{len(self._files)}.csv").open("w", encoding="utf-8", newline="")
        self._columns[key] = tuple(columns)
        types = _types(key[1])
        file.write(",".join([*head, *(f"{name}:{types[name]}" for name in columns)]) + "\n")
        return file


def _types(kind: str) -> dict[str, str]:
    """Return the properties that nodes of a label (or relationships of a type) may have, with their types."""
    shape = FEATURES if kind == FEATURES.label else SHAPES.get(kind)
    declared = {each.name: TYPES[each.type] for each in shape.properties} if shape else {}
    return declared | HIDDEN_TYPES


def _columns_of(label: str) -> tuple[str, ...]:
    return tuple(name for name in _types(label) if name != "id")


def cell(value: Any) -> str:
    """Return a value as a cell: nothing for null, which the importer tells from an empty text by its quotes."""
    if value is None:
        return ""
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return _list(cast("list[Any]", value))
    return repr(value)


def quoted(text: str) -> str:
    """Return a text in quotes, those within it doubled."""
    return '"' + text.replace('"', '""') + '"'


def _list(items: list[Any]) -> str:
    texts = [item if isinstance(item, str) else repr(item) for item in items]
    if not items or any(BETWEEN in text for text in texts):
        shown = "|".join(map(str, items))
        raise BulkRefused(f"{shown}: a list that is empty or has '{BETWEEN}' in an item cannot be loaded offline; import without --bulk")
    return quoted(BETWEEN.join(texts))

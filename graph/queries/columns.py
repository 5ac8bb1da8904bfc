"""The types of an answer's columns, as its rows show them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, cast

from neo4j.graph import Node, Path, Relationship
from neo4j.spatial import Point
from neo4j.time import Date, DateTime, Duration, Time

ANY: Final = "ANY"
NUMBERS: Final = frozenset({"INTEGER", "FLOAT"})
SIMPLE: Final[tuple[tuple[type, str], ...]] = (
    (bool, "BOOLEAN"),  # before int, which it is to Python
    (int, "INTEGER"),
    (float, "FLOAT"),
    (str, "STRING"),
    (Node, "NODE"),
    (Relationship, "RELATIONSHIP"),
    (Path, "PATH"),
    (dict, "MAP"),
    (Date, "DATE"),
    (Duration, "DURATION"),
    (Point, "POINT"),
    (bytes, "BYTES"),
    (bytearray, "BYTES"),
)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `type` is `ANY` where its values have several types, or none is known as all are null."""

    name: str
    type: str
    nullable: bool


class Typing:
    """Learns the columns' types row by row."""

    def __init__(self, names: Sequence[str]) -> None:
        """Begin with no row seen."""
        self._names = tuple(names)
        self._seen: list[set[str]] = [set() for _ in names]
        self._null = [False] * len(self._names)

    def see(self, row: Sequence[Any]) -> None:
        """Take a row into account."""
        for place, value in enumerate(row):
            if value is None:
                self._null[place] = True
            else:
                self._seen[place].add(kind(value))

    def columns(self) -> list[Column]:
        """Return the columns as the rows so far show them; where there was none, a column may hold anything."""
        each = zip(self._names, self._seen, self._null, strict=True)
        return [Column(name, joined(seen), null or not seen) for name, seen, null in each]


def kind(value: Any) -> str:
    """Return the name of a value's type, lists by what they hold."""
    for type_, name in SIMPLE:
        if isinstance(value, type_):
            return name
    if isinstance(value, list):
        return f"LIST<{joined({kind(item) for item in cast('list[Any]', value) if item is not None})}>"
    if isinstance(value, DateTime):
        return "LOCAL DATETIME" if value.tzinfo is None else "ZONED DATETIME"
    if isinstance(value, Time):
        return "LOCAL TIME" if value.tzinfo is None else "ZONED TIME"
    return ANY


def joined(kinds: Iterable[str]) -> str:
    """Return the one type that all of these are: their own if there is one, `FLOAT` for numbers, lists by their items, else `ANY`."""
    found = set(kinds)
    if len(found) == 1:
        return found.pop()
    if found and found <= NUMBERS:
        return "FLOAT"
    if found and all(each.startswith("LIST<") for each in found):
        return f"LIST<{joined({each[5:-1] for each in found} - {ANY})}>"
    return ANY

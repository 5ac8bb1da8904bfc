"""The types of an answer's columns, as its rows show them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, cast

from neo4j.graph import Node, Path, Relationship
from neo4j.spatial import Point
from neo4j.time import Date, DateTime, Duration, Time

ANY: Final = "ANY"
UNKNOWN: Final = "UNKNOWN"
"""The type of what no value has shown yet: of a column of nulls, and of the items of an empty list. Answers call it `ANY`."""

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
        self.names = tuple(names)
        self._first: list[dict[str, int]] = [{} for _ in names]
        self._null = [False] * len(self.names)
        self._rows = 0

    def see(self, row: Sequence[Any]) -> None:
        """Take a row into account."""
        self._rows += 1
        for place, value in enumerate(row):
            if value is None:
                self._null[place] = True
            else:
                self._first[place].setdefault(kind(value), self._rows)

    def columns(self) -> list[Column]:
        """Return the columns as the rows so far show them; where there was none, a column may hold anything."""
        each = zip(self.names, self._first, self._null, strict=True)
        return [Column(name, public(joined(first)), null or not first) for name, first, null in each]

    def first(self, place: int) -> Mapping[str, int]:
        """Return the types that a column has shown so far, each with the first row (counted from 1) that has it."""
        return self._first[place]


def kind(value: Any) -> str:
    """Return the name of a value's type, lists by what they hold."""
    if value is None:
        return UNKNOWN
    for type_, name in SIMPLE:
        if isinstance(value, type_):
            return name
    if isinstance(value, list):
        return f"LIST<{joined(map(kind, cast('list[Any]', value)))}>"
    if isinstance(value, DateTime):
        return "LOCAL DATETIME" if value.tzinfo is None else "ZONED DATETIME"
    if isinstance(value, Time):
        return "LOCAL TIME" if value.tzinfo is None else "ZONED TIME"
    return ANY


def joined(kinds: Iterable[str]) -> str:
    """Return the one type that all of these are: their own if there is one, `FLOAT` for numbers, lists by their items, else `ANY`."""
    found = set(kinds) - {UNKNOWN}
    if not found:
        return UNKNOWN
    if len(found) == 1:
        return found.pop()
    if found <= NUMBERS:
        return "FLOAT"
    if all(each.startswith("LIST<") for each in found):
        return f"LIST<{joined(item(each) for each in found)}>"
    return ANY


def item(list_type: str) -> str:
    """Return the type of a list's items."""
    return list_type[5:-1]


def public(type_: str) -> str:
    """Return a type as answers name it."""
    return type_.replace(UNKNOWN, ANY)

"""Whether each value of a row is one that can be said: the driver knows the years 1 to 9999 alone, and hands on what it cannot read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final, cast

from neo4j.graph import Node, Path, Relationship
from neo4j.spatial import Point
from neo4j.time import Date, DateTime, Duration, Time

from graph.queries.errors import Unreadable

PLAIN: Final = frozenset({type(None), bool, int, float, str, bytes, bytearray, Duration, Time})
REMEDY: Final = "return it as text with toString(…), or leave such values out with WHERE"


def refuse_unreadable(names: Sequence[str], row: Sequence[Any], number: int) -> None:
    """Raise `Unreadable`, which names column and row (counted from 1), where a value cannot be read as it is in the database."""
    for name, value in zip(names, row, strict=True):
        if type(value) not in PLAIN and not _readable(value):
            raise Unreadable(
                f"column {name}, row {number:,}: the value is or holds a date or time that cannot be read, such as one outside the years"
                f" 1 to 9999; {REMEDY}"
            )


def _readable(value: Any) -> bool:
    match value:
        case Date() | DateTime():
            return value.year >= 1  # a day of the year 0 becomes one that there is not
        case list():
            return _all(cast("list[Any]", value))
        case dict():
            return _all(cast("dict[str, Any]", value).values())
        case Node() | Relationship():
            return _all(value.values())
        case Path():
            return _all([*value.nodes, *value.relationships])
        case _:
            # Whatever else there is stands for something that the driver failed to decode.
            return isinstance(value, Point)


def _all(values: Iterable[Any]) -> bool:
    return all(type(value) in PLAIN or _readable(value) for value in values)

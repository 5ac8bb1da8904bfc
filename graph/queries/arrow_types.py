"""How a column's values are written as Arrow: in a type of its own where Arrow has one, else as text.

Import this where Arrow is written and not before: pyarrow takes 60 MB.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib import import_module
from typing import Any, Final, cast

import orjson
from neo4j.time import Date, DateTime

from graph.dates import DAY
from graph.queries.columns import UNKNOWN, item
from graph.queries.values import Ids, plain

pa: Final[Any] = import_module("pyarrow")  # it ships no types

SIMPLE: Final[Mapping[str, Any]] = {
    "INTEGER": pa.int64(),
    "FLOAT": pa.float64(),
    "BOOLEAN": pa.bool_(),
    "STRING": pa.string(),
    "BYTES": pa.binary(),
    "DATE": pa.date32(),
    "ZONED DATETIME": pa.timestamp("us", "UTC"),
    "LOCAL DATETIME": pa.timestamp("us"),
}
"""Whatever else there is becomes text: times and durations as ISO 8601; nodes, relationships, maps and mixed lists as JSON."""

NANOSECONDS: Final[Mapping[str, Any]] = {"ZONED DATETIME": pa.timestamp("ns", "UTC"), "LOCAL DATETIME": pa.timestamp("ns")}
EPOCH: Final = Date(1970, 1, 1).to_ordinal()


def arrow_type(kind: str, *, fine: bool = False) -> Any:
    """Return the Arrow type of a column; `fine` date-times are counted in nanoseconds, others in microseconds."""
    if kind == UNKNOWN:
        return pa.null()
    if kind.startswith("LIST<") and (item(kind) in SIMPLE or item(kind) == UNKNOWN):
        return pa.list_(arrow_type(item(kind), fine=fine))
    return NANOSECONDS[kind] if fine and kind in NANOSECONDS else SIMPLE.get(kind, pa.string())


def array(values: Sequence[Any], type_: Any, ids: Ids) -> Any:
    """Return values as an array of a type that they fit; `ids` tells of the nodes that relationships join."""
    convert: Callable[[Any], Any] = (lambda value: as_text(value, ids)) if type_ == pa.string() else _native(type_)
    return pa.array([None if value is None else convert(value) for value in values], type_)


def as_text(value: Any, ids: Ids) -> str:
    """Return a value as text: texts as they are, times and durations as ISO 8601, all else as JSON."""
    if isinstance(value, str):
        return value
    said = plain(value, ids)
    return said if isinstance(said, str) else orjson.dumps(said).decode()


def flat(values: Sequence[Any]) -> Iterator[tuple[int, Any]]:
    """Yield what is not null in a column, the items of lists one by one, each with the place of its row."""
    for place, value in enumerate(values):
        for each in cast("list[Any]", value) if isinstance(value, list) else (value,):
            if each is not None:
                yield place, each


def ticks(value: DateTime, *, per_second: int) -> int:
    """Return a date-time as a number since 1970, in UTC where it has a zone; finer parts than are counted have to be zero."""
    days, seconds = value.to_ordinal() - EPOCH, value.hour * 3600 + value.minute * 60 + value.second
    offset = value.utcoffset()
    whole = days * DAY + seconds - (round(offset.total_seconds()) if offset is not None else 0)
    return whole * per_second + value.nanosecond * per_second // 1_000_000_000


def _native(type_: Any) -> Callable[[Any], Any]:
    """Return what makes a value of a type such as pyarrow takes it."""
    if pa.types.is_list(type_):
        one = _native(type_.value_type)
        return lambda values: [None if each is None else one(each) for each in values]
    if pa.types.is_timestamp(type_):
        per_second = 1_000_000_000 if type_.unit == "ns" else 1_000_000
        return lambda value: ticks(value, per_second=per_second)
    if pa.types.is_date(type_):
        return lambda value: value.to_ordinal() - EPOCH
    return lambda value: value

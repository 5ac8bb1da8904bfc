"""One cell of a table to the type and unit of its column."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final, TypeVar, cast
from uuid import UUID

from graph import json_text
from graph.model import GREATEST_LONG, Property, Reference, Type, Unit
from graph.sources.codes import currency_code, region_code
from graph.sources.encodings import is_broken, readings
from graph.sources.faults import BadValue
from graph.sources.handles import user_name_as_id
from graph.sources.identifiers import LONGEST, identifier
from graph.sources.times import EARLIEST, LATEST

N = TypeVar("N", int, float)
LONGEST_TEXT: Final = 20_000
WHOLE: Final = re.compile(r"-?[0-9]{1,20}(\.[0-9]{1,40})?([eE]\+?[0-9]{1,2})?")
LISTS: Final = {Type.STRINGS: Type.STRING, Type.INTEGERS: Type.INTEGER, Type.FLOATS: Type.FLOAT}
RANGES: Final[dict[Unit, tuple[float, float]]] = {
    Unit.TIME: (EARLIEST, LATEST),
    Unit.SECONDS: (0, GREATEST_LONG),
    Unit.SHARE: (0, 1),
    Unit.COUNT: (0, GREATEST_LONG),
    Unit.MONEY: (0, 1e15),
    Unit.USD: (0, 1e15),
    Unit.STARS: (1, 5),
}
REMEDIES: Final = {
    Unit.TIME: "write Unix seconds, UTC",
    Unit.SHARE: "write 0.3 for 30 %",
    Unit.STARS: "write 1 to 5",
}


def reader(column: Property | Reference) -> Callable[[object], object]:
    """Return what reads the cells of a column as `cell` does; values that are as they are kept already, as most are, are taken at once."""
    if column.many if isinstance(column, Reference) else column.type in LISTS:
        return lambda value: cell(value, column)
    if is_id(column):
        return lambda value: (
            value if type(value) is str and value.isascii() and value.isdigit() and len(value) <= LONGEST else cell(value, column)
        )
    kind = {Type.INTEGER: int, Type.FLOAT: float}.get(column.type) if isinstance(column, Property) else None
    if kind is not None and isinstance(column, Property):
        low, high = _range(column)
        return lambda value: value if type(value) is kind and low <= value <= high else cell(value, column)
    known = frozenset(column.values if isinstance(column, Property) else ())
    return lambda value: value if type(value) is str and value in known else cell(value, column)


def cell(value: object, column: Property | Reference) -> object:
    """Return a cell's value in its column's type and unit; None where it is empty. BadValue where it breaks a rule."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if isinstance(column, Reference):
        return _ids(_items(value), column) or None if column.many else _reference(value, column) or None
    if column.type in LISTS:
        if is_id(column):
            return [found for each in _items(value) if (found := identifier(each))] or None
        return [_one(each, LISTS[column.type], column) for each in _items(value)] or None
    if is_id(column):
        return identifier(value) or None
    return _one(value, column.type, column)


def is_id(column: Property | Reference) -> bool:
    """Tell whether a column holds ids, to which `identifier` applies."""
    return isinstance(column, Reference) or column.name in ("id", "ids") or column.name.endswith(("Id", "Ids"))


def _ids(values: list[Any], column: Reference) -> list[str]:
    return [found for each in values if (found := _reference(each, column))]


def _reference(value: object, column: Reference) -> str:
    found = identifier(value)
    if column.node == "Creator" and found.startswith("@"):
        raise user_name_as_id(found)
    return found


def _one(value: object, kind: Type, column: Property) -> object:
    match kind:
        case Type.STRING:
            return _coded(_text(value), column)
        case Type.BOOLEAN:
            return _flag(value)
        case Type.INTEGER:
            return _bounded(_integer(value, column.unit), column)
        case _:
            return _bounded(_number(value, column.unit), column)


def _coded(text: str, column: Property) -> str:
    if column.values and text not in column.values:
        raise BadValue(text, f"expected one of {', '.join(column.values)}", "write one of them")
    if column.unit is Unit.REGION:
        return region_code(text)
    return currency_code(text) if column.unit is Unit.CURRENCY else text


def _text(value: object) -> str:
    if isinstance(value, (bytes, date, Decimal, UUID)):
        value = _as_text(value)
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        raise BadValue(value, "expected a text", "write a text")
    text = str(value).strip()
    if len(text) > LONGEST_TEXT:
        raise BadValue(text, f"a text has at most {LONGEST_TEXT:,} characters", "shorten it")
    if "\x00" in text:
        raise BadValue(text, "a text has no NUL character", "delete it")
    if is_broken(text):
        hint = readings(text)
        named = f"correct it, or import the original file again and name its encoding ({hint})"
        remedy = named if hint else "correct the broken character"
        raise BadValue(text, "a text is UTF-8", remedy)
    return text


def _as_text(value: bytes | date | Decimal | UUID) -> str:
    """Return the text of a value of another tool's type: bytes are UTF-8, a midnight is its day."""
    if isinstance(value, bytes):
        return value.decode("utf-8", "surrogateescape")
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time.min else value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _flag(value: object) -> bool:
    text = str(int(value)) if isinstance(value, (float, Decimal)) and value in (0, 1) else str(value).strip().lower()
    found = {"true": True, "1": True, "false": False, "0": False}.get(text)
    if found is None:
        raise BadValue(value, "expected true or false", "write true or false")
    return found


def _integer(value: object, unit: Unit) -> int:
    if isinstance(value, (date, timedelta)):
        return math.floor(_seconds(value, unit))
    if isinstance(value, int) and not isinstance(value, bool):
        return int(value)
    if isinstance(value, (float, Decimal)) and math.isfinite(value) and value == int(value):
        return int(value)
    if isinstance(value, str) and (found := _whole(value.strip(), unit)) is not None:
        return found
    if unit is Unit.TIME:
        raise BadValue(value, "expected Unix seconds", "write seconds since 1970, UTC, or read the file through a mapping with `date`")
    raise BadValue(value, "expected a whole number", "write digits only")


def _whole(text: str, unit: Unit) -> int | None:
    """Return the whole number that a text is, also with zeros after the point, or, but for times, with an exponent."""
    if text.isascii() and text.isdigit() and len(text) <= 20:
        return int(text)
    if not WHOLE.fullmatch(text) or (unit is Unit.TIME and "e" in text.lower()):
        return None
    found = Decimal(text)
    return int(found) if found == found.to_integral_value() else None


def _seconds(value: date | timedelta, unit: Unit) -> float:
    """Return a time as Unix seconds or a span in seconds; BadValue in a column that holds neither."""
    if isinstance(value, timedelta):
        if unit is Unit.SECONDS:
            return value.total_seconds()
        raise BadValue(value, "a span of time fits a column of seconds only", "write a number")
    if unit is not Unit.TIME:
        raise BadValue(value, "a date fits a column of times only", "write a number")
    moment = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day, tzinfo=UTC)
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


def _number(value: object, unit: Unit) -> float:
    try:
        if isinstance(value, (date, timedelta)):
            return _seconds(value, unit)
        found = float(value) if isinstance(value, (str, int, float, Decimal)) and not isinstance(value, bool) else math.nan
    except (ValueError, OverflowError):
        found = math.nan
    if not math.isfinite(found) or (isinstance(value, str) and "_" in value):
        raise BadValue(value, "expected a number", "write a number with a decimal point, or leave the cell empty")
    return found


def _bounded(number: N, column: Property) -> N:
    low, high = _range(column)
    if not low <= number <= high:
        rule = f"expected a number from {int(low):,} to {int(high):,}" + (f" ({column.unit.value})" if column.unit.value else "")
        raise BadValue(number, rule, REMEDIES.get(column.unit, "correct the number"))
    return number


def _range(column: Property) -> tuple[float, float]:
    low, high = RANGES.get(column.unit, (-GREATEST_LONG, GREATEST_LONG))
    return low, min(high, column.greatest)


def _items(value: object) -> list[Any]:
    """Return a list cell's items: a list, a JSON list, or texts separated by `|`."""
    if isinstance(value, bytes):
        value = value.decode("utf-8", "surrogateescape")
    if isinstance(value, list):
        return [each for each in cast("list[Any]", value) if each is not None]
    if not isinstance(value, str):
        raise BadValue(value, "expected a list", 'write ["a","b"] or a|b')
    text = value.strip()
    if not text.startswith("["):
        return [part for part in text.split("|") if part.strip()]
    try:
        found: object = json_text.loads(text.encode("utf-8", "surrogateescape"))
    except ValueError:  # no JSON, or halves of characters, which are no UTF-8
        raise BadValue(value, "expected a JSON list, or values separated by |", 'write ["a","b"] or a|b') from None
    return cast("list[Any]", found)

"""One cell of a table to the type and unit of its column."""

from __future__ import annotations

import math
from datetime import UTC, date, datetime
from typing import Any, Final, TypeVar, cast

import orjson

from graph.model import Property, Reference, Type, Unit
from graph.sources.codes import currency_code, region_code
from graph.sources.faults import BadValue
from graph.sources.times import EARLIEST, LATEST

N = TypeVar("N", int, float)
LONGEST_ID: Final = 256
LONGEST_TEXT: Final = 20_000
BIGGEST: Final = 2**63 - 1
LISTS: Final = {Type.STRINGS: Type.STRING, Type.INTEGERS: Type.INTEGER, Type.FLOATS: Type.FLOAT}
RANGES: Final[dict[Unit, tuple[float, float]]] = {
    Unit.TIME: (EARLIEST, LATEST),
    Unit.SECONDS: (0, BIGGEST),
    Unit.SHARE: (0, 1),
    Unit.COUNT: (0, BIGGEST),
    Unit.MONEY: (0, 1e15),
    Unit.USD: (0, 1e15),
    Unit.STARS: (1, 5),
}
REMEDIES: Final = {
    Unit.TIME: "write Unix seconds, UTC",
    Unit.SHARE: "write 0.3 for 30 %",
    Unit.STARS: "write 1 to 5",
}


def cell(value: object, column: Property | Reference) -> object:
    """Return a cell's value in its column's type and unit; None where it is empty. BadValue where it breaks a rule."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if isinstance(column, Reference):
        return [_text(each, LONGEST_ID) for each in _items(value)] or None if column.many else _text(value, LONGEST_ID)
    if column.type in LISTS:
        return [_one(each, LISTS[column.type], column) for each in _items(value)] or None
    return _one(value, column.type, column)


def _one(value: object, kind: Type, column: Property) -> object:
    match kind:
        case Type.STRING:
            return _coded(_text(value, LONGEST_ID if column.name.endswith(("id", "Id")) else LONGEST_TEXT), column)
        case Type.BOOLEAN:
            return _flag(value)
        case Type.INTEGER:
            return _bounded(_integer(value), column)
        case _:
            return _bounded(_number(value), column)


def _coded(text: str, column: Property) -> str:
    if column.values and text not in column.values:
        raise BadValue(text, f"one of {', '.join(column.values)}", "write one of them")
    if column.unit is Unit.REGION:
        return region_code(text)
    return currency_code(text) if column.unit is Unit.CURRENCY else text


def _text(value: object, longest: int) -> str:
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        raise BadValue(value, "a text", "write a text")
    text = str(value).strip()
    if len(text) > longest:
        raise BadValue(text, f"at most {longest} characters", "shorten it")
    if "\x00" in text or (not text.isprintable() and any("\ud800" <= c <= "\udfff" for c in text)):
        raise BadValue(text.encode("utf-8", "replace").decode(), "a text is UTF-8, without NUL", "save the file as UTF-8")
    return text


def _flag(value: object) -> bool:
    found = {"true": True, "1": True, "false": False, "0": False}.get(str(value).strip().lower())
    if found is None:
        raise BadValue(value, "true or false", "write true or false")
    return found


def _integer(value: object) -> int:
    if isinstance(value, (datetime, date)):
        return _seconds(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, str):
        text = value.strip().removesuffix(".0")
        if text.isascii() and text.removeprefix("-").isdigit() and len(text) <= 20:
            return int(text)
    raise BadValue(value, "a whole number", "write digits only")


def _seconds(value: datetime | date) -> int:
    moment = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day, tzinfo=UTC)
    return math.floor((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp())


def _number(value: object) -> float:
    try:
        found = float(value) if isinstance(value, (str, int, float)) and not isinstance(value, bool) else math.nan
    except (ValueError, OverflowError):
        found = math.nan
    if not math.isfinite(found) or (isinstance(value, str) and "_" in value):
        raise BadValue(value, "a finite number", "write a number with a decimal point, or leave the cell empty")
    return found


def _bounded(number: N, column: Property) -> N:
    low, high = RANGES.get(column.unit, (-BIGGEST, BIGGEST))
    if not low <= number <= high:
        rule = f"{column.unit.value or 'a number'}, from {low:.15g} to {high:.15g}"
        raise BadValue(number, rule, REMEDIES.get(column.unit, "correct the number"))
    return number


def _items(value: object) -> list[Any]:
    """Return a list cell's items: a list, a JSON list, or texts parted by `|`."""
    if isinstance(value, list):
        return [each for each in cast("list[Any]", value) if each is not None]
    if not isinstance(value, str):
        raise BadValue(value, "a list", 'write ["a","b"] or a|b')
    text = value.strip()
    if not text.startswith("["):
        return [part for part in text.split("|") if part.strip()]
    try:
        found: object = orjson.loads(text)
    except orjson.JSONDecodeError:
        raise BadValue(value, "a JSON list, or values parted by |", 'write ["a","b"] or a|b') from None
    return cast("list[Any]", found)

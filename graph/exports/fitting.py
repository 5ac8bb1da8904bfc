"""Whether rows hold what their columns declare: a graph that others write to may hold a fraction where whole numbers are declared.

Neither is left to a format's library: some cut fractions off in silence.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from numbers import Real
from typing import Any, Final, cast

from graph.exactness import EXACT
from graph.exports.errors import ValueRefused
from graph.exports.sheets import LISTS, Column, Role, Row, Sheet
from graph.model import Type

TYPES: Final[Mapping[Type, type]] = {Type.STRING: str, Type.INTEGER: int, Type.FLOAT: float, Type.BOOLEAN: bool}
ITEMS: Final[Mapping[Type, Type]] = {Type.STRINGS: Type.STRING, Type.INTEGERS: Type.INTEGER, Type.FLOATS: Type.FLOAT}
UNKNOWN: Final = type(None)


def fitted(sheet: Sheet, rows: Sequence[Row]) -> Sequence[Row]:
    """Return rows with each value as its column declares it; `ValueRefused` names column and row where something would be lost."""
    changed: dict[int, list[Any]] = {}
    for place, column in enumerate(sheet.columns):
        fits = list if column.type in LISTS else TYPES[column.type]
        if column.type in LISTS or any(type(row[place]) not in (fits, UNKNOWN) for row in rows):
            changed[place] = [_fitted(sheet, column, row, row[place]) for row in rows]
    if not changed:
        return rows
    return [[changed[place][at] if place in changed else value for place, value in enumerate(row)] for at, row in enumerate(rows)]


def _fitted(sheet: Sheet, column: Column, row: Row, value: Any) -> Any:
    if value is None:
        return None
    try:
        if column.type not in LISTS:
            return CONVERTERS[column.type](value)
        if not isinstance(value, list):
            raise ValueError
        return [None if each is None else CONVERTERS[ITEMS[column.type]](each) for each in cast("list[Any]", value)]
    except ValueError as error:
        where = " to ".join(map(str, row[:2])) if sheet.role is Role.EDGES else row[0]
        raise ValueRefused(
            f"{sheet.name}, {column.name} of {where} is {_shown(value)}, where the column is declared as {column.type}: correct it in"
            " the graph, or export the result of your own query"
        ) from error


def _shown(value: Any) -> str:
    return repr(str(value)[:60])


def _exactly(wanted: type) -> Callable[[Any], Any]:
    def convert(value: Any) -> Any:
        if type(value) is not wanted:
            raise ValueError
        return value

    return convert


def _whole(value: Any) -> int:
    if not _is_number(value) or value != value // 1:
        raise ValueError
    return int(value)


def _number(value: Any) -> float:
    if not _is_number(value) or (isinstance(value, int) and abs(value) > EXACT):
        raise ValueError
    return float(value)


def _is_number(value: Any) -> bool:
    """Tell whether a value is a number, NumPy's among them; a boolean is none here."""
    return not isinstance(value, bool) and isinstance(value, Real)


CONVERTERS: Final[Mapping[Type, Callable[[Any], Any]]] = {
    Type.STRING: _exactly(str),
    Type.BOOLEAN: _exactly(bool),
    Type.INTEGER: _whole,
    Type.FLOAT: _number,
}

"""One cell of a source to what its table's column checks: as a mapping says, and as numbers, dates and user names are written."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, Final, cast

from graph.model import Property, Reference, Type, Unit
from graph.sources.codes import currency_code
from graph.sources.faults import BadValue
from graph.sources.handles import compared, handle
from graph.sources.identifiers import identifier
from graph.sources.mapping import UNITS, Cell, SourceMapping, Target
from graph.sources.numerals import amount_of, number_of
from graph.sources.spans import moment, span, time
from graph.sources.tables.cells import is_id

NUMERIC: Final = (Type.INTEGER, Type.FLOAT)
FEW_DIGITS: Final = 12
"""Times of more digits may be in milliseconds."""


def values_of(record: Mapping[str, Any], target: Target, rules: SourceMapping) -> dict[str, Any]:
    """Return the cells that a source's record becomes in one table; BadValue, naming the column, where one breaks a rule."""
    known, plain = target.columns, target.plain
    currency = _currency(record, target, rules)
    found: dict[str, Any] = {}
    for name, cell in target.cells.items():
        text = record.get(plain[name]) if name in plain else None
        if type(text) is str and (_is_word(known[name]) or (len(text) <= FEW_DIGITS and text.isascii() and text.isdigit())):
            found[name] = None if rules.empty and text.strip() in rules.empty else text
            continue
        try:
            found[name] = _value(record, cell, rules, known[name], currency)
        except BadValue as fault:
            raise fault.at(name) from None
    return found


def _is_word(column: Property | Reference) -> bool:
    return isinstance(column, Reference) or column.type not in NUMERIC


def found_at(record: Mapping[str, Any], path: str) -> object:
    """Return what a record has under a name, or under names of nested objects separated by points; None where there is nothing."""
    if path in record:
        return record[path]
    for place in (at for at, character in enumerate(path) if character == "."):
        below = record.get(path[:place])
        if isinstance(below, dict) and (found := found_at(cast("dict[str, Any]", below), path[place + 1 :])) is not None:
            return found
    return None


def is_there(value: object, path: str) -> bool:
    """Tell whether a record, or any item of a list, has something under a path."""
    if isinstance(value, list):
        return any(is_there(each, path) for each in cast("list[object]", value))
    if not isinstance(value, dict):
        return False
    record = cast("dict[str, Any]", value)
    splits = (at for at, character in enumerate(path) if character == ".")
    return path in record or any(is_there(record.get(path[:at]), path[at + 1 :]) for at in splits)


def items_of(value: object, separator: str) -> list[Any]:
    """Return the items of a list, or of a text that separates them."""
    if isinstance(value, str):
        return [part.strip() for part in value.split(separator) if part.strip()]
    return list(cast("list[Any]", value)) if isinstance(value, list) else []


def _currency(record: Mapping[str, Any], target: Target, rules: SourceMapping) -> str | None:
    """Return the currency of the row's amounts; None where it has none, which the check of that column will say."""
    cell = target.cells.get("currency")
    try:
        value = None if cell is None else _translated(_raw(record, cell, rules), cell)
        return None if value is None else currency_code(value)
    except BadValue:
        return None


def _raw(record: Mapping[str, Any], cell: Cell, rules: SourceMapping) -> object:
    value = cell.constant if cell.column is None else found_at(record, cell.column)
    value = value.strip() if isinstance(value, str) else value
    return None if value is None or value == "" or (rules.empty and cell.column and str(value) in rules.empty) else value


def _value(record: Mapping[str, Any], cell: Cell, rules: SourceMapping, column: Property | Reference, currency: str | None) -> object:
    """Return what a cell becomes before the table's own checks; None where it is empty."""
    if cell.columns:
        return _joined(record, cell, rules)
    value = _translated(_raw(record, cell, rules), cell)
    if value is None:
        return None
    if cell.separator is not None:
        return [_one(each, cell, rules, column, currency) for each in items_of(value, cell.separator)]
    return _one(value, cell, rules, column, currency)


def _one(value: object, cell: Cell, rules: SourceMapping, column: Property | Reference, currency: str | None) -> object:
    found = value
    if isinstance(column, Property) and not is_id(column):
        if cell.date or isinstance(value, datetime):
            found = moment(value, cell.date, rules.zone)
        elif column.type in NUMERIC:
            found = _numeric(value, cell, rules, column, currency)
    elif not isinstance(value, list):
        found = _id(value, cell)
    return f"{cell.prefix}{found}" if cell.prefix and found not in (None, "") else found


def _joined(record: Mapping[str, Any], cell: Cell, rules: SourceMapping) -> str | None:
    """Return the id that several columns make together, `order:line`; None where one of them is empty."""
    parts = [_raw(record, Cell(column=name), rules) for name in cell.columns]
    found = [identifier(part) for part in parts if part is not None]
    return cell.prefix + ":".join(found) if len(found) == len(parts) else None


def _id(value: object, cell: Cell) -> str | None:
    """Return an id by the rule that holds without its prefix too; a user name as it is compared."""
    found = identifier(value)
    return (compared(handle(found) or "") if cell.handle else found) or None


def _translated(value: object, cell: Cell) -> object:
    if value is None or cell.values is None:
        return value
    if str(value) in cell.values:
        found = cell.values[str(value)]
        return None if found == "" else found
    if cell.other == "reject":
        raise BadValue(value, f"expected one of {', '.join(cell.values)}", 'add it to `values`, or set other = "keep" or "empty"')
    return value if cell.other == "keep" else None


def _numeric(value: object, cell: Cell, rules: SourceMapping, column: Property, currency: str | None) -> object:
    """Return a number in the column's unit; what is no text and has no unit stays as it is."""
    if column.unit is Unit.TIME and cell.unit is None:
        return time(value)
    if cell.unit is None and (not isinstance(value, str) or (value.isascii() and value.isdigit())):
        return value
    if column.unit is Unit.SECONDS and isinstance(value, str) and (seconds := span(value, cell.unit)) is not None:
        return seconds
    percent = isinstance(value, str) and value.endswith("%")
    found = _decimal(value.removesuffix("%") if isinstance(value, str) else value, rules, column, currency)
    if found is None:
        return None
    return _in_column(found * _factor(value, cell, column, percent=percent) if percent or cell.unit else found, value, column, rules)


def _decimal(value: object, rules: SourceMapping, column: Property, currency: str | None) -> Decimal | None:
    if isinstance(value, str) and column.unit is Unit.MONEY:
        return _amount(value, rules, currency)
    if isinstance(value, str):
        return number_of(value, decimal=rules.decimal)
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)) or not math.isfinite(value):
        raise BadValue(value, "expected a number", "correct the cell")
    return Decimal(str(value))


def _amount(value: str, rules: SourceMapping, currency: str | None) -> Decimal | None:
    if currency is not None:
        return amount_of(value, currency, decimal=rules.decimal)
    try:
        return number_of(value, decimal=rules.decimal)
    except BadValue:
        raise BadValue(value, "an amount with a sign has a currency", "map the column `currency`, or give it as a constant") from None


def _factor(value: object, cell: Cell, column: Property, *, percent: bool) -> Decimal:
    """Return what a number is multiplied by: its unit, where a percent sign is one too."""
    if percent and (column.unit is not Unit.SHARE or cell.unit not in (None, "percent")):
        raise BadValue(
            value,
            "a percentage is only valid in a column of shares, with the unit percent or no unit",
            "correct the mapping's column or `unit`",
        )
    return UNITS["percent"] if percent else UNITS.get(cell.unit or "", Decimal(1))


def _in_column(found: Decimal, value: object, column: Property, rules: SourceMapping) -> int | float:
    if column.type is Type.FLOAT:
        return float(found)
    if column.unit in (Unit.SECONDS, Unit.TIME):
        return math.floor(found)
    if found != found.to_integral_value():
        other = ", or set `decimal` in [source] if its separator is one of thousands" if rules.decimal is None else ""
        raise BadValue(value, "expected a whole number", f"correct the cell{other}")
    return int(found)

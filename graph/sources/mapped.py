"""Tables of other shapes to rows, as a mapping file says."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from itertools import count
from pathlib import Path
from typing import Any, cast

from graph.model import table
from graph.rows import Item, Note
from graph.sources.faults import BadMapping, BadValue
from graph.sources.mapping import UNITS, Cell, SourceMapping, Target, load_mapping
from graph.sources.tables.checks import TableReader, rejected
from graph.sources.tables.formats import EXTENSIONS, Record, records


def read_mapped(folder: Path, mapping: Path) -> Iterator[Item]:
    """Yield the rows that a mapping makes of a folder's files (or of one file).

    BadMapping where the mapping is unsound or takes none of the files, and on reading where a file lacks a column that it names.
    """
    rules = load_mapping(mapping)
    files = [folder] if folder.is_file() else sorted(p for p in folder.iterdir() if p.is_file() and not p.is_symlink())
    taken = [path for path in files if rules.takes(path.name) and path.name.lower().endswith(EXTENSIONS)]
    if not taken:
        raise BadMapping(f"{mapping.name}: no file in {folder} is called {' or '.join(rules.files)}; correct [source] files")
    return _items(taken, [path for path in files if path not in taken], rules)


def _items(taken: list[Path], others: list[Path], rules: SourceMapping) -> Iterator[Item]:
    for path in others:
        yield Note("file not in the mapping", path.name)
    for path in taken:
        yield from _file(path, rules)


def _file(path: Path, rules: SourceMapping) -> Iterator[Item]:
    readers = [(target, TableReader(table(target.table), path.name)) for target in rules.targets]
    positions, unmapped = count(1), frozenset[str]()
    try:
        for place, number, record in records(path, rules.layout):
            if isinstance(record, BadValue):
                yield rejected(record, {}, path.name, place, rules.targets[0].table)
                continue
            if number == 1:
                unmapped = _check_columns(path, record, rules)
            for target, reader in readers:
                for made in _made(record, target, rules):
                    yield from reader.read(made, place, next(positions), raw=record)
    except BadValue as fault:
        yield rejected(fault, {}, path.name, "", rules.targets[0].table)
    for name in sorted(unmapped):
        yield Note("column not mapped", name[:80], path.name)


def _check_columns(path: Path, record: Mapping[str, Any], rules: SourceMapping) -> frozenset[str]:
    """Return the columns that the mapping leaves out; BadMapping where it names one that is not there."""
    missing = rules.source_columns - record.keys()
    # JSON objects may leave out what is empty; rows of the other formats have every column.
    if missing and not path.name.lower().removesuffix(".gz").endswith((".jsonl", ".json")):
        raise BadMapping(f"{path.name}: no column {', '.join(sorted(missing))}; it has {', '.join(record)}")
    return frozenset(record.keys() - rules.source_columns)


def _made(record: dict[str, Any], target: Target, rules: SourceMapping) -> Iterator[Record]:
    """Yield the cells that a source's record becomes in one table, or what is wrong with them."""
    for each in _exploded(record, target):
        try:
            yield {name: _value(each, cell, rules, name) for name, cell in target.cells.items()}
        except BadValue as fault:
            yield fault


def _exploded(record: dict[str, Any], target: Target) -> Iterator[dict[str, Any]]:
    if target.for_each is None:
        yield record
        return
    for item in _list(record.get(target.for_each), target.separator):
        yield record | {target.for_each: item}


def _list(value: object, separator: str) -> list[Any]:
    if isinstance(value, str):
        return [part.strip() for part in value.split(separator) if part.strip()]
    return list(cast("list[Any]", value)) if isinstance(value, list) else []


def _value(record: Mapping[str, Any], cell: Cell, rules: SourceMapping, name: str) -> object:
    """Return what a cell becomes before the table's own checks; None where it is empty."""
    value = cell.constant if cell.column is None else record.get(cell.column)
    value = value.strip() if isinstance(value, str) else value
    if value is None or value == "" or (cell.column and str(value) in rules.empty):
        return None
    try:
        if cell.values is not None:
            value = _translated(value, cell)
        if value is not None and cell.unit is not None:
            value = _in_unit(value, cell.unit)
        if value is not None and cell.date is not None:
            value = _seconds(value, cell.date)
    except BadValue as fault:
        raise fault.at(name) from None
    if value is not None and cell.separator is not None:
        value = _list(value, cell.separator)
    return f"{cell.prefix}{value}" if cell.prefix and value is not None else value


def _translated(value: object, cell: Cell) -> object:
    known = cell.values or {}
    if str(value) in known:
        found = known[str(value)]
        return None if found == "" else found
    if cell.other == "reject":
        raise BadValue(value, f"one of {', '.join(known)}", 'add it to `values`, or set other = "keep" or "empty"')
    return value if cell.other == "keep" else None


def _in_unit(value: object, unit: str) -> float:
    try:
        # Exact until the end: 3000 hundredths of a percent are 0.3, not 0.30000000000000004.
        found = Decimal(str(value)) * UNITS[unit]
    except InvalidOperation:
        raise BadValue(value, f"a number, of {unit}", "correct the cell or the mapping's `unit`") from None
    return math.floor(found) if unit == "milliseconds" and found.is_finite() else float(found)


def _seconds(value: object, form: str) -> int:
    try:
        moment = datetime.fromisoformat(str(value)) if form == "iso" else datetime.strptime(str(value), form)
    except ValueError:
        raise BadValue(value, f"a date written {form}", "correct the cell or the mapping's `date`") from None
    return int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp())

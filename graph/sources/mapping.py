"""A mapping file: how tables with other names, units and dates become the graph's own."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fnmatch import fnmatch
from pathlib import Path
from typing import Any, Final, cast

from graph.model import TABLES, Property, Reference, columns, table
from graph.sources.faults import BadMapping, shown
from graph.sources.tables.checks import OBSERVED_AT
from graph.sources.tables.layout import Layout

# What one unit of the source is in the graph's unit.
UNITS: Final = {
    "percent": Decimal("0.01"),
    "hundredths_of_percent": Decimal("0.0001"),
    "thousands": Decimal(1000),
    "millions": Decimal(1_000_000),
    "milliseconds": Decimal("0.001"),
    "minutes": Decimal(60),
    "hours": Decimal(3600),
}
OTHERS: Final = ("reject", "keep", "empty")
DELIMITERS: Final = {"tab": "\t"}


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a column's value comes from, and what is done to it before it is checked."""

    column: str | None = None
    constant: Any = None
    date: str | None = None
    unit: str | None = None
    values: Mapping[str, Any] | None = None
    other: str = "reject"
    separator: str | None = None
    prefix: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """One table that the source's rows fill: once a row, or once for each item of the list in `for_each`."""

    table: str
    cells: Mapping[str, Cell]
    for_each: str | None = None
    separator: str = "|"


@dataclass(frozen=True, slots=True)
class SourceMapping:
    """Which files are read, how, and into which tables."""

    files: tuple[str, ...]
    targets: tuple[Target, ...]
    layout: Layout = field(default_factory=Layout)
    empty: frozenset[str] = frozenset()

    def takes(self, name: str) -> bool:
        """Tell whether a file of this name is one of the source's."""
        return any(fnmatch(name, pattern) for pattern in self.files)

    @property
    def source_columns(self) -> frozenset[str]:
        """The columns that a source file must have."""
        cells = (cell.column for target in self.targets for cell in target.cells.values())
        return frozenset(name for name in (*cells, *(target.for_each for target in self.targets)) if name)


def load_mapping(path: Path) -> SourceMapping:
    """Read a mapping file; BadMapping, naming the key, where it cannot be followed."""
    try:
        content = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadMapping(f"{path.name}: {error}; a mapping is a TOML file") from None
    section = _Section(path.name, content)
    section.allow("source", "tables")
    source = section.section("source")
    source.allow("files", "encoding", "delimiter", "skip_lines", "list", "empty")
    targets = tuple(_target(each) for each in section.sections("tables"))
    rules = SourceMapping(source.texts("files"), targets, _layout(source), frozenset(source.texts("empty", needed=False)))
    return replace(rules, layout=replace(rules.layout, columns=rules.source_columns))


def _layout(source: _Section) -> Layout:
    """Return how the source says that its files are written."""
    delimiter = DELIMITERS.get(source.text("delimiter", ""), source.text("delimiter", ""))
    if len(delimiter) > 1:
        source.fail("delimiter", delimiter, "is one character, or tab")
    encoding = source.text("encoding", "")
    if encoding and not _is_encoding(encoding):
        source.fail("encoding", encoding, "is the name of a text encoding, such as utf-8, utf-16, windows-1252 or gbk")
    skipped = source.whole("skip_lines") if "skip_lines" in source.values else None
    return Layout(encoding or None, delimiter or None, skipped, list_key=source.text("list", "") or None, doubled=True)


def _is_encoding(name: str) -> bool:
    try:
        "".encode(name)
    except (LookupError, UnicodeError):
        return False
    return True


def _target(section: _Section) -> Target:
    section.allow("table", "for_each", "separator", "columns")
    name = section.text("table")
    if name not in {each.name for each in TABLES}:
        section.fail("table", name, f"is one of {', '.join(each.name for each in TABLES)}")
    known = {**columns(table(name)), OBSERVED_AT.column: OBSERVED_AT}
    below = section.section("columns")
    below.allow(*known)
    cells = {column: _cell(below, column) for column in below.values}
    _check_required(below, known, cells)
    for_each = section.text("for_each", "") or None
    return Target(name, cells, for_each, section.text("separator", "|"))


def _check_required(section: _Section, known: Mapping[str, Property | Reference], cells: Mapping[str, Cell]) -> None:
    for name, column in known.items():
        if column.required and not getattr(column, "derived", False) and name not in cells:
            section.fail(name, "", "is required: give a column or a constant")


def _cell(section: _Section, name: str) -> Cell:
    value = section.values[name]
    if isinstance(value, str):
        return Cell(column=value)
    below = section.section(name)
    below.allow("column", "constant", "date", "unit", "values", "other", "separator", "prefix")
    if ("column" in below.values) == ("constant" in below.values):
        section.fail(name, value, "has either a column or a constant")
    if (unit := below.text("unit", "")) and unit not in UNITS:
        below.fail("unit", unit, f"is one of {', '.join(UNITS)}")
    if (other := below.text("other", "reject")) not in OTHERS:
        below.fail("other", other, f"is one of {', '.join(OTHERS)}")
    return Cell(
        column=below.text("column", "") or None,
        constant=below.values.get("constant"),
        date=below.text("date", "") or None,
        unit=unit or None,
        values=below.section("values").values if "values" in below.values else None,
        other=other,
        separator=below.text("separator", "") or None,
        prefix=below.text("prefix", ""),
    )


class _Section:
    """A part of the file, read with errors that say where they are."""

    def __init__(self, place: str, values: dict[str, Any]) -> None:
        self.place = place
        self.values = values

    def fail(self, key: str, value: object, rule: str) -> None:
        """Raise BadMapping about a key."""
        raise BadMapping(f"{self.place}: {key} = {shown(value) or '(nothing)'}: it {rule}")

    def allow(self, *known: str) -> None:
        """Refuse keys that are not `known`."""
        for key in self.values.keys() - set(known):
            self.fail(key, self.values[key], f"is no key here; known are {', '.join(known)}")

    def text(self, key: str, default: str | None = None) -> str:
        """Return a text; without a default it is needed."""
        value = self.values.get(key, default)
        if not isinstance(value, str):
            self.fail(key, value, "is a text in quotes")
        return str(value)

    def texts(self, key: str, *, needed: bool = True) -> tuple[str, ...]:
        """Return a list of texts."""
        value: object = self.values.get(key, [])
        items = cast("list[object]", value) if isinstance(value, list) else [None]
        if (needed and not items) or not all(isinstance(item, str) for item in items):
            self.fail(key, items, "is a list of texts in quotes")
        return tuple(str(item) for item in items)

    def whole(self, key: str) -> int:
        """Return a whole number of at least 0."""
        value = self.values.get(key)
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            self.fail(key, value, "is a whole number of at least 0")
        return cast("int", value)

    def section(self, key: str) -> _Section:
        """Return the section called `key`."""
        value = self.values.get(key)
        if not isinstance(value, dict):
            self.fail(key, value, "is a section")
        return _Section(f"{self.place} [{key}]", cast("dict[str, Any]", value))

    def sections(self, key: str) -> list[_Section]:
        """Return the sections of a list, at least one."""
        value: object = self.values.get(key)
        items = cast("list[object]", value) if isinstance(value, list) else []
        if not items or not all(isinstance(item, dict) for item in items):
            self.fail(key, items, f"is a list of sections: write [[{key}]]")
        return [_Section(f"{self.place} [[{key}]] {number}", cast("dict[str, Any]", each)) for number, each in enumerate(items, start=1)]

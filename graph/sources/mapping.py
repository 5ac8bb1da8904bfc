"""A mapping file: how tables with other names, units and dates become the graph's own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from decimal import Decimal
from fnmatch import fnmatch
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from graph.model import TABLES, Property, Reference, columns, table
from graph.sources.encodings import codec_of
from graph.sources.faults import BadMapping
from graph.sources.mapping_text import document_of
from graph.sources.sections import Section
from graph.sources.spans import CLOCKS, ISO
from graph.sources.tables.checks import OBSERVED_AT, SET_ASIDE
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
OFFSET: Final = re.compile(r"([+-])([01][0-9]):?([0-5][0-9])")


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a column's value comes from, and what is done to it before it is checked.

    `columns` are several that make one id together. `handle` tells whether it is a user name that serves as an id; None: as the mapping
    of creators tells.
    """

    column: str | None = None
    columns: tuple[str, ...] = ()
    constant: Any = None
    date: tuple[str, ...] = ()
    unit: str | None = None
    values: Mapping[str, Any] | None = None
    other: str = "reject"
    separator: str | None = None
    prefix: str = ""
    handle: bool | None = None


PLAIN: Final = Cell(handle=False)


@dataclass(frozen=True)
class Target:
    """One table that the source's rows fill: once a row, or once for each item of the list in `for_each`."""

    table: str
    cells: Mapping[str, Cell]
    for_each: str | None = None
    separator: str = "|"

    @property
    def columns(self) -> Mapping[str, Property | Reference]:
        """The columns that the table may have."""
        return columns_of(self.table)

    @cached_property
    def plain(self) -> Mapping[str, str]:
        """The columns whose cells are checked as they are, where they are words, ids or a few digits, with the source's columns."""
        return {
            name: cell.column
            for name, cell in self.cells.items()
            if cell.column and not cell.handle and replace(cell, column=None, handle=False) == PLAIN
        }


@dataclass(frozen=True, slots=True)
class SourceMapping:
    """Which files are read, how, and into which tables; `zone` is that of times without one, `decimal` the decimal separator."""

    files: tuple[str, ...]
    targets: tuple[Target, ...]
    layout: Layout = field(default_factory=Layout)
    empty: frozenset[str] = frozenset()
    zone: tzinfo = UTC
    decimal: str | None = None

    def takes(self, name: str) -> bool:
        """Tell whether a file of this name is one of the source's, or of rejects of one."""
        return any(fnmatch(name.removesuffix(SET_ASIDE), pattern) for pattern in self.files)

    @property
    def source_columns(self) -> frozenset[str]:
        """The columns that a source file must have."""
        cells = [cell for target in self.targets for cell in target.cells.values()]
        several = (name for cell in cells for name in cell.columns)
        return frozenset(name for name in (*(cell.column for cell in cells), *several, *(t.for_each for t in self.targets)) if name)


@cache
def columns_of(name: str) -> Mapping[str, Property | Reference]:
    """Return the columns that a table may have."""
    return {**columns(table(name)), OBSERVED_AT.column: OBSERVED_AT}


def load_mapping(path: Path) -> SourceMapping:
    """Read a mapping file; BadMapping, naming the key, where it cannot be followed."""
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadMapping(f"{path.name}: {error}; a mapping is a TOML file") from None
    return mapping_from(text, path.name)


def mapping_from(text: str, name: str) -> SourceMapping:
    """Return the mapping that the text of a file called `name` is; BadMapping where it cannot be followed."""
    return mapping_of(document_of(text, name), name)


def mapping_of(content: dict[str, Any], name: str) -> SourceMapping:
    """Return the mapping that a TOML document called `name` is; BadMapping where it cannot be followed."""
    section = Section(name, content)
    section.allow("source", "tables")
    source = section.section("source")
    source.allow("files", "encoding", "delimiter", "skip_lines", "list", "empty", "zone", "decimal")
    targets = with_handles(tuple(_target(each) for each in section.sections("tables")))
    rules = SourceMapping(
        source.texts("files"),
        targets,
        _layout(source),
        frozenset(source.texts("empty", needed=False)),
        source.choice("zone", _zone, "is UTC, an offset such as +08:00, or a zone such as Asia/Kuala_Lumpur") or UTC,
        source.choice("decimal", lambda text: text if text in (".", ",") else None, 'is "." or ","'),
    )
    return replace(rules, layout=replace(rules.layout, columns=rules.source_columns))


def with_handles(targets: tuple[Target, ...]) -> tuple[Target, ...]:
    """Return targets whose cells say whether they are user names that serve as ids.

    A creator's id is one where it comes from the same column as the handle, and then so are the references from that column; from any
    column where all creators of the mapping are known by their user names.
    """
    creators = [target.cells for target in targets if target.table == "creators"]
    names = {cells["id"].column for cells in creators if cells["id"].handle is not False and _is_handle(cells)}
    everywhere = bool(creators) and all(cells["id"].column in names for cells in creators)

    def told(target: Target, name: str, cell: Cell) -> Cell:
        column = target.columns[name]
        creator = getattr(column, "node", "") == "Creator" or (target.table == "creators" and name == "id")
        found = creator and (cell.column in names or (everywhere and cell.column is not None))
        return cell if cell.handle is not None else replace(cell, handle=found)

    return tuple(replace(target, cells={name: told(target, name, cell) for name, cell in target.cells.items()}) for target in targets)


def _is_handle(cells: Mapping[str, Cell]) -> bool:
    key, name = cells["id"], cells["handle"]
    return bool(key.handle) or (key.column is not None and key.column == name.column)


def _layout(source: Section) -> Layout:
    """Return how the source says that its files are written."""
    delimiter = DELIMITERS.get(source.text("delimiter", ""), source.text("delimiter", ""))
    if len(delimiter) > 1:
        source.fail("delimiter", delimiter, "is one character, or tab")
    encoding = source.choice("encoding", codec_of, "is the name of a text encoding, such as utf-8, utf-16, windows-1252 or gbk")
    skipped = source.whole("skip_lines") if "skip_lines" in source.values else None
    return Layout(encoding, delimiter or None, skipped, list_key=source.text("list", "") or None, doubled=True)


def _zone(name: str) -> tzinfo | None:
    if found := OFFSET.fullmatch(name):
        offset = timedelta(hours=int(found[2]), minutes=int(found[3]))
        return timezone(-offset if found[1] == "-" else offset)
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, ZoneInfoNotFoundError):
        return None


def _target(section: Section) -> Target:
    section.allow("table", "for_each", "separator", "columns")
    name = section.text("table")
    if name not in {each.name for each in TABLES}:
        section.fail("table", name, f"is one of {', '.join(each.name for each in TABLES)}")
    known = columns_of(name)
    below = section.section("columns")
    below.allow(*known)
    cells = {column: _cell(below, column) for column in below.values}
    _check_required(below, known, cells)
    for_each = section.text("for_each", "") or None
    return Target(name, cells, for_each, section.text("separator", "|"))


def _check_required(section: Section, known: Mapping[str, Property | Reference], cells: Mapping[str, Cell]) -> None:
    for name, column in known.items():
        if column.required and not getattr(column, "derived", False) and name not in cells:
            section.fail(name, "", "is required: give a column or a constant")


def _cell(section: Section, name: str) -> Cell:
    value = section.values[name]
    if isinstance(value, str):
        return Cell(column=value)
    below = section.section(name)
    below.allow("column", "constant", "date", "unit", "values", "other", "separator", "prefix", "handle", "columns")
    if sum(key in below.values for key in ("column", "columns", "constant")) != 1:
        section.fail(name, value, "has either a column, columns or a constant")
    if (unit := below.text("unit", "")) and unit not in {**UNITS, **CLOCKS}:
        below.fail("unit", unit, f"is one of {', '.join((*UNITS, *CLOCKS))}")
    if (other := below.text("other", "reject")) not in OTHERS:
        below.fail("other", other, f"is one of {', '.join(OTHERS)}")
    return Cell(
        column=below.text("column", "") or None,
        columns=below.texts("columns") if "columns" in below.values else (),
        constant=below.values.get("constant"),
        date=_dates(below),
        unit=unit or None,
        values=below.section("values").values if "values" in below.values else None,
        other=other,
        separator=below.text("separator", "") or None,
        prefix=below.text("prefix", ""),
        handle=below.flag("handle"),
    )


def _dates(section: Section) -> tuple[str, ...]:
    """Return the forms in which a date may be written; BadMapping for one that `strptime` does not know."""
    if "date" not in section.values:
        return ()
    forms = section.texts("date") if isinstance(section.values["date"], list) else (section.text("date"),)
    for form in forms:
        try:
            datetime.strptime(datetime(2024, 2, 3).strftime(form), form) if form != ISO else None
        except (ValueError, re.error) as error:  # the second for a code that stands twice
            section.fail("date", form, f"is iso, or written in the codes of strptime, each once ({error})")
    return forms

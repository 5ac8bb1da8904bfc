"""What the first records of a file become through a mapping, before anything is imported."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Final

from graph.rows import Reject, Row
from graph.sources.faults import BadMapping, BadValue
from graph.sources.mapped import RecordReader, check_columns
from graph.sources.mapping import SourceMapping, mapping_from
from graph.sources.tables.checks import rejected
from graph.sources.tables.formats import Record, records

SHOWN: Final = 10
"""Records that are read, and rows of all of them that are shown."""

LOOKED_AT: Final = 100
"""Rows of one record, which is rejected where one of them is."""

AHEAD: Final = 200
MOST_UNMAPPED: Final = 100
MOST_NAMES: Final = 500


@dataclass(frozen=True, slots=True)
class Preview:
    """Rows that a file's first records become, each with its place, and the file's columns of which nothing is made."""

    rows: tuple[tuple[str, Row | Reject], ...]
    unmapped: tuple[str, ...]


@dataclass(slots=True)
class _Names:
    """The names of the records that were looked at, in their order."""

    seen: dict[str, None] = field(default_factory=dict[str, None])

    def see(self, record: Record) -> None:
        self.seen |= {} if isinstance(record, BadValue) else dict.fromkeys(record)

    def unmapped(self, rules: SourceMapping) -> tuple[str, ...]:
        mapped = {name.partition(".")[0] for name in rules.source_columns} | rules.source_columns
        return tuple(islice((name for name in self.seen if name not in mapped), MOST_UNMAPPED))


def preview(path: Path, mapping: str) -> Preview:
    """Return the first ten rows at most that a file's first ten records become through a mapping, as an import would read them.

    BadMapping where the mapping is unsound, does not take the file, or names other columns.
    """
    rules, names = mapping_from(mapping, path.name), _Names()
    if not rules.takes(path.name):
        raise BadMapping(f"{path.name}: the mapping takes files called {' or '.join(rules.files)}; correct [source] files")
    return Preview(tuple(islice(_rows(path, rules, names), SHOWN)), names.unmapped(rules))


def header(path: Path, rules: SourceMapping) -> tuple[str, ...]:
    """Return the names of a file's columns as its first records have them, whether or not the mapping names others; at most 500."""
    names = _Names()
    try:
        for _, _, record in islice(records(path, replace(rules.layout, ahead=AHEAD)), SHOWN):
            names.see(record)
    except BadValue:  # told where the records are read
        pass
    return tuple(islice(names.seen, MOST_NAMES))


def _rows(path: Path, rules: SourceMapping, names: _Names) -> Iterator[tuple[str, Row | Reject]]:
    reader, place = RecordReader(rules, path.name), ""
    try:
        for place, _, record in islice(records(path, replace(rules.layout, ahead=AHEAD)), SHOWN):
            if not (names.seen or isinstance(record, BadValue)):
                check_columns(path, record, rules)
            names.see(record)
            yield from ((place, item) for item in reader.read(record, place, most=LOOKED_AT) if isinstance(item, (Row, Reject)))
    except BadValue as fault:
        if not place:
            raise BadMapping(f"{path.name}: {fault}") from None
        yield "", rejected(fault, {}, path.name, "", rules.targets[0].table)

"""What the first records of a file become through a mapping, before anything is imported."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Final

from graph.model import table
from graph.rows import Reject, Row
from graph.sources.faults import BadMapping, BadValue
from graph.sources.mapped import check_columns, made_of
from graph.sources.mapping import SourceMapping, mapping_from
from graph.sources.tables.checks import TableReader
from graph.sources.tables.formats import records

SHOWN: Final = 10


@dataclass(frozen=True, slots=True)
class Preview:
    """Rows that a file's first records become, each with its place, and the file's columns of which nothing is made."""

    rows: tuple[tuple[str, Row | Reject], ...]
    unmapped: tuple[str, ...]


def preview(path: Path, mapping: str) -> Preview:
    """Return what the first ten records of a file become through a mapping; BadMapping where it is unsound, or names other columns."""
    rules = mapping_from(mapping, path.name)
    try:
        found = list(islice(records(path, rules.layout), SHOWN))
    except BadValue as fault:
        raise BadMapping(f"{path.name}: {fault}") from None
    rows: list[tuple[str, Row | Reject]] = []
    names: dict[str, None] = {}
    for place, position, record in found:
        if isinstance(record, BadValue):
            raise BadMapping(f"{path.name} {place}: {record}")
        if not names:
            check_columns(path, record, rules)
        names |= dict.fromkeys(record)
        rows += ((place, item) for item in _made(path, record, rules, place, position))
    tops = {name.partition(".")[0] for name in rules.source_columns}
    return Preview(tuple(rows), tuple(name for name in names if name not in tops | rules.source_columns))


def _made(path: Path, record: dict[str, Any], rules: SourceMapping, place: str, position: int) -> Iterator[Row | Reject]:
    for target in rules.targets:
        reader = TableReader(table(target.table), path.name)
        for made in made_of(record, target, rules):
            yield from (item for item in reader.read(made, place, position, raw=record) if isinstance(item, (Row, Reject)))

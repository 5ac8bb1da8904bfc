"""The first records of a file, by column, and how the file is written."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any, Final, cast

from graph.dates import DAY
from graph.sources.encodings import LIKELY, is_broken
from graph.sources.faults import BadMapping, BadValue
from graph.sources.tables.delimiters import DELIMITERS, HEAD_LINES
from graph.sources.tables.formats import EXTENSIONS, records
from graph.sources.tables.layout import Layout
from graph.sources.tables.lines import text_lines

RECORDS: Final = 200
DEEPEST: Final = 4
LONGEST: Final = 200
"""Characters or items of a value that tell how values are written."""


@dataclass(frozen=True, slots=True)
class Sample:
    """Columns with the values of some records that have any, how the file is written, and the day on which it was last changed."""

    columns: dict[str, list[Any]]
    layout: Layout
    changed: int

    def texts(self, column: str) -> list[str]:
        """Return a column's values as texts, trimmed."""
        return [text for value in self.columns.get(column, []) if (text := str(value).strip())]


def sample_of(path: Path) -> Sample:
    """Return a sample of a file; BadMapping where it holds no records."""
    name = path.name.lower()
    if not name.endswith(EXTENSIONS):
        raise BadMapping(f"{path.name}: not a file that can be read; its name ends with one of {', '.join(EXTENSIONS)}")
    layout = _layout(path) if name.removesuffix(".gz").endswith(".csv") else Layout(doubled=True, ahead=RECORDS)
    columns: dict[str, list[Any]] = {}
    try:
        for _, _, record in islice(records(path, layout), RECORDS):
            for column, value in _leaves({} if isinstance(record, BadValue) else record, ""):
                columns.setdefault(column, []).extend([] if value in (None, "") else [_cut(value)])
    except BadValue as fault:
        raise BadMapping(f"{path.name}: {fault}") from None
    if not columns:
        raise BadMapping(f"{path.name}: no records are in it; a mapping is proposed from a file that has some")
    day = int(path.stat().st_mtime) // DAY * DAY
    return Sample(columns, layout, day if day <= datetime.now(UTC).timestamp() else 0)


def _leaves(record: dict[str, Any], above: str) -> Iterator[tuple[str, Any]]:
    for name, value in record.items():
        if isinstance(value, dict):
            if above.count(".") < DEEPEST:
                yield from _leaves(cast("dict[str, Any]", value), f"{above}{name}.")
        else:
            yield f"{above}{name}", value


def _cut(value: object) -> object:
    return cast("str | list[object]", value)[:LONGEST] if isinstance(value, str | list) else value


def _layout(path: Path) -> Layout:
    """Return which delimiter and how many title lines a CSV file has."""
    encoding = _encoding(path)
    lines = list(islice(text_lines(path, encoding), HEAD_LINES))
    delimiter = max(DELIMITERS, key=lambda each: _regular(lines, each))
    rows = csv.reader(lines, delimiter=delimiter)
    filled: list[tuple[int, int]] = []
    above = 0
    for row in rows:
        filled.append((above, sum(1 for cell in row if cell.strip())))
        above = rows.line_num
    usual = Counter(count for _, count in filled if count).most_common(1)
    wide = next((line for line, count in filled if usual and count >= 0.7 * usual[0][0]), 0)
    return Layout(encoding, None if delimiter == "," else delimiter, wide or None, doubled=True)


def _encoding(path: Path) -> str | None:
    """Return the encoding that the reading of a file must be told; None where it finds it itself."""
    return LIKELY[0] if any(map(is_broken, islice(text_lines(path, None), RECORDS))) else None


def _regular(lines: list[str], delimiter: str) -> int:
    """Return how many lines have the commonest number, above one, of cells."""
    try:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=delimiter) if len(row) > 1)
    except csv.Error:
        return 0
    return max((width * count for width, count in widths.items()), default=0)

"""The rows of a CSV file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path
from typing import Any

from graph.sources.faults import BadValue
from graph.sources.tables.delimiters import HEAD_LINES, check_delimiter, delimiter_in, said_by
from graph.sources.tables.layout import Layout
from graph.sources.tables.lines import text_lines
from graph.sources.tables.rows import Rows

Cells = dict[str, Any] | BadValue
Placed = tuple[str, list[str] | BadValue]


def csv_records(path: Path, layout: Layout) -> Iterator[tuple[str, Cells]]:
    """Yield each row below the header with its line, and its cells by column (or why it cannot be read)."""
    rows = _rows(path, layout)
    names, ahead = _header(rows, layout.columns)
    header = _columns(names, layout)
    for place, cells in chain(ahead, rows):
        if isinstance(cells, BadValue):
            yield place, cells
        elif any(cells):
            yield place, _cells(header, cells)


def _rows(path: Path, layout: Layout) -> Iterator[Placed]:
    above = layout.skip_lines or 0
    lines = islice(text_lines(path, layout.encoding), above, None)
    head = list(islice(lines, HEAD_LINES))
    found = delimiter_in(head, layout.columns)
    if head and said_by(head[0]):
        above, head = above + 1, head[1:]
    if layout.delimiter is not None:
        check_delimiter(head, layout.delimiter, found)
    rows = Rows(chain(head, lines), layout.delimiter or found)
    for number, cells in rows:
        yield f"line {above + number}", cells


def _header(rows: Iterator[Placed], columns: frozenset[str]) -> tuple[list[str], list[Placed]]:
    """Return the names in the header, and the rows that were read beyond it while it was looked for."""
    ahead: list[Placed] = []
    for row in islice(rows, HEAD_LINES):
        ahead.append(row)
        if (names := _names(row)) and columns <= set(_numbered(names)):
            return names, []
    first = next((place for place, row in enumerate(ahead) if _names(row)), None)
    return ([], []) if first is None else (_names(ahead[first]), ahead[first + 1 :])


def _names(row: Placed) -> list[str]:
    """Return the names of a header; none where the row is empty or broken."""
    cells = row[1]
    return [cell.strip() for cell in cells] if not isinstance(cells, BadValue) and any(cell.strip() for cell in cells) else []


def _columns(names: list[str], layout: Layout) -> list[str]:
    if not layout.doubled and len({name for name in names if name}) != sum(1 for name in names if name):
        raise BadValue(",".join(names), "a column name appears once in the header", "rename or delete the others")
    return _numbered(names)


def _numbered(names: list[str]) -> list[str]:
    """Return names that differ: the second `x` is `x [2]`; a column without a name is `column 3` after its place."""
    seen: Counter[str] = Counter()
    found: list[str] = []
    for place, name in enumerate(names, start=1):
        seen[name] += 1
        found.append(f"column {place}" if not name else name if seen[name] == 1 else f"{name} [{seen[name]}]")
    return found


def _cells(header: list[str], cells: list[str]) -> Cells:
    if len(cells) > len(header) and not any(cells[len(header) :]):
        cells = cells[: len(header)]  # spreadsheets write separators for empty columns
    if len(cells) != len(header):
        rule = f"a row has as many cells as the header ({len(header)}), not {len(cells)}"
        return BadValue(",".join(cells), rule, "correct its delimiters and quotes", row=",".join(cells))
    return dict(zip(header, cells, strict=True))

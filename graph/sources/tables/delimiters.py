"""What separates the cells of a CSV file: as it is named, or as the header shows."""

from __future__ import annotations

import csv
import re
from itertools import islice
from pathlib import Path
from typing import Final

from graph.sources.faults import BadValue
from graph.sources.tables.layout import Layout
from graph.sources.tables.lines import text_lines

DELIMITERS: Final = (",", ";", "\t", "|")
SEPARATOR_LINE: Final = re.compile(r'"?sep=([^\w\s]|\t)"?\s*', re.IGNORECASE)
HEAD_LINES: Final = 20
"""How far down a header is looked for."""


def delimiter_of(text: str) -> str | None:
    """Return the delimiter that somebody names: one character, or tab; None where it is neither."""
    found = "\t" if text in ("tab", "\\t") else text
    return found if len(found) == 1 and found not in '\r\n"' else None


def assumed_delimiter(path: Path, layout: Layout) -> str | None:
    """Return the delimiter that a file is read with, where nobody named it and it is no comma."""
    if layout.delimiter is not None:
        return None
    lines = islice(text_lines(path, layout.encoding), layout.skip_lines or 0, None)
    found = delimiter_in(list(islice(lines, HEAD_LINES)), layout.columns)
    return None if found == DELIMITERS[0] else found


def delimiter_in(head: list[str], columns: frozenset[str]) -> str:
    """Return what separates the cells: what a line `sep=;` says, what finds all `columns`, or what makes most cells of the first line."""
    if head and (said := said_by(head[0])):
        return said
    for delimiter in DELIMITERS if columns else ():
        if any(columns <= {cell.strip() for cell in _cells(line, delimiter)} for line in head):
            return delimiter
    first = _first(head)
    return max(DELIMITERS, key=lambda delimiter: len(_cells(first, delimiter)))


def said_by(line: str) -> str | None:
    """Return the delimiter that a spreadsheet's line `sep=;` names; None for any other line."""
    found = SEPARATOR_LINE.fullmatch(line)
    return found[1] if found else None


def check_delimiter(head: list[str], named: str, found: str) -> None:
    """Raise BadValue where the delimiter that was named leaves the header in one piece, and another separates it."""
    first = _first(head)
    if named != found and len(_cells(first, named)) == 1 < len(_cells(first, found)):
        rule = f"the header is a single column when separated by {called(named)}; {called(found)} seems to separate its columns"
        raise BadValue(first, rule, "name that delimiter, or leave it out")


def called(delimiter: str) -> str:
    """Return what a message calls a delimiter."""
    return {"\t": "a tab", ",": "a comma", ";": "a semicolon", "|": "a vertical bar"}.get(delimiter, f"'{delimiter}'")


def _first(head: list[str]) -> str:
    return next((line for line in head if line.strip()), "")


def _cells(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter), list[str]())
    except csv.Error:
        return []

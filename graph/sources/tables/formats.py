"""The records of a table's file, whatever its format, one at a time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from graph.rows import Note
from graph.sources.encodings import assumed
from graph.sources.faults import BadValue
from graph.sources.tables.columnar import parquet_records
from graph.sources.tables.delimited import csv_records
from graph.sources.tables.delimiters import assumed_delimiter
from graph.sources.tables.json_records import json_document, json_lines
from graph.sources.tables.layout import Layout

EXTENSIONS: Final = (".parquet", ".csv", ".csv.gz", ".jsonl", ".jsonl.gz", ".json", ".json.gz")

Record = dict[str, Any] | BadValue


def records(path: Path, layout: Layout | None = None) -> Iterator[tuple[str, int, Record]]:
    """Yield each record with its place as the user counts it, its position from 1, and its cells (or why it cannot be read).

    A CSV row's place is its line; the position is the row's. BadValue where the rest of the file cannot be read.
    """
    for position, (place, record) in enumerate(_placed(path, layout or Layout()), start=1):
        yield place, position, record


def assumptions(path: Path, layout: Layout, name: str) -> Iterator[Note]:
    """Yield what was assumed of a file that nobody said: its encoding where it is no UTF-8, its delimiter where it is no comma."""
    kind = path.name.lower().removesuffix(".gz")
    if kind.endswith(".parquet"):
        return
    if (encoding := assumed(path, layout.encoding)) is not None:
        yield Note("encoding", f"{name}: {encoding}")
    try:
        delimiter = assumed_delimiter(path, layout) if kind.endswith(".csv") else None
    except BadValue:  # told again, as a reject, where the file is read
        return
    if delimiter is not None:
        yield Note("delimiter", f"{name}: {delimiter!r} separates the columns")


def _placed(path: Path, layout: Layout) -> Iterator[tuple[str, Record]]:
    name = path.name.lower().removesuffix(".gz")
    if name.endswith(".parquet"):
        return parquet_records(path)
    if name.endswith(".jsonl"):
        return json_lines(path, layout)
    if name.endswith(".json"):
        return json_document(path, layout)
    return csv_records(path, layout)

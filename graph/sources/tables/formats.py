"""The records of a table's file, whatever its format, one at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from graph.rows import Note
from graph.sources.encodings import assumed
from graph.sources.faults import BadValue
from graph.sources.tables.columnar import parquet_records
from graph.sources.tables.delimited import csv_records
from graph.sources.tables.delimiters import assumed_delimiter, called
from graph.sources.tables.json_records import json_document, json_lines
from graph.sources.tables.layout import Layout
from graph.sources.tables.lines import head_of

PACKED: Final = (".csv", ".tsv", ".jsonl", ".ndjson", ".json")
EXTENSIONS: Final = (".parquet", *PACKED, *(f"{each}.gz" for each in PACKED))

JSON: Final = (".jsonl", ".ndjson", ".json")

Record = dict[str, Any] | BadValue


def is_json(path: Path) -> bool:
    """Tell whether a file's records are JSON objects, which may leave out what is empty."""
    return path.name.lower().removesuffix(".gz").endswith(JSON)


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
        yield Note("delimiter", f"{name}: {called(delimiter)} separates the columns")


MAGIC: Final = {
    b"PK\x03\x04": "a spreadsheet or another zip archive",
    b"\xd0\xcf\x11\xe0": "an old spreadsheet",
    b"PAR1": "a Parquet file",
    b"%PDF": "a PDF document",
    b"BZh": "packed with bzip2",
    b"\xfd7zXZ": "packed with xz",
    b"\x28\xb5\x2f\xfd": "packed with zstd",
}
"""How files begin that are no text, whatever their names say."""


def _placed(path: Path, layout: Layout) -> Iterator[tuple[str, Record]]:
    name = path.name.lower().removesuffix(".gz")
    head = head_of(path)
    other = next((what for magic, what in MAGIC.items() if head.startswith(magic)), None)
    if other is not None and not name.endswith(".parquet"):
        raise BadValue(
            path.name, f"the file is a text, and this is {other}", "save it as CSV or JSON Lines, or give it the name it should have"
        )
    if name.endswith(".parquet"):
        return parquet_records(path)
    if name.endswith((".jsonl", ".ndjson")):
        return json_lines(path, layout)
    if name.endswith(".json"):
        return json_document(path, layout)
    return csv_records(path, replace(layout, delimiter=layout.delimiter or "\t") if name.endswith(".tsv") else layout)

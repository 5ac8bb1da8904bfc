"""The records of a table's file, whatever its format, one at a time."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, Final, cast

import orjson

from graph.sources.faults import BadValue
from graph.sources.packed import chunks, is_gzip

EXTENSIONS: Final = (".parquet", ".csv", ".csv.gz", ".jsonl", ".jsonl.gz")
LONGEST_LINE: Final = 16 * 1024 * 1024
BATCH: Final = 4096

Record = dict[str, Any] | BadValue


def records(path: Path, *, delimiter: str = ",") -> Iterator[tuple[str, int, Record]]:
    """Yield each record with its place as the user counts it, its position from 1, and its cells (or why it cannot be read).

    A CSV row's place is its line; the position is the row's. BadValue where the rest of the file cannot be read.
    """
    name = path.name.lower().removesuffix(".gz")
    if name.endswith(".parquet"):
        found = _parquet(path)
    elif name.endswith(".jsonl"):
        found = _json_lines(path)
    else:
        found = _csv(path, delimiter)
    for position, (place, record) in enumerate(found, start=1):
        yield place, position, record


def _csv(path: Path, delimiter: str) -> Iterator[tuple[str, Record]]:
    csv.field_size_limit(LONGEST_LINE)
    reader = csv.reader(_text_lines(path), delimiter=delimiter, strict=True)
    header = [column.strip() for column in next(reader, cast("list[str]", []))]
    if len(set(header)) != len(header):
        raise BadValue(",".join(header), "a column stands once in the header", "rename or drop the others")
    place = reader.line_num + 1
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            yield f"line {place}", BadValue("", f"a row is CSV ({error})", "mend its quotes")
            cells = []
        if cells is None:
            return
        if cells:
            yield f"line {place}", _cells(header, cells)
        place = reader.line_num + 1


def _cells(header: list[str], cells: list[str]) -> Record:
    if len(cells) != len(header):
        return BadValue(",".join(cells), f"a row has {len(header)} cells as the header has, not {len(cells)}", "mend its commas and quotes")
    return dict(zip(header, cells, strict=True))


def _text_lines(path: Path) -> Iterator[str]:
    # Bytes that are no UTF-8 become lone surrogates, which the checks of a cell refuse.
    for line in _lines(path):
        yield line.decode("utf-8", "surrogateescape")


def _lines(path: Path) -> Iterator[bytes]:
    """Yield lines with their ends; a last one without an end too."""
    stream = io.BufferedReader(_Chunks(path)) if is_gzip(path) else path.open("rb")
    with stream:
        first = True
        while line := stream.readline(LONGEST_LINE + 1):
            if len(line) > LONGEST_LINE:
                raise BadValue(path.name, f"a line has at most {LONGEST_LINE} bytes", "end lines with a line feed")
            yield line.removeprefix(b"\xef\xbb\xbf") if first else line
            first = False


class _Chunks(io.RawIOBase):
    """Unpacked chunks as a raw stream, which the standard library can buffer."""

    def __init__(self, path: Path) -> None:
        self._chunks = chunks(path)
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._rest:
            following = next(self._chunks, None)
            if following is None:
                return 0
            self._rest = following
        size = min(len(buffer), len(self._rest))
        buffer[:size], self._rest = self._rest[:size], self._rest[size:]
        return size


def _json_lines(path: Path) -> Iterator[tuple[str, Record]]:
    for number, line in enumerate(_lines(path), start=1):
        if line.strip():
            yield f"line {number}", _json_record(line)


def _json_record(line: bytes) -> Record:
    try:
        found: object = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        return BadValue(line[:200].decode(errors="replace"), f"a line is one JSON object ({error.msg})", "mend it")
    if not isinstance(found, dict):
        return BadValue(found, "a line is one JSON object", "write {…}")
    return cast("dict[str, Any]", found)


def _parquet(path: Path) -> Iterator[tuple[str, Record]]:
    # Imported here: it costs 60 MB that the reading of responses does without.
    pa: Any = import_module("pyarrow")
    parquet: Any = import_module("pyarrow.parquet")
    try:
        with parquet.ParquetFile(path) as file:
            number = 0
            for batch in file.iter_batches(batch_size=BATCH):
                for record in cast("list[dict[str, Any]]", batch.to_pylist()):
                    number += 1
                    yield f"row {number}", record
    except (pa.ArrowInvalid, OSError) as error:
        raise BadValue(path.name, f"the Parquet file cannot be read ({error})", "write it again") from None

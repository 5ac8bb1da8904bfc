"""How an answer is written: for eyes, for other programs, or for a column store."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any, BinaryIO, Final, Protocol

import orjson
from rich.console import Console
from rich.table import Table
from rich.text import Text

from graph.queries import Answer, plain

if TYPE_CHECKING:
    from graph.queries.running import Row


class Written(Protocol):
    """Takes an answer's batches one by one; then `end`, also where there was none, or `drop` where it has failed."""

    def take(self, rows: Sequence[Row]) -> None: ...

    def end(self) -> None: ...

    def drop(self) -> None: ...


class _Droppable:
    def drop(self) -> None:
        """Nothing has to be let go."""


class AsTable(_Droppable):
    """A table for a terminal, as wide as its text."""

    def __init__(self, answer: Answer, out: BinaryIO) -> None:
        """Write to `out` at the end, when the widths are known."""
        self._answer, self._out = answer, out
        self._table = Table(*answer.names)

    def take(self, rows: Sequence[Row]) -> None:
        """Keep the rows."""
        for row in _plain(rows, self._answer):
            self._table.add_row(*(Text(_cell(value)) for value in row))

    def end(self) -> None:
        """Write the table."""
        text = io.StringIO()
        console = Console(file=text, width=None if self._out.isatty() else 10_000)
        console.print(self._table)
        self._out.write(text.getvalue().encode())


class AsCsv(_Droppable):
    """CSV as RFC 4180 has it, in UTF-8; lists and maps as JSON, null as nothing."""

    def __init__(self, answer: Answer, out: BinaryIO) -> None:
        """Write the names of the columns."""
        self._answer, self._out = answer, out
        self._write([answer.names])

    def take(self, rows: Sequence[Row]) -> None:
        """Write the rows."""
        self._write([_cell(value) for value in row] for row in _plain(rows, self._answer))

    def end(self) -> None:
        """Nothing is left."""

    def _write(self, rows: Iterable[Sequence[str]]) -> None:
        text = io.StringIO(newline="")
        csv.writer(text).writerows(rows)
        self._out.write(text.getvalue().encode())


class AsJsonLines(_Droppable):
    """One JSON object a row, by the names of the columns."""

    def __init__(self, answer: Answer, out: BinaryIO) -> None:
        """Write to `out`, row by row."""
        self._answer, self._out = answer, out

    def take(self, rows: Sequence[Row]) -> None:
        """Write the rows."""
        for row in _plain(rows, self._answer):
            named = dict(zip(self._answer.names, row, strict=True))
            self._out.write(orjson.dumps(named, option=orjson.OPT_APPEND_NEWLINE))

    def end(self) -> None:
        """Nothing is left."""


class _Columnar:
    """Keeps the rows until the last has shown the columns' types."""

    def __init__(self, answer: Answer, out: BinaryIO) -> None:
        """Write to `out` at the end."""
        from graph.queries.arrow import ArrowRows  # late: other formats do without 60 MB

        self._out, self._rows = out, ArrowRows(answer)

    def take(self, rows: Sequence[Row]) -> None:
        """Keep the rows."""
        self._rows.take(rows)

    def drop(self) -> None:
        """Let the rows go."""
        self._rows.close()


class AsArrow(_Columnar):
    """An Arrow stream."""

    def end(self) -> None:
        """Write the stream."""
        from graph.queries.arrow import ArrowStream

        stream = ArrowStream(self._rows.schema)
        for batch in self._rows.batches():
            self._out.write(stream.written(batch))
        self._out.write(stream.ended(b"{}"))
        self._rows.close()


class AsParquet(_Columnar):
    """A Parquet file, a row group for each batch."""

    def end(self) -> None:
        """Write the file."""
        # pyarrow's types leave this module out.
        writer_of: Any = import_module("pyarrow.parquet").ParquetWriter
        with writer_of(self._out, self._rows.schema, compression="zstd") as writer:
            for batch in self._rows.batches():
                writer.write_batch(batch)
        self._rows.close()


FORMATS: Final[Mapping[str, type[AsTable | AsCsv | AsJsonLines | AsArrow | AsParquet]]] = {
    "table": AsTable,
    "csv": AsCsv,
    "jsonl": AsJsonLines,
    "parquet": AsParquet,
    "arrow": AsArrow,
}
BINARY: Final = ("parquet", "arrow")
BATCHES: Final = {"parquet": 50_000, "arrow": 10_000}
"""Rows of a batch, where the format gains by long ones."""


def _plain(rows: Sequence[Row], answer: Answer) -> Iterable[list[Any]]:
    return ([plain(value, answer.ids) for value in row] for row in rows)


def _cell(value: Any) -> str:
    """Return a value as text: texts as they are, null as nothing, all else as JSON."""
    if value is None:
        return ""
    return value if isinstance(value, str) else orjson.dumps(value).decode()

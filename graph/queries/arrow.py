"""A query's rows as Arrow, each column in the one type that all of its rows fit.

The types are known once the last row is: until then rows wait in a temporary file, in the types that they had by then.
Import this where Arrow is written and not before: pyarrow takes 60 MB.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from tempfile import SpooledTemporaryFile
from typing import Any, Final

from graph.queries.arrow_types import array, arrow_type, as_text, pa
from graph.queries.columns import UNKNOWN, public
from graph.queries.errors import Mixed
from graph.queries.running import Answer, Row
from graph.queries.widening import Widening

TYPE: Final = "cypher"
"""The key under which a field's metadata tells the column's type."""

IN_MEMORY: Final = 16 * 1024 * 1024
"""Bytes up to which the rows that wait need no file."""


class ArrowRows:
    """Takes an answer's batches, and gives them back as record batches of one schema."""

    def __init__(self, answer: Answer) -> None:
        """Begin with no row."""
        self._answer, self._rows = answer, 0
        self._columns = [Widening(answer.typing, place) for place in range(len(answer.names))]
        self._file: Any = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 -- closed by `close`
        self._starts: list[int] = []
        self._types: list[Any] = []
        self._writer: Any = None

    def take(self, rows: Sequence[Row]) -> None:
        """Keep rows; `Mixed` names the column, and the rows whose values no one type holds."""
        if not rows:
            return
        columns = list(zip(*rows, strict=True))
        for column, values in zip(self._columns, columns, strict=True):
            column.see(values, before=self._rows)
        self._rows += len(rows)
        types = [arrow_type(each.kind, fine=each.fine) for each in self._columns]
        if types != self._types:
            self._begin(types)
        arrays = [array(values, type_, self._answer.ids) for values, type_ in zip(columns, types, strict=True)]
        self._writer.write_batch(pa.record_batch(arrays, schema=self._writer_schema))

    @property
    def schema(self) -> Any:
        """The schema that all rows so far fit; a column without any value is text."""
        fields = ((each.name, self._final(each), {TYPE: public(each.kind)}) for each in self._columns)
        return pa.schema([pa.field(name, type_, metadata=told) for name, type_, told in fields])

    def batches(self) -> Iterator[Any]:
        """Yield the rows as record batches of the schema, batch for batch as they were taken; there can be no more rows then."""
        self._end()
        schema = self.schema
        for start in self._starts:
            self._file.seek(start)
            for batch in pa.ipc.open_stream(self._file):
                arrays = [self._widened(batch.column(at), column) for at, column in enumerate(self._columns)]
                yield pa.RecordBatch.from_arrays(arrays, schema=schema)

    def close(self) -> None:
        """Let the temporary file go."""
        self._end()
        self._file.close()

    def _begin(self, types: list[Any]) -> None:
        self._end()
        self._types = types
        self._writer_schema = pa.schema([(str(at), type_) for at, type_ in enumerate(types)])
        self._starts.append(self._file.tell())
        self._writer = pa.ipc.new_stream(self._file, self._writer_schema)

    def _end(self) -> None:
        if self._writer is not None:
            self._writer.close()
            self._writer, self._types = None, []

    def _final(self, column: Widening) -> Any:
        unknown = column.kind in (UNKNOWN, f"LIST<{UNKNOWN}>")
        return pa.string() if unknown else arrow_type(column.kind, fine=column.fine)

    def _widened(self, values: Any, column: Widening) -> Any:
        """Return an array in the column's last type; nothing is lost by the casts that `Widening` lets through."""
        final = self._final(column)
        if values.type == final:
            return values
        if final == pa.string() and pa.types.is_list(values.type):
            return self._lists_as_text(values, column)
        return values.cast(final)

    def _lists_as_text(self, values: Any, column: Widening) -> Any:
        if pa.types.is_timestamp(values.type.value_type):
            raise Mixed(f"column {column.name}: lists of date-times and lists of other values share it; write their items with toString(…)")
        return pa.array([None if each is None else as_text(each, {}) for each in values.to_pylist()], pa.string())


class ArrowStream:
    """Writes record batches as the bytes of an Arrow stream."""

    def __init__(self, schema: Any) -> None:
        """Begin a stream of a schema."""
        self._schema, self._sink = schema, _Sink()
        self._writer: Any = pa.ipc.new_stream(self._sink, schema)

    def written(self, batch: Any) -> bytes:
        """Return the next bytes of the stream, with this batch."""
        self._writer.write_batch(batch)
        return self._sink.taken()

    def ended(self, told: bytes) -> bytes:
        """Return the last bytes of the stream: an empty batch whose metadata tells under `end` how the answer ended."""
        self._writer.write_batch(_empty(self._schema), custom_metadata={"end": told})
        self._writer.close()
        return self._sink.taken()


def _empty(schema: Any) -> Any:
    return pa.RecordBatch.from_arrays([pa.array([], field.type) for field in schema], schema=schema)


class _Sink:
    """Takes what a writer writes, to be handed on piece by piece."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self.closed = False

    def write(self, piece: bytes) -> int:
        self._pieces.append(bytes(piece))
        return len(piece)

    def flush(self) -> None: ...

    def close(self) -> None:
        self.closed = True

    def taken(self) -> bytes:
        pieces, self._pieces = self._pieces, []
        return b"".join(pieces)

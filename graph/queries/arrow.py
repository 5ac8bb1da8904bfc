"""A query's rows as Arrow: typed by the first batch, to which the later ones have to keep.

Import this where Arrow is written and not before: pyarrow takes 60 MB.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import Any, Final, Self, cast

import orjson
from neo4j.time import Date, DateTime

from graph.queries.columns import Column, Typing
from graph.queries.errors import Mixed
from graph.queries.running import Answer, Row
from graph.queries.values import Ids, plain

pa: Final[Any] = import_module("pyarrow")  # it ships no types

SIMPLE: Final[Mapping[str, Any]] = {
    "INTEGER": pa.int64(),
    "FLOAT": pa.float64(),
    "BOOLEAN": pa.bool_(),
    "STRING": pa.string(),
    "BYTES": pa.binary(),
    "DATE": pa.date32(),
    "ZONED DATETIME": pa.timestamp("us", "UTC"),
    "LOCAL DATETIME": pa.timestamp("us"),
}
"""Whatever else there is becomes text: times and durations as ISO 8601; nodes, relationships, maps and mixed values as JSON."""

TYPE: Final = "cypher"
"""The key under which a field's metadata tells the column's type."""


class ArrowRows:
    """Turns batches of rows into record batches of one schema, and those into the bytes of an Arrow stream."""

    def __init__(self, columns: Sequence[Column], ids: Ids) -> None:
        """Write columns of these types; `ids` tells of the nodes that relationships join."""
        self.schema: Any = pa.schema([pa.field(each.name, _type(each.type), metadata={TYPE: each.type}) for each in columns])
        self._columns, self._ids = columns, ids
        self._sink = _Sink()
        self._writer: Any = pa.ipc.new_stream(self._sink, self.schema)

    @classmethod
    def of(cls, answer: Answer, rows: Sequence[Row]) -> Self:
        """Return what writes an answer whose first batch these rows are."""
        typing = Typing(answer.names)
        for row in rows:
            typing.see(row)
        return cls(typing.columns(), answer.ids)

    def batch(self, rows: Sequence[Row]) -> Any:
        """Return rows as a record batch; `Mixed` where a value does not fit its column."""
        values = list(zip(*rows, strict=True)) if rows else [()] * len(self._columns)
        arrays = [self._array(column, each) for column, each in zip(self._columns, values, strict=True)]
        return pa.RecordBatch.from_arrays(arrays, schema=self.schema)

    def written(self, rows: Sequence[Row]) -> bytes:
        """Return the next bytes of the stream, with these rows."""
        self._writer.write_batch(self.batch(rows))
        return self._sink.taken()

    def ended(self, told: bytes) -> bytes:
        """Return the last bytes of the stream: an empty batch whose metadata tells under `end` how the answer ended."""
        self._writer.write_batch(self.batch([]), custom_metadata={"end": told})
        self._writer.close()
        return self._sink.taken()

    def _array(self, column: Column, values: Sequence[Any]) -> Any:
        type_ = _type(column.type)
        convert = _text if type_ == pa.string() else _native
        try:
            return pa.array([convert(value, self._ids) for value in values], type_)
        except (pa.ArrowException, OverflowError) as error:
            raise Mixed(
                f"the column {column.name} is {column.type} in the first rows and something else later; "
                "make it of one type, as with toString(…) or toFloat(…)"
            ) from error


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


def _type(name: str) -> Any:
    """Return the Arrow type of a column."""
    if name.startswith("LIST<") and name[5:-1] in SIMPLE:
        return pa.list_(SIMPLE[name[5:-1]])
    return SIMPLE.get(name, pa.string())


def _native(value: Any, ids: Ids) -> Any:
    """Return a value of a simple type, or a list of such, as pyarrow takes it."""
    if isinstance(value, Date | DateTime):
        native = cast("Callable[[], Any]", value.to_native)
        return native()
    if isinstance(value, list):
        return [_native(item, ids) for item in cast("list[Any]", value)]
    return value


def _text(value: Any, ids: Ids) -> str | None:
    """Return a value as text: texts as they are, all else as JSON, of which times lose their quotes."""
    if value is None or isinstance(value, str):
        return value
    said = plain(value, ids)
    return said if isinstance(said, str) else orjson.dumps(said).decode()

"""Rows as Arrow batches, and the files that are made of those: Parquet, Arrow, CSV."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import Any, BinaryIO, Final

from graph.exports.cells import listed
from graph.exports.sheets import LISTS, Column, Row, Sheet
from graph.model import Type

ROW_GROUP: Final = 32_768
"""Rows of a Parquet file that are written together, and so held until then."""


class Columnar:
    """Writes one sheet's rows through an Arrow writer."""

    def __init__(self, file: BinaryIO, sheet: Sheet, opened: Callable[[Any, Any], Any], *, flat: bool = False) -> None:
        """Open the writer that `opened` returns for file and schema; `flat` writes lists as JSON text."""
        self._arrow: Any = import_module("pyarrow")  # imported late: it costs 60 MB that other formats do without
        self._columns, self._flat = sheet.columns, flat
        self._typed = sheet.schema is not None
        self._schema = sheet.schema if self._typed else self._arrow.schema([self._field(column) for column in sheet.columns])
        self._file, self._writer = file, opened(file, self._schema)

    def rows(self, rows: Sequence[Row]) -> None:
        """Write one batch."""
        if self._typed:
            self._writer.write_batch(rows)
        elif rows:
            arrays = [self._array(column, [row[at] for row in rows]) for at, column in enumerate(self._columns)]
            self._writer.write_batch(self._arrow.record_batch(arrays, schema=self._schema))

    def close(self) -> None:
        """Write what the format ends with."""
        self._writer.close()
        self._file.flush()

    def _array(self, column: Column, values: list[Any]) -> Any:
        if self._flat and column.type in LISTS:
            values = [None if value is None else listed(value) for value in values]
        return self._arrow.array(values, type=self._type(column.type))

    def _field(self, column: Column) -> Any:
        told = {name: text for name, text in (("meaning", column.meaning), ("unit", column.unit)) if text}
        return self._arrow.field(column.name, self._type(column.type), metadata=told or None)

    def _type(self, kind: Type) -> Any:
        arrow = self._arrow
        scalars = {Type.STRING: arrow.string(), Type.INTEGER: arrow.int64(), Type.FLOAT: arrow.float64(), Type.BOOLEAN: arrow.bool_()}
        if kind in scalars:
            return scalars[kind]
        if self._flat:
            return arrow.string()
        items = {Type.STRINGS: arrow.string(), Type.INTEGERS: arrow.int64(), Type.FLOATS: arrow.float64()}
        return arrow.list_(items[kind])


def parquet(file: BinaryIO, sheet: Sheet) -> Columnar:
    """Return a writer of Parquet; zstd packs it, and each column says its meaning and unit."""
    writer: Any = import_module("pyarrow.parquet").ParquetWriter
    return Columnar(file, sheet, lambda into, schema: _Grouped(writer(into, schema, compression="zstd")))


def arrow(file: BinaryIO, sheet: Sheet) -> Columnar:
    """Return a writer of the Arrow IPC file format (also called Feather)."""
    ipc: Any = import_module("pyarrow.ipc")
    return Columnar(file, sheet, ipc.new_file)


def csv(file: BinaryIO, sheet: Sheet) -> Columnar:
    """Return a writer of CSV with a header: texts in quotes, so that an empty text is not an unknown one; lists as JSON."""
    writer: Any = import_module("pyarrow.csv").CSVWriter
    return Columnar(file, sheet, writer, flat=True)


class _Grouped:
    """Gathers batches into row groups of a useful size, since each batch would become one of its own."""

    def __init__(self, writer: Any) -> None:
        self._writer, self._held, self._rows = writer, list[Any](), 0

    def write_batch(self, batch: Any) -> None:
        self._held.append(batch)
        self._rows += batch.num_rows
        if self._rows >= ROW_GROUP:
            self._write()

    def close(self) -> None:
        if self._held:
            self._write()
        self._writer.close()

    def _write(self) -> None:
        table: Any = import_module("pyarrow").Table.from_batches(self._held)
        self._writer.write_table(table, row_group_size=self._rows)
        self._held, self._rows = [], 0


class JsonLines:
    """Writes one JSON object a row, without what is unknown; numbers that JSON does not know (NaN, ±Infinity) are null."""

    def __init__(self, file: BinaryIO, sheet: Sheet) -> None:
        """Write into `file`."""
        self._file, self._names = file, [column.name for column in sheet.columns]
        self._dumps: Any = import_module("orjson").dumps

    def rows(self, rows: Sequence[Row]) -> None:
        """Write one line a row."""
        names, dumps = self._names, self._dumps
        lines = (dumps({name: value for name, value in zip(names, row, strict=True) if value is not None}) for row in rows)
        self._file.write(b"".join(line + b"\n" for line in lines))

    def close(self) -> None:
        """Write what is still held."""
        self._file.flush()


OPENERS: Final[Mapping[str, Callable[[BinaryIO, Sheet], Columnar | JsonLines]]] = {
    "parquet": parquet,
    "csv": csv,
    "arrow": arrow,
    "jsonl": JsonLines,
}
"""How each format of tables is written; a file's name ends as its format is called."""


def head(sheets: Sequence[Sheet], facts: Mapping[str, str | int], kind: str) -> str:
    """Return what a folder says of itself: facts, and for each sheet what its rows and columns are."""
    described = [
        {
            "file": f"{sheet.name}.{kind}",
            "rows": sheet.role,
            **{name: value for name, value in (("label", sheet.label), ("source", sheet.source), ("target", sheet.target)) if value},
            "columns": [
                {"name": column.name, "type": column.type, "meaning": column.meaning, "unit": column.unit} for column in sheet.columns
            ],
        }
        for sheet in sheets
    ]
    return json.dumps({**facts, "files": described}, ensure_ascii=False, indent=2) + "\n"

"""The records of a Parquet file."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, Final, cast

from graph.sources.faults import BadValue

BATCH: Final = 4096

Cells = dict[str, Any] | BadValue


def parquet_records(path: Path) -> Iterator[tuple[str, Cells]]:
    """Yield each row with its number, times and spans to the microsecond. BadValue where the file cannot be read."""
    # Imported here: it costs 60 MB that the reading of responses does without.
    pa: Any = import_module("pyarrow")
    parquet: Any = import_module("pyarrow.parquet")
    try:
        with parquet.ParquetFile(path) as file:
            number = 0
            for batch in file.iter_batches(batch_size=BATCH):
                for record in _rows(pa, batch):
                    number += 1
                    yield f"row {number}", record
    except (pa.ArrowException, OSError, NotImplementedError) as error:
        raise BadValue(path.name, f"the Parquet file cannot be read ({error})", "write it again") from None


def _rows(pa: Any, batch: Any) -> list[Cells]:
    """Return the rows of a batch; what Python has no value for rejects its own row alone."""
    names = cast("list[str]", batch.schema.names)
    if len(set(names)) != len(names):
        raise BadValue(", ".join(names), "a column name appears once", "rename or delete the others")
    columns = [_column(pa, array, name) for array, name in zip(batch.columns, names, strict=True)]
    return [_row(names, cells) for cells in zip(*columns, strict=True)]


def _row(names: list[str], cells: tuple[Any, ...]) -> Cells:
    fault = next((cell for cell in cells if isinstance(cell, BadValue)), None)
    return fault or dict(zip(names, cells, strict=True))


def _column(pa: Any, array: Any, name: str) -> list[Any]:
    kind = _plain(pa, array.type)
    if kind != array.type:
        array = array.cast(kind, safe=False)
    try:
        return array.to_pylist()
    except (ValueError, OverflowError, TypeError, pa.ArrowException):
        return [_value(pa, cell, name) for cell in array]


def _value(pa: Any, cell: Any, name: str) -> object:
    try:
        return cell.as_py()
    except (ValueError, OverflowError, TypeError, pa.ArrowException):
        times = pa.types.is_temporal(cell.type)
        rule = "a time lies in the years 1 to 9999" if times else f"a value lies within what its type ({cell.type}) allows"
        return BadValue(_stored(pa, cell), rule, "correct it", column=name)


def _stored(pa: Any, cell: Any) -> object:
    """Return the number as which a time is stored, for which Python has no value; empty for another type."""
    try:
        return f"{cell.cast(pa.int64()).as_py()} ({cell.type})"
    except (ValueError, OverflowError, TypeError, pa.ArrowException):
        return ""


def _plain(pa: Any, kind: Any) -> Any:
    """Return a type with its nanoseconds, for which Python has no value, cut to microseconds, and with UTC as its only zone."""
    types = pa.types
    if types.is_timestamp(kind):
        return pa.timestamp("us" if kind.unit == "ns" else kind.unit, tz="UTC" if kind.tz else None)
    if types.is_duration(kind) and kind.unit == "ns":
        return pa.duration("us")
    if types.is_time64(kind) and kind.unit == "ns":
        return pa.time64("us")
    if types.is_dictionary(kind):
        return _plain(pa, kind.value_type)
    if types.is_list(kind) or types.is_large_list(kind):
        below = _plain(pa, kind.value_type)
        return kind if below == kind.value_type else pa.list_(below)
    if types.is_struct(kind):
        fields = [field.with_type(_plain(pa, field.type)) for field in kind]
        return pa.struct(fields)
    return kind

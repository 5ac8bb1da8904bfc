"""Arrays as columns of the import tables, with names, types and order from the declared model."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import numpy as np

from graph.model import Property, Reference, Type, columns, table
from simulation.arrow import Column, Table, pa
from simulation.chance import Flags, Floats, Ints
from simulation.errors import UndeclaredColumn

TYPES: Final[dict[Type, Any]] = {
    Type.STRING: pa.string(),
    Type.INTEGER: pa.int64(),
    Type.FLOAT: pa.float64(),
    Type.BOOLEAN: pa.bool_(),
    Type.STRINGS: pa.list_(pa.string()),
    Type.INTEGERS: pa.list_(pa.int64()),
    Type.FLOATS: pa.list_(pa.float64()),
}


def rows(name: str, data: Mapping[str, Any]) -> Table:
    """Return the import table `name` with the columns given, in the order and with the types declared.

    NaN becomes null. A column that the model does not declare raises UndeclaredColumn.
    """
    declared = columns(table(name))
    if unknown := set(data) - set(declared):
        raise UndeclaredColumn(f"table {name!r} declares no {sorted(unknown)}; add them to graph.model or leave them out")
    fields = {column: arrow_type(of) for column, of in declared.items() if column in data}
    return pa.table({column: column_of(data[column], kind) for column, kind in fields.items()})


def arrow_type(of: Property | Reference) -> Any:
    """Return the Arrow type of a declared column."""
    if isinstance(of, Reference):
        return pa.list_(pa.string()) if of.many else pa.string()
    return TYPES[of.type]


def column_of(values: Any, kind: Any) -> Column:
    """Return values as an Arrow array of one type; floats that are NaN are null."""
    return arrow_array(values).cast(kind)


def arrow_array(values: Any) -> Column:
    """Return values as one Arrow array; floats that are NaN are null."""
    if isinstance(values, pa.ChunkedArray):
        return values.combine_chunks()
    if isinstance(values, pa.Array):
        return values
    if getattr(values, "dtype", None) == np.float64:
        return pa.array(values, mask=np.isnan(values))
    return pa.array(values)


def chosen(options: Any, index: Ints) -> Any:
    """Return `options[index]` as Arrow text or numbers, null where the index is negative."""
    return pa.array(options).take(pa.array(index, mask=index < 0))


def numbers(values: Ints, where: Flags | None = None) -> Any:
    """Return ids as text, null except `where`."""
    return pa.array(values, mask=None if where is None else ~where).cast(pa.string())


def lists(values: Any, counts: Ints) -> Any:
    """Return one list a row, from all values in a row and the length of each list."""
    offsets = np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)
    return pa.ListArray.from_arrays(pa.array(offsets), values)


def maybe(values: Ints | Floats, where: Flags) -> Floats:
    """Return values as floats, NaN except `where`."""
    return np.where(where, values, np.nan)

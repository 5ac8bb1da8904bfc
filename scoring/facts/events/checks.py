"""Refuses event tables that are not as declared, before anything is computed of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import numpy as np

from scoring.errors import EventTableError
from scoring.facts.events.arrow import Table, Tables, pa
from scoring.facts.events.declarations import EVENT_TABLES, EventColumn, EventTable, Type


def _text(type_: Any) -> bool:
    value = type_.value_type if pa.types.is_dictionary(type_) else type_
    return pa.types.is_string(value) or pa.types.is_large_string(value)


def _number(type_: Any) -> bool:
    return pa.types.is_integer(type_) or pa.types.is_floating(type_)


FITS: Final[Mapping[Type, Callable[[Any], bool]]] = {
    Type.TEXT: _text,
    Type.WHOLE: pa.types.is_integer,
    Type.REAL: _number,
    Type.FLAG: pa.types.is_boolean,
}


def refuse_undeclared(tables: Tables) -> None:
    """Raise `EventTableError` at the first table or column that is missing, of another type, or null where it must not be.

    Tables and columns that are not declared are ignored.
    """
    for declared in EVENT_TABLES:
        if declared.name not in tables:
            raise EventTableError(
                f"event table {declared.name} is missing ({declared.meaning.rstrip('.')}); give it, without rows if there are none"
            )
        refuse_other_columns(declared, tables[declared.name])


def refuse_other_columns(declared: EventTable, table: Table) -> None:
    """Raise `EventTableError` at the first column of one table that is not as declared."""
    for column in declared.columns:
        at = f"event table {declared.name}, column {column.name}"
        if column.name not in table.column_names:
            raise EventTableError(
                f"{at} is missing ({_described(column)}); give it{'' if column.required else ', null where it is unknown'}"
            )
        _refuse_other_values(at, column, table[column.name])


def _refuse_other_values(at: str, column: EventColumn, values: Any) -> None:
    if not FITS[column.type](values.type):
        raise EventTableError(f"{at} holds {values.type}, but must hold {column.type} ({_described(column)}); cast it")
    if column.required and values.null_count:
        row = int(np.argmax(values.is_null().to_numpy()))
        raise EventTableError(f"{at}, row {row} is null, but must be known ({_described(column)}); fill it in or leave the row out")


def _described(column: EventColumn) -> str:
    meaning = column.meaning.rstrip(".")
    return f"{meaning}; {column.unit}" if column.unit else meaning

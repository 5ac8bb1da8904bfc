"""From the lists of a record to an Arrow table. PyArrow ships no types, so what is in it is `Any`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum, auto
from importlib import import_module
from typing import Any, Final, TypeAlias

import numpy as np

pa: Final[Any] = import_module("pyarrow")
pc: Final[Any] = import_module("pyarrow.compute")

Table: TypeAlias = Any
Tables: TypeAlias = dict[str, Table]


class Kind(Enum):
    """How a list becomes a column. A null costs more to send than a value, so "" and negative numbers stand for what is unknown."""

    TEXT = auto()
    """Texts of which most are different; "" becomes null."""
    NAME = auto()
    """Texts that come again and again, kept once each; "" becomes null."""
    FLAG = auto()
    WHOLE = auto()
    REAL = auto()
    """Numbers as they are; None becomes null."""
    SOME_WHOLE = auto()
    """Whole numbers; negative ones become null."""
    SOME_REAL = auto()
    """The same of numbers."""


Kinds: TypeAlias = Mapping[str, Kind]


def table(record: Mapping[str, Any], kinds: Kinds) -> Table:
    """Return a table with a column for each of `kinds`, from the record's list of that name."""
    return pa.table({name: _column(record[name], kind) for name, kind in kinds.items()})


def stacked(tables: Sequence[Table], kinds: Kinds) -> Table:
    """Return the tables one after the other; `kinds` gives the columns where there is none."""
    return pa.concat_tables([table({name: [] for name in kinds}, kinds), *tables]).unify_dictionaries()


def _column(values: Sequence[Any], kind: Kind) -> Any:
    match kind:
        case Kind.TEXT:
            return _texts(values)
        case Kind.NAME:
            return _texts(values).dictionary_encode()
        case Kind.FLAG:
            return pa.array(values, type=pa.bool_())
        case Kind.WHOLE | Kind.SOME_WHOLE:
            whole = np.array(values, dtype=np.int64)
            return pa.array(whole, mask=whole < 0 if kind is Kind.SOME_WHOLE else None)
        case Kind.REAL | Kind.SOME_REAL:
            real = np.array(values, dtype=np.float64)
            return pa.array(real, mask=np.isnan(real) | (real < 0) if kind is Kind.SOME_REAL else np.isnan(real))


def _texts(values: Sequence[str]) -> Any:
    column = pa.array(values, type=pa.string())
    unknown = pc.equal(column, "")
    return pc.if_else(unknown, pa.scalar(None, pa.string()), column) if pc.any(unknown).as_py() else column

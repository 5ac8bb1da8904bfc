"""The one door to Arrow tables: their columns as NumPy arrays, texts as codes. PyArrow ships no types, so what is in it is `Any`."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any, Final, TypeAlias

import numpy as np

from scoring.facts.arrays import ABSENT, Bools, Floats, Ints, Texts

pa: Final[Any] = import_module("pyarrow")
pc: Final[Any] = import_module("pyarrow.compute")

Table: TypeAlias = Any
Column: TypeAlias = Any
Tables: TypeAlias = Mapping[str, Table]


def floats(column: Column) -> Floats:
    """Return numbers as floats, NaN where they are null."""
    return np.array(column.to_numpy(), dtype=np.float64)


def ints(column: Column) -> Ints:
    """Return whole numbers, of which none is null."""
    return np.array(column.to_numpy(), dtype=np.int64)


def bools(column: Column) -> Bools:
    """Return truth values, of which none is null."""
    return np.array(column.to_numpy(), dtype=np.bool_)


def encoded(column: Column) -> tuple[Ints, Column]:
    """Return each text's place among the different ones, and these; `ABSENT` for null. The order of places says nothing."""
    if pa.types.is_dictionary(column.type):
        whole = column.unify_dictionaries().combine_chunks()
    else:  # in one piece first, as else every piece has the whole dictionary; large, since a column's texts may be more than 2 GiB
        whole = column.cast(pa.large_string()).combine_chunks().dictionary_encode()
    return np.array(whole.indices.fill_null(ABSENT).to_numpy(zero_copy_only=False), dtype=np.int64), whole.dictionary


def codes(column: Column, among: Column) -> Ints:
    """Return each text's place in `among`, which holds each once; `ABSENT` where it is not, and for null."""
    place, different = encoded(column)
    found = pc.index_in(different, value_set=among.cast(different.type)).fill_null(ABSENT).to_numpy(zero_copy_only=False)
    return np.append(found, ABSENT).astype(np.int64)[place]


def texts(column: Column) -> Texts:
    """Return texts; "" for null."""
    return np.array([each or "" for each in column.to_pylist()], dtype=np.str_)


def short_texts(column: Column, *, length: int) -> Texts:
    """Return texts of which few are different, cut at `length`; "" for null."""
    place, different = encoded(column)
    return np.append(np.array(different.to_pylist(), dtype=f"<U{length}"), "").astype(f"<U{length}")[place]


def ranks(column: Column) -> Ints:
    """Return each text's place in the order of texts."""
    return _inverse(_order(column))


def numbered(column: Column) -> tuple[Ints, Column]:
    """Return each text's place among the different ones in the order of texts, whatever the order of rows; `ABSENT` for null."""
    place, different = encoded(column)
    order = _order(different)
    return np.append(_inverse(order), ABSENT)[place], different.take(pa.array(order))


def _order(column: Column) -> Ints:
    """Return the places of texts in their order."""
    return np.array(pc.sort_indices(column.cast(pa.large_string())).to_numpy(), dtype=np.int64)


def _inverse(order: Ints) -> Ints:
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    return rank


def values(ids: Texts) -> Column:
    """Return ids for `codes` to look among."""
    return pa.array(ids.tolist(), type=pa.string())

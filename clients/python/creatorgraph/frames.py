"""From the API's records to Polars frames."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import polars as pl

from creatorgraph.columns import INSTANT, OPEN, Columns


def frame(records: Iterable[Mapping[str, Any]], columns: Columns) -> pl.DataFrame:
    """Return the records as a frame of just these columns; a null anywhere on a path makes its cell null."""
    rows = list(records)
    return pl.DataFrame([_column(path, type_, [at(row, path) for row in rows]) for path, type_ in columns.items()])


def flattened(records: Iterable[Mapping[str, Any]]) -> pl.DataFrame:
    """Return records of any shape as a frame: nested objects become dotted columns, lists stay lists, `…At` become instants.

    For answers of `graphql` that no method knows.
    """
    rows = [_flat(row) for row in records]
    return frame(rows, dict.fromkeys(dict.fromkeys(name for row in rows for name in row), OPEN))


def at(record: Any, path: str) -> Any:
    """Return what lies at a dotted path; None where the way breaks off."""
    if isinstance(record, Mapping) and path in record:
        return record[path]
    for part in path.split("."):
        if not isinstance(record, Mapping):
            return None
        record = record.get(part)
    return record


def is_instant(path: str) -> bool:
    """Tell whether a field holds an instant, as the schema names such fields."""
    name = path.rpartition(".")[2]
    return name.endswith("At") or name == "asOf"


def instant(text: str | None) -> datetime | None:
    """Return an instant of the API as a time in UTC."""
    return None if text is None else datetime.fromisoformat(text).astimezone(UTC)


def _column(path: str, type_: Any, values: Sequence[Any]) -> pl.Series:
    if type_ == INSTANT or (type_ == OPEN and is_instant(path)):
        return pl.Series(path, [instant(each) for each in values], dtype=INSTANT)
    if type_ == OPEN:
        return pl.Series(path, values, strict=False) if any(each is not None for each in values) else pl.Series(path, values, dtype=pl.Null)
    return pl.Series(path, values, dtype=type_, strict=False)


def _flat(record: Mapping[str, Any], before: str = "") -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for name, value in record.items():
        path = f"{before}{name}"
        if isinstance(value, Mapping):
            flat |= _flat(value, f"{path}.")
        else:
            flat[path] = value
    return flat

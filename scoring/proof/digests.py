"""SHA-256 of values, tables and declarations, each written in one way only."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scoring.formula import FORMULA, Formula
from scoring.methodology import methodology
from scoring.tables import Floats


def canonical(value: Any) -> bytes:
    """Return JSON with sorted keys, without spaces, in UTF-8; ValueError for numbers that JSON does not know."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


def digest(text: bytes) -> str:
    """Return the SHA-256 of a text, as 64 hexadecimal digits."""
    return hashlib.sha256(text).hexdigest()


def declarations_digest(formula: Formula = FORMULA) -> str:
    """Return the digest of the methodology, which says all that the formulas declare."""
    return digest(canonical(asdict(methodology(formula))))


def columns_digest(columns: Mapping[str, NDArray[Any]]) -> str:
    """Return the digest of a table, whatever the order of its columns; the order of its rows counts."""
    whole = hashlib.sha256()
    for name in sorted(columns):
        column = column_bytes(columns[name])
        whole.update(canonical([name, len(column)]) + b"\0" + column)
    return whole.hexdigest()


def column_bytes(column: NDArray[Any]) -> bytes:
    """Return a column as bytes: numbers as 64 bits, the lowest byte first; anything else as JSON."""
    values = np.asarray(column)
    if values.dtype.kind == "f":
        return float_bytes(values)
    if values.dtype.kind in "iub":
        return values.astype("<i8").tobytes()
    return canonical([None if value is None else str(value) for value in values.tolist()])


def float_bytes(values: Floats) -> bytes:
    """Return floats as IEEE 754 binary64, the lowest byte first; one NaN, one zero."""
    wide = np.asarray(values, dtype="<f8")
    return (np.where(np.isnan(wide), np.nan, wide) + 0.0).tobytes()

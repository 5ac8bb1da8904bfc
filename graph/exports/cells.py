"""Values as text, for formats that have no types of their own."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from typing import Any, Final

from graph.exports.sheets import LISTS, Column
from graph.model import Type


def number(value: float) -> str:
    """Return a float as the shortest text that reads back the same; `NaN` and `Infinity` as Java and XML Schema read them."""
    if math.isfinite(value):
        return repr(float(value))
    return "NaN" if math.isnan(value) else ("Infinity" if value > 0 else "-Infinity")


def flag(value: bool) -> str:
    """Return a boolean in lower case."""
    return "true" if value else "false"


def listed(value: Any) -> str:
    """Return a list as JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


WRITTEN: Final[dict[Type, Callable[[Any], str]]] = {
    Type.STRING: str,
    Type.INTEGER: str,
    Type.FLOAT: number,
    Type.BOOLEAN: flag,
    **dict.fromkeys(LISTS, listed),
}


def written(column: Column) -> Callable[[Any], str]:
    """Return the function that writes the values of a column."""
    return WRITTEN[column.type]

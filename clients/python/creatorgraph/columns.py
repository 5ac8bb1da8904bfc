"""What a frame's columns are: dotted paths into the API's records, each with its type.

`overall.value` is the field `value` of the field `overall`, as the schema names them. The selection that is asked for is
written from the same table, so that an empty frame has the same columns and types as a full one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

import polars as pl

from creatorgraph.errors import Refused

PATH: Final = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)*")
TEXT: Final = pl.String()
WHOLE: Final = pl.Int64()
NUMBER: Final = pl.Float64()
TRUTH: Final = pl.Boolean()
INSTANT: Final = pl.Datetime("us", "UTC")
TEXTS: Final = pl.List(pl.String())
OPEN: Final = pl.Unknown()
"""The type of a field that the caller asks for beside ours: found from the values, and an instant where the name says so."""

Columns = Mapping[str, Any]


def with_fields(columns: Columns, fields: Iterable[str]) -> Columns:
    """Return the columns and those of further fields, named as the schema names them: `bio`, `sales.gmvUsd`."""
    named = (fields,) if isinstance(fields, str) else tuple(fields)
    if wrong := [each for each in named if not isinstance(each, str) or not PATH.fullmatch(each)]:
        raise Refused(f'fields: {wrong[0]!r} is not the path of a field; give texts such as "bio" or "sales.gmvUsd"')
    return dict(columns) | {each: OPEN for each in named if each not in columns}


def selection(paths: Iterable[str], arguments: Mapping[str, str] | None = None) -> str:
    """Return the selection that asks for these paths; `arguments` are written behind the field that they are given for."""
    tree: dict[str, Any] = {}
    for path in paths:
        place = tree
        for part in path.split("."):
            place = place.setdefault(part, {})
    return _written(tree, arguments or {})


def _written(tree: Mapping[str, Any], arguments: Mapping[str, str]) -> str:
    fields = (f"{name}{arguments.get(name, '')}" + (f" {_written(below, arguments)}" if below else "") for name, below in tree.items())
    return "{ " + " ".join(fields) + " }"

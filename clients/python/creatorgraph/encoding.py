"""A request's body as JSON; what JSON cannot say is refused by its place, before anything is sent."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from creatorgraph.errors import Refused

ITEMS = ("to_list", "tolist", "item")
"""Methods by which arrays, series and their scalars tell plain values."""


def encoded(body: Mapping[str, Any]) -> bytes:
    """Return a body as JSON; `Refused` names the value in it that JSON cannot say."""
    return json.dumps(_plain(body, ""), allow_nan=False).encode()


def _plain(value: Any, path: str) -> Any:
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, float):
        if not math.isfinite(value):
            raise _refused(path, value, "a finite number, or null")
        return value
    if isinstance(value, Mapping):
        return {_name(name, path): _plain(each, f"{path}.{name}" if path else str(name)) for name, each in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, bytes | bytearray):
        return [_plain(each, f"{path}[{place}]") for place, each in enumerate(value)]
    if isinstance(value, date | datetime | time | timedelta):
        raise _refused(path, value, "it as text, such as '2026-01-31', and write date($…), datetime($…) or duration($…) in the query")
    for method in ITEMS:
        if callable(told := getattr(value, method, None)):
            return _plain(told(), path)
    raise _refused(path, value, "a text, number, boolean, list or mapping")


def _name(name: Any, path: str) -> str:
    if not isinstance(name, str):
        raise _refused(f"a key of {path}" if path else "a key", name, "texts as keys")
    return name


def _refused(path: str, value: Any, instead: str) -> Refused:
    return Refused(f"{path} is {value!r:.80} ({type(value).__name__}), which JSON cannot represent; give {instead}")

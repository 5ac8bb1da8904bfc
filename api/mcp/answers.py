"""What a tool answers: compact, bounded, and with a remedy where it fails."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isfinite
from typing import Any, Final

import orjson
from mcp_types import CallToolResult, TextContent

from api.errors import ApiError
from api.json_values import is_list, is_object

MOST_BYTES: Final = 60_000
"""About 20,000 tokens: what an agent can read of one answer and still think."""

DIGITS: Final = 6
LARGE: Final = 100_000.0
"""From here on a number is rounded to a whole one, of which all digits are kept."""

FEWEST: Final = 2
"""Items at which a list is not shortened any more."""


Errors = Sequence[Mapping[str, Any]]
"""Errors as GraphQL writes them."""


def answered(value: Any, *, exact: bool = False, notices: Sequence[str] = (), errors: Errors = ()) -> CallToolResult:
    """Return a result: without nulls, rounded unless `exact`, and with its longest lists cut where it would be too long, which it says.

    `notices` say what it leaves out for the key. `errors` are those of its fields that failed: they make it a failure that has data.
    """
    compact = without_nulls(value) if exact else rounded(without_nulls(value))
    bounded, cut = shortened(compact if is_object(compact) else {"result": compact})
    told = {**bounded, **({"notices": list(notices)} if notices else {}), **({"shortened": cut} if cut else {})}
    text = TextContent(text=orjson.dumps(told).decode())
    if not errors:
        return CallToolResult(content=[text], structured_content=told)
    failure = failed(errors)
    return CallToolResult(
        content=[*failure.content, text], structured_content={**(failure.structured_content or {}), **told}, is_error=True
    )


def failed(errors: Errors) -> CallToolResult:
    """Return a failure: what is wrong and what to do, in words and as `errors` with codes, and paths of fields that failed."""
    told = [_error(each) for each in errors]
    words = "\n".join(": ".join(each.values()) for each in told)
    return CallToolResult(content=[TextContent(text=words)], structured_content={"errors": told}, is_error=True)


def _error(error: Mapping[str, Any]) -> dict[str, str]:
    path = {"path": ".".join(map(str, error["path"]))} if error.get("path") else {}
    return {"code": error.get("extensions", {}).get("code", ""), **path, "message": error["message"]}


def refused(error: ApiError) -> CallToolResult:
    """Return the failure that is one error of ours."""
    return failed([error.formatted])


def without_nulls(value: Any) -> Any:
    """Return a value without what is null in its objects: an agent reads absence as well, and pays for each word."""
    if is_object(value):
        return {name: without_nulls(each) for name, each in value.items() if each is not None}
    if is_list(value):
        return [without_nulls(each) for each in value]
    return value


def rounded(value: Any) -> Any:
    """Return a value with six digits of each number that is no whole one: more are paid for, and tell nothing."""
    if isinstance(value, float) and isfinite(value):
        return float(f"{value:.{DIGITS}g}") if abs(value) < LARGE else round(value)
    if is_object(value):
        return {name: rounded(each) for name, each in value.items()}
    if is_list(value):
        return [rounded(each) for each in value]
    return value


def shortened(value: dict[str, Any], most: int = MOST_BYTES) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return the value with its largest lists halved until it fits into `most` bytes, and which, with how many are kept of how many."""
    cut: dict[str, dict[str, Any]] = {}
    while len(orjson.dumps(value)) > most:
        place = max(_lists(value, ()), key=lambda each: len(orjson.dumps(each[1])), default=None)
        if place is None:
            return {"note": f"the answer exceeds {most:,} bytes and cannot be shortened; request less"}, []
        path, items = place
        kept = len(items) // 2
        name = ".".join(map(str, path))
        cut[name] = {"list": name, "kept": kept, "of": cut.get(name, {}).get("of", len(items)), "remedy": "ask for fewer, or narrow it"}
        value = _with(value, path, items[:kept])
    return value, list(cut.values())


def _lists(value: Any, path: tuple[str | int, ...]) -> list[tuple[tuple[str | int, ...], list[Any]]]:
    """Return the lists that can be halved, each with its path."""
    found: list[tuple[tuple[str | int, ...], list[Any]]] = []
    if is_list(value) and len(value) >= FEWEST:
        found.append((path, value))
    parts = value.items() if is_object(value) else enumerate(value) if is_list(value) else ()
    for key, each in parts:
        found += _lists(each, (*path, key))
    return found


def _with(value: Any, path: tuple[str | int, ...], new: Any) -> Any:
    """Return the value with something new at a path; what is beside the path is shared, not copied."""
    if not path:
        return new
    head, *rest = path
    if is_list(value):
        return [_with(each, tuple(rest), new) if place == head else each for place, each in enumerate(value)]
    return {key: _with(each, tuple(rest), new) if key == head else each for key, each in value.items()}

"""Parameters of a query at a terminal: `--param NAME=VALUE`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

import orjson
import typer

from graph.json_text import strict

ID_FROM: Final = 10**9
"""The number from which one given as a parameter may have been meant as an id."""


def parameters(given: Iterable[str]) -> dict[str, Any]:
    """Return values by names: what is JSON as such, all else as text."""
    return dict(map(_parameter, given))


def hints(values: Mapping[str, Any]) -> list[str]:
    """Return a hint for each number that may have been meant as an id, which would match nothing."""
    return [
        f"${name} is the number {value}, and ids are texts: to compare it with an id, give --param '{name}=\"{value}\"'"
        for name, value in values.items()
        if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= ID_FROM
    ]


def _parameter(given: str) -> tuple[str, Any]:
    name, equals, text = given.partition("=")
    if not equals or not name:
        raise typer.BadParameter(f"{given!r} is not a parameter; use name=value, such as --param region=US or --param 'ids=[1, 2]'")
    try:
        return name, strict(text)
    except orjson.JSONDecodeError:
        return name, text

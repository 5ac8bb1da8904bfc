"""The headers of a request as ASGI hands them over: names in lower case, bytes; a look costs less than an object made of them."""

from __future__ import annotations

from starlette.types import Scope


def header(scope: Scope, name: bytes) -> bytes | None:
    """Return the first value of a header, whose name is in lower case; None where the request has none."""
    for own, value in scope["headers"]:
        if own == name:
            return value
    return None


def values(scope: Scope, name: bytes) -> list[bytes]:
    """Return all values of a header, whose name is in lower case."""
    return [value for own, value in scope["headers"] if own == name]

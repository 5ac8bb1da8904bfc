"""What the span of an operation tells: its name and type and how it ended, never a literal of its document."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from api.errors import ApiError
from graph.tracing import Span

SHOWN: Final = re.compile(r"(?!.*cgk_)\w{1,80}", re.ASCII)
"""Names that are told; a client might put its key where the name of an operation stands."""


def describe(span: Span, *, type: str, name: str) -> None:
    """Say which operation it is, once that is known."""
    span.rename(type)
    span.set("graphql.operation.type", type)
    if SHOWN.fullmatch(name):
        span.set("graphql.operation.name", name)


def kind_of(error: Exception) -> str:
    """Return the kind of an error: its code where it is ours, else its class."""
    return error.code if isinstance(error, ApiError) else type(error).__name__


def settle(span: Span, result: Mapping[str, Any]) -> None:
    """Say what an operation cost, and that it failed where its answer holds an error."""
    cost = result.get("extensions", {}).get("cost")
    if cost:
        span.set("creatorgraph.cost", cost["requested"])
    errors = result.get("errors")
    if errors:
        span.fail(errors[0].get("extensions", {}).get("code", "INTERNAL"))

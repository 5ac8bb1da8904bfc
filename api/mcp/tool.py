"""A tool: one GraphQL operation with words for agents."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from api.access.table import Permission

Shaped = Callable[[Mapping[str, Any], Mapping[str, Any]], Any]
"""Makes a tool's answer of the operation's data and the call's arguments."""


def as_it_is(data: Mapping[str, Any], _arguments: Mapping[str, Any]) -> Any:
    """Return the data of the operation."""
    return data


@dataclass(frozen=True, slots=True, eq=False)
class Tool:
    """One tool. Its arguments are the operation's variables, described by the schema where `words` do not.

    `more` are arguments beside the variables, by name, each with its GraphQL type; `shaped` uses them. A tool with a `deed`
    is listed for those alone who may do it; that they may is checked by the field itself. Numbers are rounded unless `exact`.
    """

    name: str
    title: str
    description: str
    operation: str
    words: Mapping[str, str] = field(default_factory=dict[str, str])
    more: Mapping[str, str] = field(default_factory=dict[str, str])
    permission: Permission | None = None
    shaped: Shaped = as_it_is
    exact: bool = False

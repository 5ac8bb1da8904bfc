"""A tool: one GraphQL operation with words for agents."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from api.access.table import Permission, may
from api.access.viewer import Role, Viewer

Shaped = Callable[[Mapping[str, Any], Mapping[str, Any]], Any]
"""Makes a tool's answer of the operation's data and the call's arguments."""


def as_it_is(data: Mapping[str, Any], _arguments: Mapping[str, Any]) -> Any:
    """Return the data of the operation."""
    return data


@dataclass(frozen=True, slots=True, eq=False)
class Tool:
    """One tool. Its arguments are the operation's variables, described by the schema where `words` do not.

    `more` are arguments beside the variables, by name, each with its GraphQL type; `shaped` uses them. A tool with a `permission`
    is listed for those alone who have it; that they have is checked by the field itself. One with `roles` is for these alone.
    Numbers are rounded unless `exact`.
    """

    name: str
    title: str
    description: str
    operation: str
    words: Mapping[str, str] = field(default_factory=dict[str, str])
    more: Mapping[str, str] = field(default_factory=dict[str, str])
    permission: Permission | None = None
    roles: frozenset[Role] | None = None
    shaped: Shaped = as_it_is
    exact: bool = False

    def is_for(self, viewer: Viewer) -> bool:
        """Tell whether it is for a viewer's role."""
        return self.roles is None or viewer.role in self.roles

    def is_listed_for(self, viewer: Viewer) -> bool:
        """Tell whether a viewer is offered it."""
        return self.is_for(viewer) and (self.permission is None or may(viewer, self.permission))

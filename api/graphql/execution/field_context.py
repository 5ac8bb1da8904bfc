"""What a computed field is asked with, and what it may answer with."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from api.access.table import Permission, require, visibility
from api.access.viewer import Viewer
from api.graphql.execution.request import ReadState
from graph.plans.inputs import Cursors
from graph.plans.selection import Selection
from graph.plans.visibility import Visibility
from graph.recommendations.reading import Reading
from graph.runs.run import Run


@dataclass(frozen=True, slots=True)
class FieldContext:
    """One request for a computed field.

    `own_id` is the node's that the field hangs on, None at the root; `arguments` are values by their GraphQL names.
    """

    own_id: str | None
    arguments: Mapping[str, Any]
    children: tuple[Selection, ...]
    viewer: Viewer
    visibility: Visibility
    state: ReadState
    run: Run | None
    cursors: Cursors

    def wants(self, *path: str) -> bool:
        """Tell whether fields along a path are selected, so that nothing unasked is computed."""
        level = self.children
        for name in path:
            picked = [pick for selection in level for pick in selection.picks if pick.name == name]
            if not picked:
                return False
            level = tuple(child for pick in picked for child in pick.children)
        return True

    def allowed(self, permission: Permission) -> None:
        """Raise Forbidden unless the viewer's role has the permission."""
        require(self.viewer, permission)


Computed: TypeAlias = Callable[[FieldContext], Awaitable[Any]]
"""Answers with its GraphQL types, whose attributes are the fields in snake case, `Ref`s for nodes, lists, scalars, None."""


def reading_of(viewer: Viewer, state: ReadState) -> Reading:
    """Return where a viewer reads, within what they may see."""
    return Reading(state.driver, state.settings.neo4j_database, state.settings.query_seconds, visibility(viewer))

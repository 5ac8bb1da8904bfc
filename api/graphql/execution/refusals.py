"""Where a field failed: null there, or at the nearest field above that may be null, and an error that names the path."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from graphql import FieldNode, FragmentSpreadNode, GraphQLObjectType, GraphQLOutputType, SelectionNode, is_list_type, is_non_null_type

from api.error_mapping import translated
from api.graphql.execution.operations import Operation
from api.graphql.execution.selections import TYPENAME
from api.graphql.schema import core
from graph.plans.parts import Failure
from graph.plans.selection import Selection

BROKEN: Final = object()
"""What may not be null and failed: it makes what holds it null, or broken in turn."""

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Failing:
    """The errors of one operation, found in its answers."""

    operation: Operation
    errors: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])

    def settled(self, value: Any, type_: GraphQLOutputType, children: Sequence[Selection], path: Path, nodes: Sequence[FieldNode]) -> Any:
        """Return a value in which null stands for what failed, or `BROKEN` where it may not be null itself; it is changed in place."""
        if isinstance(value, Failure):
            self.errors.append(_written(value.error, path, nodes))
            return BROKEN if is_non_null_type(type_) else None
        if is_non_null_type(type_):
            return self._within(value, type_.of_type, children, path, nodes)
        found = self._within(value, type_, children, path, nodes)
        return None if found is BROKEN else found

    def _within(self, value: Any, type_: Any, children: Sequence[Selection], path: Path, nodes: Sequence[FieldNode]) -> Any:
        if isinstance(value, list) and is_list_type(type_):
            value[:] = [self.settled(each, type_.of_type, children, (*path, place), nodes) for place, each in enumerate(value)]
            return BROKEN if any(each is BROKEN for each in value) else value
        if isinstance(value, dict) and children:
            for key in value:
                value[key] = self._field(value[key], key, children, path, nodes)
            return BROKEN if any(each is BROKEN for each in value.values()) else value
        return value

    def _field(self, value: Any, key: str, children: Sequence[Selection], path: Path, nodes: Sequence[FieldNode]) -> Any:
        """Settle one field of an object; where types differ, validation has seen to it that a key is of one shape in all of them."""
        for selection in children:
            pick = next((each for each in selection.picks if each.key == key and each.name != TYPENAME), None)
            of = core.type_map.get(selection.kind)
            if pick is not None and isinstance(of, GraphQLObjectType):
                below = [found for node in nodes for found in self._nodes(node.selection_set.selections if node.selection_set else (), key)]
                return self.settled(value, of.fields[pick.name].type, pick.children, (*path, key), below)
        return value

    def _nodes(self, selections: Sequence[SelectionNode], key: str) -> Iterator[FieldNode]:
        """Yield the places of the text that ask for a key."""
        for each in selections:
            if isinstance(each, FieldNode):
                if key == (each.alias.value if each.alias else each.name.value):
                    yield each
            elif isinstance(each, FragmentSpreadNode):
                yield from self._nodes(self.operation.fragments[each.name.value].selection_set.selections, key)
            else:
                yield from self._nodes(each.selection_set.selections, key)  # pyright: ignore[reportAttributeAccessIssue] -- an inline fragment


def _written(error: Exception, path: Path, nodes: Sequence[FieldNode]) -> dict[str, Any]:
    told = translated(error, "")
    places = [{"line": each.loc.start_token.line, "column": each.loc.start_token.column} for each in nodes if each.loc]
    return {**told.formatted, "locations": places, "path": list(path)}

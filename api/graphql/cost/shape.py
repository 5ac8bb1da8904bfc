"""How deep and broad an operation is, counted before anything else is done with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from graphql import DocumentNode, FieldNode, FragmentDefinitionNode, FragmentSpreadNode, InlineFragmentNode, SelectionSetNode

from api.graphql.cost.collecting import fragments, operation_in


class Shape(NamedTuple):
    """How deep and broad an operation is, its fragments written out; introspection counts as one level."""

    depth: int
    fields: int
    aliases: int
    root_fields: int


def shape(document: DocumentNode, operation_name: str | None) -> Shape:
    """Return the shape of one operation of a valid document (its fragments have no cycles)."""
    operation = operation_in(document, operation_name)
    measure = _Measure(fragments(document))
    depth, fields, aliases = measure.of(operation.selection_set)
    return Shape(depth, fields, aliases, measure.width(operation.selection_set))


class _Measure:
    """Depth, fields and aliases of selection sets, each fragment measured once."""

    def __init__(self, fragments: Mapping[str, FragmentDefinitionNode]) -> None:
        self._fragments = fragments
        self._done: dict[str, tuple[int, int, int]] = {}
        self._widths: dict[str, int] = {}

    def of(self, selections: SelectionSetNode) -> tuple[int, int, int]:
        depth = fields = most = 0
        names: dict[str, int] = {}
        for each in selections.selections:
            below, count, aliases = self._one(each)
            depth, fields, most = max(depth, below), fields + count, max(most, aliases)
            if isinstance(each, FieldNode):
                names[each.name.value] = names.get(each.name.value, 0) + 1
        return depth, fields, max(most, *names.values(), 0) if names else most

    def width(self, selections: SelectionSetNode) -> int:
        return sum(1 if isinstance(each, FieldNode) else self._width_of_fragment(each) for each in selections.selections)

    def _one(self, selection: Any) -> tuple[int, int, int]:
        if isinstance(selection, FragmentSpreadNode):
            return self._named(selection.name.value)
        if isinstance(selection, InlineFragmentNode):
            return self.of(selection.selection_set)
        if selection.selection_set is None or selection.name.value.startswith("__"):
            return 1, 1, 0
        depth, fields, aliases = self.of(selection.selection_set)
        return depth + 1, fields + 1, aliases

    def _named(self, name: str) -> tuple[int, int, int]:
        if name not in self._done:
            self._done[name] = self.of(self._fragments[name].selection_set)
        return self._done[name]

    def _width_of_fragment(self, selection: Any) -> int:
        if isinstance(selection, InlineFragmentNode):
            return self.width(selection.selection_set)
        name = selection.name.value
        if name not in self._widths:
            self._widths[name] = self.width(self._fragments[name].selection_set)
        return self._widths[name]

"""From an operation to neutral selections: fragments written out, skipped fields left out, arguments by reference."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any, Final

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLIncludeDirective,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSkipDirective,
    InlineFragmentNode,
    SelectionSetNode,
    get_named_type,
    is_abstract_type,
    value_from_ast_untyped,
)
from graphql.execution.values import VariableValues, get_argument_values, get_directive_values

from api.graphql.execution.variables import plain, refused, with_defaults
from api.graphql.schema import core
from graph.plans.selection import Pick, Selection
from graph.plans.values import split_id

TYPENAME: Final = "__typename"
BY_ID: Final = ("node", "nodes")
FEW: Final = 3
"""Kinds up to which each set of them has a plan of its own; all are planned for more, so that the plans of an operation stay few."""


@dataclass(frozen=True, slots=True)
class Walk:
    """One operation's fragments and variables, the latter by reference."""

    fragments: Mapping[str, FragmentDefinitionNode]
    variables: VariableValues

    def picks(self, parent: GraphQLObjectType, sets: Iterable[SelectionSetNode]) -> tuple[Pick, ...]:
        """Return what is picked from a type, in the order of the text."""
        return tuple(self.pick(parent, key, nodes) for key, nodes in self.collected(parent, sets).items())

    def pick(self, parent: GraphQLObjectType, key: str, nodes: list[FieldNode]) -> Pick:
        """Return one pick; the nodes under one key agree in name and arguments, as validation has seen to."""
        name = nodes[0].name.value
        if name == TYPENAME:
            return Pick(key, TYPENAME)
        field = parent.fields[name]
        sets = [each.selection_set for each in nodes if each.selection_set]
        return Pick(key, name, self._arguments(field, nodes[0]), self._children(get_named_type(field.type), sets))

    def collected(self, parent: GraphQLObjectType, sets: Iterable[SelectionSetNode]) -> dict[str, list[FieldNode]]:
        """Return the fields that apply to a type, by response key."""
        found: dict[str, list[FieldNode]] = {}
        for each in sets:
            self._collect(parent, each, found, set())
        return found

    def _collect(self, parent: GraphQLObjectType, within: SelectionSetNode, found: dict[str, list[FieldNode]], seen: set[str]) -> None:
        for each in within.selections:
            if not self._included(each):
                continue
            if isinstance(each, FieldNode):
                found.setdefault(each.alias.value if each.alias else each.name.value, []).append(each)
            elif isinstance(each, InlineFragmentNode):
                if _applies(each.type_condition and each.type_condition.name.value, parent):
                    self._collect(parent, each.selection_set, found, seen)
            elif isinstance(each, FragmentSpreadNode) and each.name.value not in seen:
                seen.add(each.name.value)
                fragment = self.fragments[each.name.value]
                if _applies(fragment.type_condition.name.value, parent):
                    self._collect(parent, fragment.selection_set, found, seen)

    def _included(self, node: Any) -> bool:
        with refused():
            skipped = get_directive_values(GraphQLSkipDirective, node, self.variables)
            included = get_directive_values(GraphQLIncludeDirective, node, self.variables)
        return not (skipped and skipped["if"]) and not (included and not included["if"])

    def _arguments(self, field: GraphQLField, node: FieldNode) -> dict[str, Any]:
        if not field.args:
            return {}
        with refused():
            return plain(with_defaults(field.args, get_argument_values(field, node, self.variables)))

    def _children(self, of: GraphQLNamedType, sets: list[SelectionSetNode]) -> tuple[Selection, ...]:
        if not sets:
            return ()
        return tuple(Selection(each.name, self.picks(each, sets)) for each in _possible(of))


def kinds_named(node: FieldNode, values: Mapping[str, Any]) -> frozenset[str] | None:
    """Return the few kinds of which nodes are asked for by `node` or `nodes`, as their ids say; None where they are many."""
    given = [value_from_ast_untyped(argument.value, dict(values)) for argument in node.arguments or ()]
    ids = chain.from_iterable(each if isinstance(each, list) else [each] for each in given)
    kinds = frozenset(kind for kind, _ in map(split_id, map(str, ids)) if kind is not None)
    return kinds if len(kinds) <= FEW else None


def _possible(of: GraphQLNamedType) -> list[GraphQLObjectType]:
    if isinstance(of, GraphQLObjectType):
        return [of]
    return list(core.get_possible_types(of)) if is_abstract_type(of) else []


def _applies(condition: str | None, parent: GraphQLObjectType) -> bool:
    if condition is None or condition == parent.name:
        return True
    type_ = core.type_map[condition]
    return is_abstract_type(type_) and core.is_sub_type(type_, parent)

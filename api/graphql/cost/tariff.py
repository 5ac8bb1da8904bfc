"""What each field and type of the schema costs: the one place that limits, budgets and the schema's own directives read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from graphql import (
    GraphQLField,
    GraphQLList,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLUnionType,
    Undefined,
    get_named_type,
    value_from_ast_untyped,
)

NODE: Final = "Node"
SLICING: Final = ("first", "last")
LISTS: Final = ("ids", "handles", "creators", "representations")
"""Arguments that name the rows one by one; where a field has several, one of them is given."""
UNBOUNDED_PAGE: Final = 20
"""Rows of a page whose size is neither given nor has a default."""
FEW: Final = 5
"""Nodes that a list without a size is taken to have, unless its feature says another number."""


@dataclass(frozen=True, slots=True)
class Tariff:
    """What fields cost beside their rows, by their name or their type's, and how long lists are that have no size, by type and field."""

    costs: Mapping[str, int] = field(default_factory=dict[str, int])
    sizes: Mapping[tuple[str, str], int] = field(default_factory=dict[tuple[str, str], int])

    def work(self, name: str, of: GraphQLField) -> int:
        """Return what a field costs each time, however few rows it has; a page costs one."""
        return self.costs.get(get_named_type(of.type).name, self.costs.get(name, 0)) + (not named(of) and paged(of))

    def size(self, parent: str, name: str, of: GraphQLField) -> int | None:
        """Return how many rows a list is taken to have whose size no argument tells; None for what is no list of nodes, nor declared."""
        if not is_list(of.type) or sliced(of):
            return None
        return self.sizes.get((parent, name), FEW if is_node(get_named_type(of.type)) else None)

    def is_row(self, parent: str, name: str, of: GraphQLField) -> bool:
        """Tell whether a field of a page has as many rows as the page."""
        return is_list(of.type) and not sliced(of) and (parent, name) not in self.sizes


def paged(of: GraphQLField) -> bool:
    """Tell whether `first` or `last` says how many rows a field has."""
    return not of.args.keys().isdisjoint(SLICING)


def named(of: GraphQLField) -> bool:
    """Tell whether a field's rows are as many as the names given."""
    return not of.args.keys().isdisjoint(LISTS)


def sliced(of: GraphQLField) -> bool:
    """Tell whether an argument says how many rows a field has."""
    return paged(of) or named(of)


def default_page(of: GraphQLField) -> int | None:
    """Return the size of a page that nobody gives, which a schema keeps as a value or as it was written; None where it has none."""
    argument = next((of.args[each] for each in SLICING if each in of.args), None)
    if argument is None:
        return None
    if argument.default is not None and argument.default.literal is not None:
        return value_from_ast_untyped(argument.default.literal)
    return None if argument.default_value is Undefined else argument.default_value


def is_list(of: GraphQLOutputType) -> bool:
    """Tell whether a field answers a list."""
    return isinstance(of.of_type if isinstance(of, GraphQLNonNull) else of, GraphQLList)


def is_node(type_: GraphQLNamedType) -> bool:
    """Tell whether a type is one of nodes; of a union all members must be."""
    if isinstance(type_, GraphQLUnionType):
        return all(is_node(each) for each in type_.types)
    if isinstance(type_, GraphQLObjectType):
        return any(each.name == NODE for each in type_.interfaces)
    return type_.name == NODE

"""How many nodes an operation can be answered with, before it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from graphql import (
    DocumentNode,
    FieldNode,
    GraphQLField,
    GraphQLNamedType,
    GraphQLSchema,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    VariableNode,
    get_named_type,
    value_from_ast_untyped,
)

from api.graphql.cost.collecting import Collecting, Selected, operation_in
from api.graphql.cost.conditions import Filtered
from api.graphql.cost.tariff import LISTS, Tariff, default_page, is_list, is_node, paged, sliced

PageSize = Callable[[str, Any, Any, int | None], int]
"""Tells how many rows a page has, by the field's name, its `first`, its `last` and the default; or refuses it."""
FILTER: Final = "filter"
FACETS: Final = "facets"


@dataclass(frozen=True, slots=True)
class Given:
    """An argument as written: a constant, or the name of a variable."""

    value: Any = None
    variable: str | None = None

    def among(self, variables: Mapping[str, Any]) -> Any:
        """Return the value, looked up where it is a variable."""
        return self.value if self.variable is None else variables.get(self.variable)


@dataclass(frozen=True, slots=True)
class Estimate:
    """So many nodes, and for each of the lists among them its page size times what is asked of each row.

    `filters` are those of the whole operation.
    """

    own: int
    lists: tuple[Listed, ...] = ()
    filters: tuple[Filtered, ...] = ()

    def nodes(self, variables: Mapping[str, Any], page: PageSize) -> int:
        """Return the number of nodes that can be answered; `page` tells the size of a page, or refuses it."""
        return self.own + sum(each.size(variables, page) * each.rows.nodes(variables, page) for each in self.lists)


@dataclass(frozen=True, slots=True)
class Listed:
    """A field that returns many: a page with its `first` and `last`, a list as long as the longest of `names`, or of `assumed` length."""

    field: str
    rows: Estimate
    first: Given = Given()
    last: Given = Given()
    names: tuple[Given, ...] = ()
    default: int | None = None
    is_paged: bool = True
    assumed: int | None = None

    def size(self, variables: Mapping[str, Any], page: PageSize) -> int:
        """Return how many rows it can have."""
        if self.assumed is not None:
            return self.assumed
        named = self._named(variables, page) if self.names else 0
        if not self.is_paged:
            return named
        return max(named, page(self.field, self.first.among(variables), self.last.among(variables), self.default))

    def _named(self, variables: Mapping[str, Any], page: PageSize) -> int:
        given = (each.among(variables) for each in self.names)
        return page(self.field, max(len(names) if isinstance(names, list) else 1 for names in given), None, None)


def estimate(
    document: DocumentNode, schema: GraphQLSchema, operation_name: str | None, *, tariff: Tariff
) -> tuple[Estimate, dict[str, Any]]:
    """Return what one operation asks for, and the defaults of its variables; call it on a shape within bounds."""
    operation = operation_in(document, operation_name)
    root = schema.get_root_type(operation.operation)
    walk = _Walk(Collecting(schema, document), tariff)
    asked = walk.selected([operation.selection_set], root) if root else Estimate(0)
    own = asked.own + (operation.operation is OperationType.MUTATION)
    return Estimate(own, asked.lists, tuple(walk.filters)), _defaults(operation)


class _Walk:
    """Nodes and lists below selection sets."""

    def __init__(self, collecting: Collecting, tariff: Tariff) -> None:
        self._collecting, self._tariff = collecting, tariff
        self.filters: list[Filtered] = []

    def selected(self, sets: Iterable[SelectionSetNode], parent: GraphQLNamedType) -> Estimate:
        return _sum(self._field(each) for each in self._collecting.fields(sets, parent))

    def _field(self, each: Selected) -> Estimate:
        self._note_filters(each)
        field, work = each.field, self._tariff.work(each.name, each.field)
        if sliced(field) and not is_list(field.type):
            return self._page(each, work)
        rows = self._value(each)
        if sliced(field):
            return Estimate(work, (_listed(each.nodes[0], field, rows),))
        size = self._tariff.size(each.parent, each.name, field)
        return Estimate(work + rows.own, rows.lists) if size is None else Estimate(work, (Listed(each.name, rows, assumed=size),))

    def _value(self, each: Selected) -> Estimate:
        """Return what is asked of each value of a field."""
        type_ = get_named_type(each.field.type)
        below = self.selected(each.sets, type_)
        return Estimate(below.own + (bool(each.sets) and is_node(type_)), below.lists)

    def _page(self, each: Selected, work: int) -> Estimate:
        """Return what a page is asked for: of its lists row by row, of all else once."""
        type_ = get_named_type(each.field.type)
        once, rows = [Estimate(work + is_node(type_))], list[Estimate]()
        for child in self._collecting.fields(each.sets, type_):
            if self._tariff.is_row(child.parent, child.name, child.field):
                once.append(Estimate(self._tariff.work(child.name, child.field)))
                rows.append(self._value(child))
            else:
                once.append(self._field(child))
        return _sum([*once, Estimate(0, (_listed(each.nodes[0], each.field, _sum(rows)),))])

    def _note_filters(self, each: Selected) -> None:
        self.filters += [replace(found, times=1 + self._facets(each)) for found in _filters(each.nodes[0], each.field)]

    def _facets(self, each: Selected) -> int:
        """Return how many facets are selected of a connection."""
        if not each.sets:
            return 0
        found = (field for field in self._collecting.fields(each.sets, get_named_type(each.field.type)) if field.name == FACETS)
        return sum(len(list(self._collecting.fields(field.sets, get_named_type(field.field.type)))) for field in found)


def _sum(estimates: Iterable[Estimate]) -> Estimate:
    every = list(estimates)
    return Estimate(sum(each.own for each in every), tuple(listed for each in every for listed in each.lists))


def _listed(node: FieldNode, field: GraphQLField, rows: Estimate) -> Listed:
    given = {each.name.value: _given(each.value) for each in node.arguments or ()}
    names = tuple(given.get(each, Given()) for each in LISTS if each in field.args)
    return Listed(
        node.name.value, rows, given.get("first", Given()), given.get("last", Given()), names, default_page(field), is_paged=paged(field)
    )


def _filters(node: FieldNode, field: GraphQLField) -> list[Filtered]:
    given = {each.name.value: each.value for each in node.arguments or ()}
    return [Filtered(get_named_type(field.args[FILTER].type).name, given[FILTER])] if given.keys() & field.args.keys() & {FILTER} else []


def _given(value: Any) -> Given:
    return Given(variable=value.name.value) if isinstance(value, VariableNode) else Given(value_from_ast_untyped(value))


def _defaults(operation: OperationDefinitionNode) -> dict[str, Any]:
    return {
        each.variable.name.value: value_from_ast_untyped(each.default_value)
        for each in operation.variable_definitions or ()
        if each.default_value is not None
    }

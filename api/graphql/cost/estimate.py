"""What an operation asks for: how deep and broad it is, and how many nodes it can be answered with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, NamedTuple

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLArgument,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    InlineFragmentNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    Undefined,
    VariableNode,
    get_named_type,
    get_operation_ast,
    value_from_ast_untyped,
)

from api.errors import BadUserInput
from api.graphql.cost.conditions import Filtered

PageSize = Callable[[str, Any, Any, int | None], int]
"""Tells how many rows a page has, by the field's name, its `first`, its `last` and the default; or refuses it."""
NODE: Final = "Node"
FILTER: Final = "filter"
FACETS: Final = "facets"
LISTS: Final = ("ids", "handles", "creators", "representations")
"""Arguments that name the rows one by one; where a field has several, one of them is given."""


class Shape(NamedTuple):
    """How deep and broad an operation is, its fragments written out; introspection counts as one level."""

    depth: int
    fields: int
    aliases: int
    root_fields: int


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
    """A field that returns many: a connection with its `first` and `last`, or a list with as many rows as the longest of `names`."""

    field: str
    rows: Estimate
    first: Given
    last: Given
    names: tuple[Given, ...] = ()
    default: int | None = None

    def size(self, variables: Mapping[str, Any], page: PageSize) -> int:
        """Return how many rows it can have."""
        if self.names:
            given = (each.among(variables) for each in self.names)
            return page(self.field, max(len(names) if isinstance(names, list) else 1 for names in given), None, None)
        return page(self.field, self.first.among(variables), self.last.among(variables), self.default)


def shape(document: DocumentNode, operation_name: str | None) -> Shape:
    """Return the shape of one operation of a valid document (its fragments have no cycles)."""
    operation = _operation(document, operation_name)
    measure = _Measure(_fragments(document))
    depth, fields, aliases = measure.of(operation.selection_set)
    return Shape(depth, fields, aliases, measure.width(operation.selection_set))


def estimate(
    document: DocumentNode, schema: GraphQLSchema, operation_name: str | None, *, costs: Mapping[str, int]
) -> tuple[Estimate, dict[str, Any]]:
    """Return what one operation asks for, and the defaults of its variables; call it on a shape within bounds.

    `costs` are what fields cost beside their rows, by their name or their type's.
    """
    operation = _operation(document, operation_name)
    root = schema.get_root_type(operation.operation)
    defaults = {
        each.variable.name.value: value_from_ast_untyped(each.default_value)
        for each in operation.variable_definitions or ()
        if each.default_value is not None
    }
    walk = _Walk(schema, _fragments(document), costs)
    own, lists = walk.selected([operation.selection_set], root) if root else (0, ())
    return Estimate(own + (operation.operation is OperationType.MUTATION), lists, tuple(walk.filters)), defaults


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


class _Walk:
    """Nodes and lists below selection sets; what stands twice under one response key counts once, as it is answered once."""

    def __init__(self, schema: GraphQLSchema, fragments: Mapping[str, FragmentDefinitionNode], costs: Mapping[str, int]) -> None:
        self._schema, self._fragments, self._costs = schema, fragments, costs
        self.filters: list[Filtered] = []

    def selected(self, sets: Iterable[SelectionSetNode], parent: GraphQLNamedType) -> tuple[int, tuple[Listed, ...]]:
        own, lists = 0, []
        for (_, type_name), nodes in self._collected(sets, parent).items():
            of = self._schema.type_map[type_name]
            field = of.fields.get(nodes[0].name.value) if isinstance(of, GraphQLObjectType | GraphQLInterfaceType) else None
            if field is None:
                continue
            more, below = self._field(nodes, field)
            own, lists = own + more, [*lists, *below]
        return own, tuple(lists)

    def _field(self, nodes: list[FieldNode], field: GraphQLField) -> tuple[int, tuple[Listed, ...]]:
        type_ = get_named_type(field.type)
        sets = [node.selection_set for node in nodes if node.selection_set is not None]
        self.filters += [replace(each, times=1 + self._facets(sets, type_)) for each in _filters(nodes[0], field)]
        work = self._costs.get(type_.name, self._costs.get(nodes[0].name.value, 0))
        if not sets:
            return work, ()
        own, lists = self.selected(sets, type_)
        own += _is_node(type_)
        if not field.args.keys() & {"first", "last", *LISTS}:
            return own + work, lists
        listed = _listed(nodes[0], field, Estimate(own, lists))
        return int(not listed.names) + work, (listed,)

    def _facets(self, sets: Iterable[SelectionSetNode], connection: GraphQLNamedType) -> int:
        """Return how many facets are selected of a connection."""
        found = (nodes for nodes in self._collected(sets, connection).values() if nodes[0].name.value == FACETS)
        return sum(len(self._collected([node.selection_set for node in nodes if node.selection_set], connection)) for nodes in found)

    def _collected(self, sets: Iterable[SelectionSetNode], parent: GraphQLNamedType) -> dict[tuple[str, str], list[FieldNode]]:
        found: dict[tuple[str, str], list[FieldNode]] = {}
        waiting = [(selections, parent.name) for selections in sets]
        while waiting:
            selections, type_name = waiting.pop()
            for each in selections.selections:
                if isinstance(each, FieldNode):
                    key = each.alias.value if each.alias else each.name.value
                    found.setdefault((key, type_name), []).append(each)
                    continue
                fragment = self._fragments[each.name.value] if isinstance(each, FragmentSpreadNode) else each
                assert isinstance(fragment, FragmentDefinitionNode | InlineFragmentNode)
                condition = fragment.type_condition
                waiting.append((fragment.selection_set, condition.name.value if condition else type_name))
        return found


def _listed(node: FieldNode, field: GraphQLField, rows: Estimate) -> Listed:
    given = {each.name.value: _given(each.value) for each in node.arguments or ()}
    default = _default(field.args.get("first"))
    names = tuple(given.get(each, Given()) for each in LISTS if each in field.args)
    return Listed(node.name.value, rows, given.get("first", Given()), given.get("last", Given()), names, default)


def _filters(node: FieldNode, field: GraphQLField) -> list[Filtered]:
    given = {each.name.value: each.value for each in node.arguments or ()}
    return [Filtered(get_named_type(field.args[FILTER].type).name, given[FILTER])] if given.keys() & field.args.keys() & {FILTER} else []


def _default(argument: GraphQLArgument | None) -> Any:
    """Return an argument's default, which a schema keeps as a value or as it was written."""
    if argument is None:
        return None
    if argument.default is not None and argument.default.literal is not None:
        return value_from_ast_untyped(argument.default.literal)
    return None if argument.default_value is Undefined else argument.default_value


def _given(value: Any) -> Given:
    return Given(variable=value.name.value) if isinstance(value, VariableNode) else Given(value_from_ast_untyped(value))


def _is_node(type_: GraphQLNamedType) -> bool:
    if isinstance(type_, GraphQLUnionType):
        return all(_is_node(each) for each in type_.types)
    if isinstance(type_, GraphQLObjectType):
        return any(each.name == NODE for each in type_.interfaces)
    return type_.name == NODE


def _fragments(document: DocumentNode) -> dict[str, FragmentDefinitionNode]:
    return {each.name.value: each for each in document.definitions if isinstance(each, FragmentDefinitionNode)}


def _operation(document: DocumentNode, name: str | None) -> OperationDefinitionNode:
    found = get_operation_ast(document, name)
    if found is None:
        if name is None:
            raise BadUserInput("the document has no operation, or several; set operationName to one of them")
        raise BadUserInput(f"the document has no operation named {name!r}; set operationName to one of its operations")
    return found

"""What the schema says of cost itself: `@cost` and `@listSize`, as gateways and IBM's specification of the cost directives read them.

https://ibm.github.io/graphql-specs/cost-spec.html; weights are integers, as Apollo Federation and WunderGraph have them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

from graphql import (
    ConstDirectiveNode,
    DocumentNode,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    InputObjectTypeDefinitionNode,
    InterfaceTypeDefinitionNode,
    ObjectTypeDefinitionNode,
    build_schema,
    get_named_type,
    parse,
    print_ast,
)

from api.graphql.cost.conditions import COMBINED, COSTS, PLAIN
from api.graphql.cost.estimate import FILTER
from api.graphql.cost.tariff import SLICING, UNBOUNDED_PAGE, Tariff, default_page, is_list, is_node, paged, sliced

DIRECTIVES: Final = tuple(
    each
    for each in build_schema('''
"""
What something costs: a field each time that it is selected of an object, beside its rows; a type for each object of it, 1 where
nothing is said; a condition of a filter each time that it is written.
"""
directive @cost(weight: Int!) on ARGUMENT_DEFINITION | ENUM | FIELD_DEFINITION | INPUT_FIELD_DEFINITION | OBJECT | SCALAR

"""
How many rows a field has at most: what one of `slicingArguments` says, else `assumedSize`. Of a page the fields `sizedFields`
have that many rows.
"""
directive @listSize(
  assumedSize: Int
  slicingArguments: [String!]
  sizedFields: [String!]
  requireOneSlicingArgument: Boolean = true
) on FIELD_DEFINITION
''').directives
    if each.name in {"cost", "listSize"}
)
"""Their definitions; a document cannot use them."""


def declared(text: str, schema: GraphQLSchema, tariff: Tariff) -> str:
    """Return a schema's text with what everything in it costs."""
    declaring = _Declaring(schema, tariff)
    definitions = parse(text, no_location=True).definitions
    return spaced(print_ast(DocumentNode(definitions=tuple(map(declaring.definition, definitions)))))


def spaced(text: str) -> str:
    """Return a schema's text with an empty line before each description but the first of its block."""
    lines: list[str] = []
    within = False
    for line in text.splitlines():
        quotes = line.count('"""')
        if quotes and not within and lines and lines[-1] and lines[-1][-1] not in "{(":
            lines.append("")
        within ^= quotes == 1
        lines.append(line)
    return "\n".join(lines) + "\n"


class _Declaring:
    """Adds to each definition what it costs."""

    def __init__(self, schema: GraphQLSchema, tariff: Tariff) -> None:
        self._schema, self._tariff = schema, tariff
        self._filters = {get_named_type(field.args[FILTER].type).name for _, _, field in self._fields() if FILTER in field.args}
        self._sized = {(get_named_type(field.type).name, each) for _, _, field in self._fields() for each in self._rows(field)}

    def definition(self, node: Any) -> Any:
        """Return one definition with its directives."""
        name = node.name.value if getattr(node, "name", None) else None
        of = self._schema.type_map.get(name) if name else None
        if isinstance(node, InputObjectTypeDefinitionNode) and isinstance(of, GraphQLInputObjectType) and name in self._filters:
            costs = COSTS.get(of.name, {})
            weights = {each: 0 if each in COMBINED else costs.get(each, PLAIN) for each in of.fields}
            return replace(node, fields=tuple(_with(each, f"@cost(weight: {weights[each.name.value]})") for each in node.fields or ()))
        if isinstance(node, ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode) and isinstance(
            of, GraphQLObjectType | GraphQLInterfaceType
        ):
            fields = tuple(_with(each, self._field(of, each.name.value)) for each in node.fields or ())
            free = isinstance(of, GraphQLObjectType) and not is_node(of) and of is not self._schema.mutation_type
            return _with(replace(node, fields=fields), "@cost(weight: 0)" if free else "")
        return node

    def _field(self, of: GraphQLObjectType | GraphQLInterfaceType, name: str) -> str:
        """Return the directives of one field."""
        field = of.fields[name]
        work = self._tariff.work(name, field)
        size = None if (of.name, name) in self._sized else self._tariff.size(of.name, name, field)
        said = [f"@cost(weight: {work})"] if work else []
        if size is not None:
            said.append(f"@listSize(assumedSize: {size})")
        elif sliced(field) and (is_list(field.type) or self._rows(field)):
            said.append(_list_size(field, self._rows(field)))
        return " ".join(said)

    def _rows(self, field: Any) -> list[str]:
        """Return the fields of a page that have as many rows as it has."""
        of = get_named_type(field.type)
        if not sliced(field) or is_list(field.type) or not isinstance(of, GraphQLObjectType):
            return []
        return [name for name, each in of.fields.items() if self._tariff.is_row(of.name, name, each)]

    def _fields(self) -> Iterator[tuple[str, str, Any]]:
        for of in self._schema.type_map.values():
            if isinstance(of, GraphQLObjectType | GraphQLInterfaceType) and not of.name.startswith("__"):
                yield from ((of.name, name, field) for name, field in of.fields.items())


def _list_size(field: Any, rows: list[str]) -> str:
    parts = [f"assumedSize: {UNBOUNDED_PAGE}"] if default_page(field) is None else []
    if paged(field):
        parts.append(f"slicingArguments: {_names(each for each in SLICING if each in field.args)}")
    if not is_list(field.type):
        parts.append(f"sizedFields: {_names(rows)}")
    return f"@listSize({', '.join(parts)}, requireOneSlicingArgument: false)"


def _names(names: Any) -> str:
    return "[" + ", ".join(f'"{each}"' for each in names) + "]"


def _with(node: Any, text: str) -> Any:
    """Return a definition with directives as they are applied in a text."""
    return replace(node, directives=(*(node.directives or ()), *applied(text))) if text else node


def applied(text: str) -> tuple[ConstDirectiveNode, ...]:
    """Return directives as they are applied in a text."""
    definition = parse(f"type Any {text}", no_location=True).definitions[0]
    assert isinstance(definition, ObjectTypeDefinitionNode)
    return tuple(definition.directives or ())

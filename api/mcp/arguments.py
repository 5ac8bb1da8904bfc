"""The JSON Schema of a tool's arguments, derived from its operation and the GraphQL schema, so that they cannot disagree."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from typing import Any, Final

import orjson
from graphql import (
    ArgumentNode,
    DocumentNode,
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLScalarType,
    OperationDefinitionNode,
    TypeInfo,
    TypeInfoVisitor,
    VariableNode,
    Visitor,
    get_named_type,
    parse,
    type_from_ast,
    value_from_ast_untyped,
    visit,
)
from graphql.language import ObjectFieldNode, VariableDefinitionNode, parse_type

from api.errors import BadUserInput
from api.graphql.schema import core
from api.mcp.tool import Tool
from api.mcp.values import missing, taken
from graph.json_text import strict

SCALARS: Final = {"Int": "integer", "BigInt": "integer", "Float": "number", "Boolean": "boolean", "JSON": "", "_Any": "object"}
"""JSON types of GraphQL's scalars; all others are strings, and JSON is anything."""


@cache
def document(tool: Tool) -> DocumentNode:
    """Return a tool's operation, parsed."""
    return parse(tool.operation)


def _operation(tool: Tool) -> OperationDefinitionNode:
    """Return the one operation of a tool's document, which may have fragments beside it."""
    return next(each for each in document(tool).definitions if isinstance(each, OperationDefinitionNode))


@cache
def input_schema(tool: Tool) -> dict[str, Any]:
    """Return the JSON Schema of a tool's arguments."""
    definition = _operation(tool)
    shared: dict[str, Any] = {}
    told = _descriptions(tool) | dict(tool.words)
    properties: dict[str, Any] = {}
    required: list[str] = []
    for variable in definition.variable_definitions or ():
        name = variable.variable.name.value
        type_ = type_from_ast(core, variable.type)
        properties[name] = _described(_type(type_, shared), told.get(name, ""))
        if variable.default_value is not None:
            properties[name]["default"] = value_from_ast_untyped(variable.default_value)
        elif isinstance(type_, GraphQLNonNull):
            required.append(name)
    for name, written in tool.more.items():
        properties[name] = _described(_type(type_from_ast(core, parse_type(written)), shared), told.get(name, ""))
    schema: dict[str, Any] = {"type": "object", "properties": properties, "required": required, "additionalProperties": False}
    return schema | ({"$defs": shared} if shared else {})


def unpacked(given: Any) -> Any:
    """Return the arguments of a call, which some agents send as the text of their JSON; {} for an empty text."""
    if not isinstance(given, str):
        return given
    with suppress(orjson.JSONDecodeError):
        return strict(given or "{}")
    return given


def checked(tool: Tool, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the arguments as their types have them, null or an empty text as if left out; BadUserInput names one that will not do."""
    known = argument_types(tool)
    if unknown := sorted(given.keys() - known.keys()):
        raise BadUserInput(f"{tool.name} has no argument {', '.join(unknown)}; it has {', '.join(known) or 'none'}")
    required = input_schema(tool)["required"]
    if absent := [name for name in required if given.get(name) is None]:
        raise missing(absent[0], known[absent[0]])
    return {name: taken(name, value, known[name]) for name, value in given.items() if name in required or value not in (None, "")}


@cache
def argument_types(tool: Tool) -> dict[str, Any]:
    """Return the GraphQL type of each argument."""
    definition = _operation(tool)
    of_variables = {each.variable.name.value: type_from_ast(core, each.type) for each in definition.variable_definitions or ()}
    return of_variables | {name: type_from_ast(core, parse_type(written)) for name, written in tool.more.items()}


def _described(schema: dict[str, Any], words: str) -> dict[str, Any]:
    return {**schema, "description": words} if words else schema


def _type(type_: Any, shared: dict[str, Any]) -> dict[str, Any]:
    """Return a type as JSON Schema; input objects go into `shared`, since a filter may hold filters."""
    if isinstance(type_, GraphQLNonNull):
        return _type(type_.of_type, shared)
    if isinstance(type_, GraphQLList):
        return {"type": "array", "items": _type(type_.of_type, shared)}
    if isinstance(type_, GraphQLEnumType):
        return {"type": "string", "enum": list(type_.values)}
    if isinstance(type_, GraphQLInputObjectType):
        if type_.name not in shared:
            shared[type_.name] = {}
            shared[type_.name] = _object(type_, shared)
        return {"$ref": f"#/$defs/{type_.name}"}
    assert isinstance(type_, GraphQLScalarType)
    kind = SCALARS.get(type_.name, "string")
    return {"type": kind} if kind else {}


def _object(type_: GraphQLInputObjectType, shared: dict[str, Any]) -> dict[str, Any]:
    properties = {name: _described(_type(each.type, shared), each.description or "") for name, each in type_.fields.items()}
    return {"type": "object", "properties": properties, "additionalProperties": False, "description": type_.description or ""}


class _Uses(Visitor):
    """Finds out what each variable is given for: an argument, or a field of an input object."""

    def __init__(self, types: TypeInfo) -> None:
        super().__init__()
        self.types = types
        self.found: dict[str, str] = {}
        self._within: list[str] = []

    def enter_argument(self, _node: ArgumentNode, *_: Any) -> None:
        argument = self.types.get_argument()
        self._within.append((argument.description if argument else None) or "")

    def leave_argument(self, *_: Any) -> None:
        self._within.pop()

    def enter_object_field(self, node: ObjectFieldNode, *_: Any) -> None:
        parent = get_named_type(self.types.get_parent_input_type())
        field = parent.fields.get(node.name.value) if isinstance(parent, GraphQLInputObjectType) else None
        self._within.append((field.description if field else None) or "")

    def leave_object_field(self, *_: Any) -> None:
        self._within.pop()

    def enter_variable(self, node: VariableNode, _key: Any, parent: Any, *_: Any) -> None:
        if self._within and not isinstance(parent, VariableDefinitionNode):
            self.found.setdefault(node.name.value, self._within[-1])


def _descriptions(tool: Tool) -> dict[str, str]:
    types = TypeInfo(core)
    uses = _Uses(types)
    visit(document(tool), TypeInfoVisitor(types, uses))
    return uses.found

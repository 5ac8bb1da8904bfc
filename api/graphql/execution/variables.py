"""Variables: coerced once, and seen three ways: their values, their shape, and references in place of the values.

A plan depends on what is given, on enums, booleans and nulls, and on whether a list has one item; never on
strings and numbers. So requests of one shape share a plan.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from typing import Any

from graphql import GraphQLError, GraphQLInputObjectType, OperationDefinitionNode, Undefined, get_named_type
from graphql.execution.values import VariableValues, get_variable_values

from api.error_mapping import plain_words
from api.errors import BadUserInput
from api.graphql.execution.operations import RequestRefused, formatted
from api.graphql.schema import core
from graph.plans.selection import Reference

MAX_ERRORS = 20


@dataclass(frozen=True, slots=True)
class Variables:
    """The variables of one request."""

    coerced: VariableValues
    values: Mapping[str, Any]
    shape: Any

    def referenced(self) -> VariableValues:
        """Return the same with references in place of what a plan does not depend on."""
        return VariableValues(self.coerced.sources, {name: referenced(value, (name,)) for name, value in self.coerced.coerced.items()})


NONE = Variables(VariableValues({}, {}), {}, ())


def variables(definition: OperationDefinitionNode, given: Mapping[str, Any]) -> Variables:
    """Return the variables of an operation; `RequestRefused` where they do not fit their types."""
    if not definition.variable_definitions:
        return NONE
    coerced = get_variable_values(core, definition.variable_definitions, dict(given), max_errors=MAX_ERRORS)
    if isinstance(coerced, list):
        raise RequestRefused([formatted(each, BadUserInput.code) for each in coerced])
    return Variables(coerced, plain(coerced.coerced), shape(coerced.coerced))


@contextmanager
def refused() -> Generator[None]:
    """Tell what GraphQL says of a value, which only the request's variables can be at fault for, as an error of the client."""
    try:
        yield
    except GraphQLError as error:
        raise BadUserInput(plain_words(error.message)) from error


def with_defaults(declared: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """Return values by the names of arguments or input fields, with the declared default in place of a null, however deep.

    Generated clients send null for whatever a caller has left out.
    """
    return {name: _with_default(declared[name], value) for name, value in given.items()}


def _with_default(declared: Any, value: Any) -> Any:
    if value is None:
        return None if declared.default_value is Undefined else declared.default_value
    type_ = get_named_type(declared.type)
    return _deep(type_, value) if isinstance(type_, GraphQLInputObjectType) else value


def _deep(type_: GraphQLInputObjectType, value: Any) -> Any:
    if isinstance(value, list):
        return [_deep(type_, each) for each in value]
    return with_defaults(type_.fields, value) if isinstance(value, Mapping) else value


def plain(value: Any) -> Any:
    """Return a value without enums: what they stand for."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, dict):
        return {name: plain(each) for name, each in value.items()}
    if isinstance(value, list):
        return [plain(each) for each in value]
    return value


def shape(value: Any) -> Any:
    """Return the part of a value that a plan depends on, hashable."""
    if value is None or isinstance(value, bool | Enum):
        return value
    if isinstance(value, dict):
        return tuple((name, shape(each)) for name, each in sorted(value.items()))
    if isinstance(value, list):
        return ("list", min(len(value), 2)) if _whole(value) else ("items", *map(shape, value))
    return "value"


def referenced(value: Any, path: tuple[str | int, ...]) -> Any:
    """Return a value with a reference wherever a plan does not depend on it."""
    if value is None or isinstance(value, bool | Enum):
        return value
    if isinstance(value, dict):
        return {name: referenced(each, (*path, name)) for name, each in value.items()}
    if isinstance(value, list):
        if _whole(value):
            return Reference(path, items=min(len(value), 2))
        return [referenced(each, (*path, place)) for place, each in enumerate(value)]
    return Reference(path)


def _whole(items: list[Any]) -> bool:
    """Tell whether a list is one parameter: not empty, and of plain values."""
    return bool(items) and not any(each is None or isinstance(each, bool | dict | list) for each in items)

"""Variables: coerced once, and seen three ways: their values, their shape, and references in place of the values.

A plan depends on what is given, on enums, booleans and nulls, and on whether a list has one item; never on
strings and numbers. So requests of one shape share a plan.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from graphql import OperationDefinitionNode
from graphql.execution.values import VariableValues, get_variable_values

from api.errors import BadUserInput
from api.reads.operations import RequestRefused, formatted
from api.schema import core
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

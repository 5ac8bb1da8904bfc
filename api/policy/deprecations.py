"""What is deprecated, what to use instead, and the day until which it stays."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from graphql import GraphQLEnumType, GraphQLInputObjectType, GraphQLInterfaceType, GraphQLObjectType, GraphQLSchema, is_introspection_type

REASON: Final = re.compile(r"(?P<instead>.+) Removed after (?P<day>\d{4}-\d\d-\d\d)\.", re.DOTALL)
RULE: Final = 'say what to use instead and until when it stays: "Use `other`. Removed after 2027-06-30."'


@dataclass(frozen=True, slots=True)
class Deprecation:
    """A field, argument, input field or value of an enum by its coordinate (`Type.field(argument:)`)."""

    place: str
    instead: str
    until: date

    def __str__(self) -> str:
        """Return it in a sentence."""
        return f"{self.place} is deprecated and stays until {self.until}: {self.instead}"


def deprecations(schema: GraphQLSchema) -> list[Deprecation]:
    """Return all deprecations of a schema; ValueError where one gives no day."""
    return [_read(place, reason) for place, reason in _reasons(schema)]


def _read(place: str, reason: str) -> Deprecation:
    found = REASON.fullmatch(reason)
    if found is None:
        raise ValueError(f"{place} is deprecated with the words {reason!r}; {RULE}")
    try:
        return Deprecation(place, found["instead"], date.fromisoformat(found["day"]))
    except ValueError as error:
        raise ValueError(f"{place} is deprecated until {found['day']}, which is no day; {RULE}") from error


def _reasons(schema: GraphQLSchema) -> Iterator[tuple[str, str]]:
    for name, type_ in sorted(schema.type_map.items()):
        if is_introspection_type(type_):
            continue
        for place, element in _elements(name, type_):
            if element.deprecation_reason is not None:
                yield place, element.deprecation_reason


def _elements(name: str, type_: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(type_, GraphQLEnumType):
        yield from ((f"{name}.{value}", each) for value, each in type_.values.items())
    elif isinstance(type_, GraphQLObjectType | GraphQLInterfaceType | GraphQLInputObjectType):
        for field, each in type_.fields.items():
            yield f"{name}.{field}", each
            yield from ((f"{name}.{field}({argument}:)", given) for argument, given in getattr(each, "args", {}).items())

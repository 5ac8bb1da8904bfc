"""What agents send for an argument: taken where it can mean one thing only, else refused with what would be taken."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, Final

import orjson
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLType,
    is_required_input_field,
)
from graphql.utilities import validate_input_value

from api.errors import BadUserInput
from graph.json_text import strict

SHOWN: Final = 80
WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "Int": ("a whole number", "10"),
    "BigInt": ("a whole number", "1000"),
    "Float": ("a number", "0.5"),
    "Boolean": ("true or false", "true"),
    "String": ("a text", '"beauty"'),
    "ID": ("an id as text", '"Creator:7495000000000000001"'),
    "Region": ("a country's code of two letters", '"US"'),
    "DateTime": ("an instant with its offset", '"2026-01-31T00:00:00Z"'),
    "JSON": ("an object", '{"name": "value"}'),
}
"""What each scalar takes, and an example."""


def taken(name: str, value: Any, type_: Any) -> Any:
    """Return an argument's value as its type has it; BadUserInput names the argument or the field in it, what it takes and an example.

    Numbers, booleans, lists and objects may come as the text of their JSON, and one item of a list without the list. A field
    that is null is left out.
    """
    found = _unpacked(value, type_)
    _check(name, found, type_)
    return found


def missing(name: str, type_: Any) -> BadUserInput:
    """Return the error for an argument that a tool cannot do without."""
    words, example = takes(type_)
    return BadUserInput(f"{name} is missing; it takes {words}, such as {example}")


def _check(name: str, value: Any, type_: Any) -> None:
    """Raise BadUserInput for the first part of a value that is not of its type, named by its path."""
    bare = _bare(type_)
    if isinstance(bare, GraphQLList) and isinstance(value, list):
        for place, each in enumerate(value):
            _check(f"{name}[{place}]", each, bare.of_type)
    elif isinstance(bare, GraphQLInputObjectType) and isinstance(value, dict):
        _check_fields(name, value, bare)
    elif not _fits(value, type_):
        words, example = takes(type_)
        raise BadUserInput(f"{name} is {_shown(value)}; it takes {words}, such as {example}")


def _check_fields(name: str, value: Mapping[str, Any], type_: GraphQLInputObjectType) -> None:
    if unknown := sorted(value.keys() - type_.fields.keys()):
        raise BadUserInput(f"{name} has no field {', '.join(unknown)}; it has {', '.join(type_.fields)}")
    for field, declared in type_.fields.items():
        if field in value:
            _check(f"{name}.{field}", value[field], declared.type)
        elif is_required_input_field(declared):
            raise missing(f"{name}.{field}", declared.type)


def _fits(value: Any, type_: Any) -> bool:
    reasons: list[Any] = []
    validate_input_value(value, type_, lambda error, _path: reasons.append(error))
    return not reasons


def takes(type_: Any) -> tuple[str, str]:
    """Return what a type takes, in words, and an example in JSON."""
    bare = _bare(type_)
    if isinstance(bare, GraphQLList):
        words, example = takes(bare.of_type)
        return f"a list, each item {words}", f"[{example}]"
    if isinstance(bare, GraphQLEnumType):
        names = list(bare.values)
        return f"one of {', '.join(names)}", f'"{names[0]}"'
    if isinstance(bare, GraphQLInputObjectType):
        name = next(iter(bare.fields))
        field = next((name for name in ("search", "regions", "graph", "goal") if name in bare.fields), name)
        return f"an object with any of {', '.join(bare.fields)}", f'{{"{field}": {takes(bare.fields[field].type)[1]}}}'
    return WORDS[bare.name]


def _unpacked(value: Any, type_: Any) -> Any:
    """Return a value out of the text that it came as, and an item as a list of one."""
    bare = _bare(type_)
    if isinstance(bare, GraphQLList):
        found = _parsed(value, list) if isinstance(value, str) else value
        return [_unpacked(each, bare.of_type) for each in (found if isinstance(found, list) else [found])]
    if isinstance(bare, GraphQLEnumType):
        return value.strip().upper() if isinstance(value, str) and value.strip().upper() in bare.values else value
    if isinstance(bare, GraphQLInputObjectType):
        found = _parsed(value, dict) if isinstance(value, str) else value
        if not isinstance(found, dict):
            return found
        return {name: _field(bare, name, each) for name, each in found.items() if each is not None or name not in bare.fields}
    unpack = SCALARS.get(bare.name)
    return unpack(value) if unpack and isinstance(value, str) else value


def _field(type_: GraphQLInputObjectType, name: str, value: Any) -> Any:
    known = type_.fields.get(name)
    return value if known is None else _unpacked(value, known.type)


def _parsed(text: str, *kinds: type) -> Any:
    """Return what a text of JSON says where that is of a kind; else the text."""
    with suppress(orjson.JSONDecodeError):
        found = strict(text)
        if type(found) in kinds:
            return found
    return text


SCALARS: Final[Mapping[str, Callable[[str], Any]]] = {
    "Int": lambda text: _parsed(text, int),
    "BigInt": lambda text: _parsed(text, int),
    "Float": lambda text: _parsed(text, int, float),
    "Boolean": lambda text: _parsed(text.lower(), bool),
    "JSON": lambda text: _parsed(text, dict),
}


def _bare(type_: GraphQLType) -> Any:
    return type_.of_type if isinstance(type_, GraphQLNonNull) else type_


def _shown(value: Any) -> str:
    # Not the fast writer, which refuses whole numbers beyond 64 bits and half characters.
    text = json.dumps(value, ensure_ascii=False, default=str).encode("utf-8", "replace").decode()
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"

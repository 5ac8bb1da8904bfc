"""Answers taken apart: each plain value with its place in the answer and its field in the schema, and where two answers differ."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, Final, NamedTuple

import orjson
from graphql import DocumentNode, FieldNode, InlineFragmentNode, OperationDefinitionNode, SelectionSetNode, get_named_type, parse

from bench.leaks.shapes import SCHEMA


class Leaf(NamedTuple):
    """A plain value: where it stands, of which field of which type it is, and whether it is, or lies below, one of `TOLD`."""

    path: tuple[str | int, ...]
    field: str
    value: Any
    told: bool


@lru_cache(maxsize=2_000)
def parsed(text: str) -> DocumentNode:
    """Return the parsed text of an operation."""
    return parse(text, no_location=True)


def leaves(text: str, data: Mapping[str, Any] | None) -> Iterator[Leaf]:
    """Yield the plain values, nulls and empty lists of the data of an answer."""
    definition = next(each for each in parsed(text).definitions if isinstance(each, OperationDefinitionNode))
    if data is not None:
        yield from _of_object(data, definition.selection_set, "Query", (), told=False)


def _of_object(
    value: Mapping[str, Any], selections: SelectionSetNode, type_name: str, path: tuple[str | int, ...], *, told: bool
) -> Iterator[Leaf]:
    of: Any = SCHEMA.type_map[value.get("__typename", type_name)]
    for each in selections.selections:
        if isinstance(each, InlineFragmentNode) and each.type_condition is not None:
            if each.type_condition.name.value == of.name:
                yield from _of_object(value, each.selection_set, of.name, path, told=told)
        elif isinstance(each, FieldNode):
            key = _key(each)
            if key in value and each.name.value != "__typename":
                yield from _of_value(value[key], each, of, (*path, key), told=told or f"{of.name}.{each.name.value}" in TOLD)


def _key(node: FieldNode) -> str:
    return node.alias.value if node.alias else node.name.value


def _of_value(value: Any, node: FieldNode, parent: Any, path: tuple[str | int, ...], *, told: bool) -> Iterator[Leaf]:
    name = node.name.value
    if isinstance(value, list) and value:
        yield Leaf((*path, "#"), f"{parent.name}.{name}", len(value), told)
        for place, each in enumerate(value):
            yield from _of_value(each, node, parent, (*path, place), told=told)
    elif isinstance(value, dict) and node.selection_set is not None:
        yield from _of_object(value, node.selection_set, get_named_type(parent.fields[name].type).name, path, told=told)
    else:
        yield Leaf(path, f"{parent.name}.{name}", value, told)


def fields(text: str, answer: bytes) -> set[str]:
    """Return the fields that an answer told of, null or not."""
    found = {each.field for each in leaves(text, orjson.loads(answer).get("data"))}
    return found | _objects(text, orjson.loads(answer).get("data"))


def _objects(text: str, data: Mapping[str, Any] | None) -> set[str]:
    found: set[str] = set()

    def walk(value: Any, selections: SelectionSetNode, type_name: str) -> None:
        if isinstance(value, list):
            for each in value:
                walk(each, selections, type_name)
        if not isinstance(value, dict):
            return
        of: Any = SCHEMA.type_map[value.get("__typename", type_name)]
        for each in selections.selections:
            if isinstance(each, InlineFragmentNode) and each.type_condition is not None and each.type_condition.name.value == of.name:
                walk(value, each.selection_set, of.name)
            elif isinstance(each, FieldNode) and _key(each) in value and each.selection_set is not None:
                found.add(f"{of.name}.{each.name.value}")
                walk(value[_key(each)], each.selection_set, get_named_type(of.fields[each.name.value].type).name)

    definition = next(each for each in parsed(text).definitions if isinstance(each, OperationDefinitionNode))
    if data is not None:
        walk(data, definition.selection_set, "Query")
    return found


ERROR: Final = "errors"
CURSOR: Final = re.compile(rb'(["\'])(?:[A-Za-z0-9_-]{150}(?=\\?")|[A-Za-z0-9_-]+(?=\' is not a cursor of this list))')
"""All are of this length and encrypted: nobody can read the place among everyone that one holds. A message quotes one that was given."""

TOLD: Final = {
    "Brand.competitors": "which brands share five creators or more with a brand is told, and of how many, in fives",
    "Competitor.sharedCreators": "likewise",
    "Competitor.sharedCategories": "likewise",
    "Competitor.brand": "likewise",
}
"""Fields that may differ between paired worlds, since what they tell of groups is held by no redrawing; and why they are told."""


def readable(answer: bytes) -> bytes:
    """Return what can be read of an answer: all of it but its cursors."""
    return CURSOR.sub(rb"\1", answer)


def differing(text: str, one: bytes, other: bytes) -> set[str]:
    """Return the fields in which two answers to an operation differ; `errors` where only something else than data does."""
    if one == other:
        return set()
    left, right = orjson.loads(one), orjson.loads(other)
    mine = {each.path: each for each in leaves(text, left.get("data"))}
    theirs = {each.path: each for each in leaves(text, right.get("data"))}
    unlike = {path for path in mine.keys() | theirs.keys() if _value(mine.get(path)) != _value(theirs.get(path))}
    lengths = {path[:-1] for path in unlike if path[-1] == "#"}
    first = {path for path in unlike if not any(path[: len(each)] == each and path[-1] != "#" for each in lengths)}
    found = [mine.get(path) or theirs[path] for path in first]
    return {leaf.field for leaf in found if not leaf.told} if found else {ERROR}


def _value(leaf: Leaf | None) -> Any:
    return ... if leaf is None else leaf.value

"""The schema says all that it should: descriptions, nulls explained, indicators from their declaration."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    get_named_type,
    is_introspection_type,
    is_non_null_type,
)
from graphql import is_specified_scalar_type as is_own_scalar

import scoring
from api.features.catalogue import COMPUTED
from api.graphql.schema import core, sdl
from graph.model import GREATEST_INT, NODES, Type


def own_types() -> list[Any]:
    return [each for each in core.type_map.values() if not is_introspection_type(each) and not is_own_scalar(each)]


def read() -> set[str]:
    """Return the names of types that queries answer with; mutations speak of theirs."""
    waiting: list[Any] = [core.query_type]
    found: set[str] = set()
    while waiting:
        type_ = waiting.pop()
        if isinstance(type_, GraphQLObjectType) and type_.name not in found:
            found.add(type_.name)
            waiting += [get_named_type(each.type) for each in type_.fields.values()]
    return found


def described() -> Iterator[tuple[str, str | None]]:
    for type_ in own_types():
        yield type_.name, type_.description
        if isinstance(type_, GraphQLEnumType):
            yield from ((f"{type_.name}.{name}", value.description) for name, value in type_.values.items())
        elif isinstance(type_, GraphQLObjectType | GraphQLInterfaceType | GraphQLInputObjectType):
            for name, field in type_.fields.items():
                yield f"{type_.name}.{name}", field.description
                yield from ((f"{type_.name}.{name}({key})", each.description) for key, each in getattr(field, "args", {}).items())


def test_everything_is_described() -> None:
    assert [name for name, words in described() if not words] == []


def test_a_nullable_field_says_when_it_is_null() -> None:
    silent = [
        f"{type_.name}.{name}"
        for type_ in own_types()
        if isinstance(type_, GraphQLObjectType) and type_.name in read()
        for name, field in type_.fields.items()
        if not is_non_null_type(field.type) and "null" not in (field.description or "").lower()
    ]
    assert silent == []


def test_the_committed_schema_is_the_codes() -> None:
    assert Path(__file__).parents[3].joinpath("api", "schema.graphql").read_text("utf-8") == sdl()


def test_indicators_are_those_declared() -> None:
    names = list(scoring.NAMES)
    indicator = core.type_map["Indicator"]
    assert isinstance(indicator, GraphQLEnumType)
    assert list(indicator.values) == [each.upper() for each in names]
    creator = core.type_map["Creator"]
    assert isinstance(creator, GraphQLObjectType)
    assert [each for each in creator.fields if each in map(scoring.camel, names)] == [scoring.camel(each) for each in names]
    sort = core.type_map["CreatorSort"]
    assert isinstance(sort, GraphQLEnumType)
    assert set(indicator.values) < set(sort.values)


def test_only_nodes_have_an_id() -> None:
    """A cache that normalises keeps one object for each type and `id`: an id that is not an object's own mixes up two."""
    objects = [each for each in own_types() if isinstance(each, GraphQLObjectType)]
    assert [each.name for each in objects if "id" in each.fields and core.type_map["Node"] not in each.interfaces] == []


def test_what_is_computed_or_takes_arguments_may_be_null_so_that_a_refusal_leaves_its_neighbours() -> None:
    never_refused = {("Brief", "wanted"), ("BriefRun", "candidates"), ("Query", "_entities")}  # of the last, routers fix the type
    types = {each.name: each for each in own_types() if isinstance(each, GraphQLObjectType)}
    assert [
        (type_, name) for type_, name in COMPUTED if is_non_null_type(types[type_].fields[name].type) and (type_, name) not in never_refused
    ] == []
    # A subscription's field is alone: where it is refused there is no neighbour.
    with_arguments = [
        (name, field) for name, type_ in types.items() if name != "Subscription" for field in type_.fields.items() if field[1].args
    ]
    assert [(name, field[0]) for name, field in with_arguments if is_non_null_type(field[1].type)] == [
        ("Query", "nodes"),
        ("Query", "_entities"),
    ]
    plain = {"nodes", "viewer", "methodology", "_service", "_entities"}
    assert [name for name, field in types["Query"].fields.items() if is_non_null_type(field.type) and name not in plain] == []
    assert [name for name, field in types["Mutation"].fields.items() if is_non_null_type(field.type)] == []


def test_a_stored_count_is_an_int_only_where_32_bits_hold_it() -> None:
    served = {
        f"{node.label}.{each.name}": (each.greatest <= GREATEST_INT, get_named_type(field.type).name)
        for node in NODES
        for each in node.properties
        if each.type is Type.INTEGER
        and isinstance(type_ := core.type_map.get(node.label), GraphQLObjectType)
        and (field := type_.fields.get(each.name))
        and get_named_type(field.type).name in ("Int", "BigInt")
    }
    assert {name for name, (narrow, type_) in served.items() if narrow != (type_ == "Int")} == set()
    assert served.keys() >= {"Creator.followerCount", "Content.views", "Sale.quantity", "Report.unitsSold"}

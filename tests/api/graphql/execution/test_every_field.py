"""Every field that a plan answers can be read, by everyone, in one query; computed ones have tests of their own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import pytest
from graphql import GraphQLField, GraphQLObjectType, get_named_type, is_composite_type, is_interface_type, is_leaf_type

from api.features.catalogue import COMPUTED
from api.graphql.execution.roots import INDICATORS
from api.graphql.schema import core
from graph.plans.catalogue import members
from tests.api.graphql.execution.market import Market

ROLES: Final = ("admin", "analyst", "partner", "brand", "creator")
STARTS: Final = {
    "Creator": 'creator(id: "ana")',
    "Brand": 'brand(id: "acme")',
    "Product": 'product(id: "shoe")',
    "Category": 'category(id: "shoes")',
    "Collaboration": "collaborations(first: 1) { nodes",
    "Content": 'creator(id: "ana") { content { nodes',
    "Report": 'creator(id: "ana") { reports { nodes',
    "Viewer": "viewer",
    "ScoringRun": "scoringRuns { nodes",
    "Methodology": "methodology",
    "Appeal": "appeals { nodes",
}
"""How a node of each type is reached."""

ARGUMENTS: Final = {"probabilityAbove": '(creator: "ben")'}
"""What a field cannot be asked without."""


def selection(of: Any, depth: int) -> str:
    """Return a selection of every field of a type, connections and objects down to `depth`."""
    if is_interface_type(of):
        return "{ __typename id }"
    assert isinstance(of, GraphQLObjectType)
    return "{ " + " ".join(["__typename", *(_field(name, each, depth) for name, each in planned_fields(of).items())]) + " }"


def _field(name: str, field: GraphQLField, depth: int) -> str:
    below = get_named_type(field.type)
    if is_leaf_type(below):
        return name + ARGUMENTS.get(name, "")
    if depth == 0 or not is_composite_type(below):
        return ""
    return f"{name} {selection(below, depth - 1)}"


def planned_fields(of: GraphQLObjectType) -> dict[str, GraphQLField]:
    """Return the fields of a type that its plan answers by itself."""
    return {name: field for name, field in of.fields.items() if (of.name, name) not in COMPUTED}


def cases() -> Iterator[Any]:
    for start, text in STARTS.items():
        of = core.type_map[start]
        assert isinstance(of, GraphQLObjectType)
        leaves = " ".join(_field(name, field, 0) for name, field in planned_fields(of).items() if is_leaf_type(get_named_type(field.type)))
        yield pytest.param(_closed(text, f"__typename {leaves}"), id=f"{start} itself")
        for name, field in planned_fields(of).items():
            below = get_named_type(field.type)
            if not is_leaf_type(below):
                # Edge, node, its objects: enough to reach every clause that a field can write.
                yield pytest.param(
                    _closed(text, f"{name} {selection(below, 2 if 'Connection' in below.name else 1)}"), id=f"{start}.{name}"
                )


def _closed(start: str, inner: str) -> str:
    opened = start.count("{") - start.count("}")
    return f"{{ {start} {{ {inner} }} {'}' * opened} }}"


@pytest.mark.parametrize("query", list(cases()))
async def test_every_field_can_be_read_by_everyone(market: Market, query: str) -> None:
    for role in ROLES:
        result = await market.result(role, query)
        assert "errors" not in result, result


def test_plans_know_every_field_of_the_schema() -> None:
    known = members(INDICATORS)
    own = {name: type_ for name, type_ in core.type_map.items() if isinstance(type_, GraphQLObjectType) and name in known}
    assert {name: sorted(set(type_.fields) - set(known[name])) for name, type_ in own.items() if name != "Query"} == {
        name: [] for name in own if name != "Query"
    }

from __future__ import annotations

import pytest
from graphql import build_schema, parse

from api.features.catalogue import TARIFF
from api.graphql.cost.estimate import Estimate, Given, Listed, estimate
from api.graphql.cost.shape import Shape, shape
from api.graphql.cost.tariff import Tariff

SCHEMA = build_schema("""
interface Node { id: ID! }
type Query { creator: Creator  creators(first: Int = 10, last: Int): Creators! }
type Creators { nodes: [Creator!]! }
type Creator implements Node { id: ID!  handle: String! }
""")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("{ creator { id } }", Shape(depth=2, fields=2, aliases=1, root_fields=1)),
        ("{ ...R } fragment R on Query { creator { id } b: creator { id handle } }", Shape(2, 5, 2, 2)),
        ("{ __schema { types { fields { name } } } }", Shape(1, 1, 1, 1)),
    ],
)
def test_shape(query: str, expected: Shape) -> None:
    assert shape(parse(query), None) == expected


def test_what_is_asked_is_kept_as_sums_of_products() -> None:
    document = parse("query ($n: Int = 3) { creator { id } creators(first: $n) { nodes { id } } }")
    listed = Listed("creators", Estimate(1), first=Given(variable="n"), last=Given(), default=10)
    assert estimate(document, SCHEMA, None, tariff=Tariff()) == (Estimate(2, (listed,)), {"n": 3})


def test_one_response_key_is_counted_once() -> None:
    document = parse("{ creator { id } ...Again } fragment Again on Query { creator { handle } }")
    assert estimate(document, SCHEMA, None, tariff=Tariff())[0] == Estimate(1)


def test_work_is_counted_once_however_many_rows_there_are() -> None:
    schema = build_schema("type Query { centrality(first: Int = 20): [Place!]! path(a: ID): Place } type Place { id: ID }")
    asked_for, defaults = estimate(parse("{ centrality(first: 50) { id } path(a: 1) { id } }"), schema, None, tariff=TARIFF)
    assert asked_for.nodes(defaults, lambda _field, first, _last, default: first or default or 0) == 2_000 + 1 + 200


@pytest.mark.parametrize(
    ("query", "nodes"),
    [
        ("{ creators(first: 50) { nodes { id } facets { tiers { count } } } }", 1 + 50 + 40),
        ("{ creators(first: 50) { facets { tiers { count } } best { id } } }", 1 + 40 + 1),
        ("{ creators(first: 50) { nodes { friends { id } } } }", 1 + 50 * (1 + 3)),
        ("{ creators(first: 50) { nodes { rivals { id } } } }", 1 + 50 * (1 + 5)),
        ("{ chosen(ids: [1, 2], first: 10) { id } }", 1 * 10),
        ("{ chosen(ids: [1, 2], first: 1) { id } }", 1 * 2),
    ],
)
def test_what_a_page_tells_beside_its_rows_is_counted_once_and_lists_without_a_size_as_long_as_they_may_be(query: str, nodes: int) -> None:
    schema = build_schema("""
    interface Node { id: ID! }
    type Query { creators(first: Int = 10): Creators  chosen(ids: [ID!], first: Int): [Creator!] }
    type Creators { nodes: [Creator!]!  facets: Facets  best: Creator }
    type Facets { tiers: [Tier!]! }
    type Tier { count: Int }
    type Creator implements Node { id: ID!  friends: [Creator!]  rivals: [Creator!] }
    """)
    found, _ = estimate(parse(query), schema, None, tariff=Tariff({"Tier": 40}, {("Creator", "friends"): 3}))
    assert found.nodes({}, lambda _field, first, _last, default: first or default or 0) == nodes

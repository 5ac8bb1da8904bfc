from __future__ import annotations

from typing import Any

import pytest
from graphql import build_schema, parse
from hypothesis import given
from hypothesis import strategies as st

from api.errors import ApiError, BadUserInput, CostExceeded, LimitExceeded
from api.graphql.cost.limits import Budgets, Cost, Limits, measure
from api.graphql.cost.tariff import Tariff

SCHEMA = build_schema("""
interface Node { id: ID! }
type Query {
  node(id: ID!): Node
  nodes(ids: [ID!]!): [Node]!
  creator(id: ID): Creator
  creatorList(ids: [ID!], handles: [String!]): [Creator]
  creators(first: Int = 10, last: Int, after: String): Creators!
  brands(first: Int, last: Int): Brands!
}
type Mutation { rate(id: ID!): Int }
type Creators { edges: [Edge!]!  nodes: [Creator!]!  totalCount: Int! }
type Edge { node: Creator!  cursor: String! }
type Creator implements Node { id: ID!  handle: String!  score: Score  brands(first: Int, last: Int): Brands! }
type Brands { nodes: [Brand!]! }
type Brand implements Node { id: ID!  name: String!  creators(first: Int, last: Int): Creators! }
type Score { value: Float  parts: [Part!]! }
type Part { name: String! }
""")


def cost(query: str, variables: dict[str, Any] | None = None, **bounds: int) -> int:
    return measure(parse(query), SCHEMA, None, Limits(**bounds), tariff=Tariff()).cost(variables or {}).requested


@pytest.mark.parametrize(
    ("query", "nodes"),
    [
        ("{ creator(id: 1) { id score { parts { name } } } }", 1),
        ("{ a: creator(id: 1) { id } b: creator(id: 2) { id } }", 2),
        ("{ creators { totalCount } }", 1),
        ("{ creators { nodes { id } } }", 1 + 10),
        ("{ creators(first: 50) { nodes { id } } }", 1 + 50),
        ("{ creators(last: 7) { edges { node { id } } } }", 1 + 7),
        ("{ creators(first: 0) { nodes { id } } }", 1),
        ("{ brands { nodes { id } } }", 1 + 20),
        ("{ creators(first: 50) { nodes { id brands(first: 3) { nodes { id } } } } }", 1 + 50 * (1 + 1 + 3)),
        ("{ nodes(ids: [1, 2, 3]) { id } }", 3),
        ("{ nodes(ids: [1, 2]) { id ... on Creator { brands(first: 3) { nodes { id } } } } }", 2 * (1 + 1 + 3)),
        ("{ creators(first: 5) { ...F ...F } } fragment F on Creators { nodes { id } }", 1 + 5),
        ("{ __schema { types { name fields { name } } } }", 0),
        ("mutation { rate(id: 1) }", 1),
    ],
)
def test_cost_counts_the_nodes_that_may_come(query: str, nodes: int) -> None:
    assert cost(query) == nodes


@pytest.mark.parametrize(("variables", "nodes"), [({"n": 5}, 1 + 5 * 2), ({}, 1 + 4 * 2), ({"n": None}, 1 + 10 * 2), ({"n": "strange"}, 1)])
def test_page_sizes_may_be_variables(variables: dict[str, Any], nodes: int) -> None:
    assert cost("query ($n: Int = 4) { creators(first: $n) { nodes { id } edges { node { id } } } }", variables) == nodes


@pytest.mark.parametrize(("variables", "nodes"), [({"ids": ["a", "b"]}, 2), ({"handles": list("abc"), "ids": None}, 3), ({}, 1)])
def test_names_are_counted_whichever_are_given(variables: dict[str, Any], nodes: int) -> None:
    assert cost("query ($ids: [ID!], $handles: [String!]) { creatorList(ids: $ids, handles: $handles) { id } }", variables) == nodes


def test_ids_may_be_a_variable() -> None:
    assert cost("query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", {"ids": ["a", "b"]}) == 2


@given(first=st.integers(0, 100), inner=st.integers(0, 100))
def test_variables_and_constants_cost_the_same(first: int, inner: int) -> None:
    text = "{{ creators(first: {}) {{ nodes {{ brands(last: {}) {{ nodes {{ id }} }} }} }} }}"
    constant = cost(text.format(first, inner), cost=10**9)
    variable = cost("query ($a: Int, $b: Int) " + text.format("$a", "$b"), {"a": first, "b": inner}, cost=10**9)
    assert constant == variable == 1 + first * (2 + inner)


@pytest.mark.parametrize(
    ("query", "kind", "said"),
    [
        ("{ creators(first: 101) { totalCount } }", LimitExceeded, "creators: first is 101; a page has at most 100 rows"),
        ("{ creators(first: -1) { totalCount } }", BadUserInput, "creators: first is -1; give 0 to 100"),
        ("{ creators(first: 1, last: 1) { totalCount } }", BadUserInput, "both first (1) and last (1) were given; use only one"),
        (
            "{ creators(first: 100) { nodes { brands(first: 100) { nodes { creators(first: 100) { nodes { id } } } } } } }",
            LimitExceeded,
            "could return up to 1,020,201 nodes; at most 20,000 are allowed: request smaller pages",
        ),
        (
            "{ " + " ".join(f"a{n}: creator {{ id }}" for n in range(11)) + " }",
            LimitExceeded,
            "11 root fields; at most 10 are allowed",
        ),
        ("{ nodes(ids: [" + "1 " * 1_001 + "]) { id } }", LimitExceeded, "nodes: 1,001 names are given; give at most 1,000, and the"),
        ("{ creatorList(handles: [" + '"a" ' * 1_001 + "]) { id } }", LimitExceeded, "creatorList: 1,001 names are given; give at most"),
        ("{ creator { " + " ".join(f"a{n}: handle" for n in range(31)) + " } }", LimitExceeded, "31 aliases of one field"),
        (
            "{ creators { " + "nodes { brands { nodes { creators { " * 5 + "totalCount" + "}" * 22,
            LimitExceeded,
            "22 levels; at most 20 are",
        ),
    ],
)
def test_what_is_too_much_is_refused(query: str, kind: type[ApiError], said: str) -> None:
    with pytest.raises(kind) as refused:
        cost(query)
    assert said in refused.value.message


def test_fragments_within_fragments_are_counted_without_writing_them_out() -> None:
    doubling = " ".join(
        f"fragment F{n} on Creator {{ ...F{n + 1} x{n}: brands {{ nodes {{ creators {{ nodes {{ ...F{n + 1} }} }} }} }} }}"
        for n in range(40)
    )
    document = parse("{ creator { ...F0 } } " + doubling + " fragment F40 on Creator { id }")
    with pytest.raises(LimitExceeded, match="levels; at most"):
        measure(document, SCHEMA, None, Limits(), tariff=Tariff())
    with pytest.raises(LimitExceeded, match="fields; at most"):
        measure(document, SCHEMA, None, Limits(depth=10_000), tariff=Tariff())


@pytest.mark.parametrize(("name", "said"), [(None, "has no operation, or several"), ("C", "no operation named 'C'")])
def test_the_operation_must_be_there(name: str | None, said: str) -> None:
    with pytest.raises(BadUserInput, match=said):
        measure(parse("query A { creator { id } } query B { creator { id } }"), SCHEMA, name, Limits(), tariff=Tariff())


def test_a_budget_empties_and_refills() -> None:
    budgets = Budgets(Limits(budget=600))
    assert budgets.take("k", Cost(500), now=0) == {"requested": 500, "budget": 600, "restoreRate": 10}
    assert budgets.left("k", now=0) == 100
    with pytest.raises(CostExceeded, match="this operation costs 200, and the key has 100 of 600 left; try again in 11 s") as refused:
        budgets.take("k", Cost(200), now=0)
    assert (refused.value.headers, refused.value.extensions["retryAfter"]) == ({"Retry-After": "11"}, 11)
    assert refused.value.extensions["cost"]["remaining"] == 100
    budgets.take("k", Cost(200), now=11)
    assert [budgets.left("k", now=at) for at in (11, 10_000)] == [10, 600]


def test_each_key_has_its_own_budget() -> None:
    budgets = Budgets(Limits(budget=100))
    budgets.take("a", Cost(100), now=0)
    assert [budgets.left(key, now=0) for key in ("a", "b")] == [0, 100]


def test_what_no_budget_can_hold_is_said_so() -> None:
    with pytest.raises(CostExceeded, match="more than the key's whole budget of 100 a minute; request less"):
        Budgets(Limits(budget=100)).take("k", Cost(101), now=0)


def test_a_key_may_have_a_budget_of_its_own() -> None:
    budgets = Budgets(Limits(budget=600))
    assert budgets.take("k", Cost(1_000), size=1_200, now=0) == {"requested": 1_000, "budget": 1_200, "restoreRate": 20}
    assert [budgets.left("k", size=1_200, now=at) for at in (0, 10, 60)] == [200, 400, 1_200]
    assert budgets.left("other", now=0) == 600
    with pytest.raises(CostExceeded) as refused:
        budgets.take("k", Cost(400), size=1_200, now=0)
    assert refused.value.extensions["retryAfter"] == 11

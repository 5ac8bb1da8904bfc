from __future__ import annotations

from typing import Any

import pytest
from graphql import parse
from hypothesis import given
from hypothesis import strategies as st

from api.graphql.cost.limits import Budgets, Cost, Limits, Measured, measure
from api.graphql.cost.tariff import Tariff
from tests.api.graphql.cost.test_limits import SCHEMA

TARIFF = Tariff({"score": 7}, {("Creator", "friends"): 3})


def measured(query: str) -> Measured:
    return measure(parse(query), SCHEMA, None, Limits(), tariff=TARIFF)


def actual(query: str, data: Any) -> int:
    found = measured(query)
    return found.actual(found.cost({}), {"data": data})


@pytest.mark.parametrize(
    ("query", "data", "nodes"),
    [
        ("{ creator(id: 1) { id } }", {"creator": {"id": "1"}}, 1),
        ("{ creator(id: 1) { id } }", {"creator": None}, 1),
        ("{ creator(id: 1) { score { value } } }", {"creator": {"score": {"value": 3}}}, 1 + 7),
        ("{ creator(id: 1) { score { value } } }", {"creator": {"score": None}}, 1 + 7),
        (
            "{ creators(first: 50) { totalCount nodes { id } } }",
            {"creators": {"totalCount": 2, "nodes": [{"id": "1"}, {"id": "2"}]}},
            1 + 2,
        ),
        ("{ c: creators { e: edges { n: node { id } } } }", {"c": {"e": [{"n": {"id": "1"}}]}}, 1 + 1),
        ("{ nodes(ids: [1, 2, 3]) { id } }", {"nodes": [{"id": "1"}, None, {"id": "3"}]}, 3),
        (
            "{ creators { nodes { brands(first: 9) { nodes { id } } } } }",
            {"creators": {"nodes": [{"brands": {"nodes": [{}, {}]}}, {"brands": {"nodes": []}}]}},
            1 + (1 + 1 + 2) + (1 + 1),
        ),
        (
            "{ nodes(ids: [1, 2]) { ... on Creator { brands { nodes { id } } } ... on Brand { made: creators { nodes { id } } } } }",
            {"nodes": [{"brands": {"nodes": [{}]}}, {"made": {"nodes": [{}, {}]}}]},
            (1 + 1 + 1) + (1 + 1 + 2),
        ),
        (
            "{ nodes(ids: [1, 2]) { ... on Creator { all: brands { nodes { id } } } ... on Brand { all: creators { nodes { id } } } } }",
            {"nodes": [{"all": {"nodes": [{}]}}, {"all": {"nodes": [{}, {}]}}]},
            (1 + 1 + 1) + (1 + 1 + 2),
        ),
        ("mutation { rate(id: 1) }", {"rate": 5}, 1),
    ],
)
def test_an_answer_costs_the_nodes_in_it_and_the_work_of_its_fields(query: str, data: Any, nodes: int) -> None:
    assert actual(query, data) == nodes


def test_an_answer_in_which_anything_failed_costs_all_that_was_asked_for() -> None:
    found = measured("{ creators(first: 50) { nodes { id } } }")
    assert actual("{ creators(first: 50) { nodes { id } } }", None) == 51
    assert found.actual(found.cost({}), {"data": {"creators": None}, "errors": [{"message": "too slow"}]}) == 51


ROWS = st.integers(0, 4)


@given(rows=st.lists(st.lists(ROWS, max_size=4), max_size=5), edges=st.booleans())
def test_what_is_answered_costs_no_more_than_what_was_asked_for(rows: list[list[int]], edges: bool) -> None:
    query = "{ creators(first: 5) { %s } }" % (("edges { node { %s } }" if edges else "nodes { %s }") % "brands(first: 4) { nodes { id } }")
    brands = [[{"brands": {"nodes": [{"id": "b"}] * many}} for many in each][:1] for each in rows]
    creators = [each[0] for each in brands if each]
    data = {"creators": {"edges": [{"node": each} for each in creators]} if edges else {"nodes": creators}}
    found = measured(query)
    cost = found.cost({})
    assert found.actual(cost, {"data": data}) == 1 + sum(2 + len(each["brands"]["nodes"]) for each in creators) <= cost.requested


def test_what_was_not_needed_comes_back_to_the_budget_and_never_more() -> None:
    budgets = Budgets(Limits(budget=600))
    budgets.take("k", Cost(500), now=0)
    budgets.give_back("k", 450, now=0)
    assert budgets.left("k", now=0) == 550
    budgets.give_back("k", 500, now=0)
    assert budgets.left("k", now=0) == 600
    budgets.take("k", Cost(10), now=0)
    budgets.give_back("k", -700, now=0)
    assert [budgets.left("k", now=at) for at in (0, 11, 21)] == [0, 0, 100], "what was overdrawn is paid back first"
    budgets.give_back("k", -10_000, now=21)
    assert [budgets.left("k", now=at) for at in (81, 91)] == [0, 100], "and is never more than a minute's"

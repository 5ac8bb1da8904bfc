from __future__ import annotations

from typing import Any

import pytest
from graphql import parse

from api.errors import LimitExceeded
from api.features.catalogue import TARIFF
from api.graphql.cost.conditions import COSTS, FilterBounds, cost_of
from api.graphql.cost.estimate import estimate
from api.graphql.cost.limits import Limits, measure
from api.graphql.schema import core
from graph.plans.filters import CONDITIONS

BOUNDS = Limits().filters


def cost(query: str, variables: dict[str, Any] | None = None, bounds: FilterBounds = BOUNDS) -> int:
    found, _ = estimate(parse(query), core, None, tariff=TARIFF)
    return cost_of(found.filters, variables or {}, bounds)


OF_CREATORS = "query ($f: CreatorFilter, $c: ID) { creators(filter: %s) { totalCount } }"


@pytest.mark.parametrize(
    ("written", "variables", "expected"),
    [
        ("{verified: true}", {}, 10),
        ("{verified: null}", {}, 0),
        ("{soldIn: $c, or: [{mentions: $c}, {not: {score: {indicator: OVERALL}}}]}", {"c": "x"}, 500 + 100 + 50),
        ("{soldIn: $c}", {}, 0),
        ("$f", {"f": {"or": [{"sales": {"minUsd": 1}}, {"workedWith": "x", "verified": False}]}}, 900 + 100 + 10),
        ("$f", {"f": None}, 0),
        ("{or: {verified: true}}", {}, 10),
    ],
)
def test_a_filter_costs_what_its_conditions_take_to_plan(written: str, variables: dict[str, Any], expected: int) -> None:
    assert cost(OF_CREATORS % written, variables) == expected


def test_filters_are_charged_beside_the_rows_wherever_they_stand() -> None:
    text = "{ creators(first: 2, filter: {verified: true}) { nodes { ...C } } } "
    text += "fragment C on Creator { content(first: 3, filter: {views: {min: 1}}) { nodes { id } } }"
    assert measure(parse(text), core, None, Limits(), tariff=TARIFF).cost({}).requested == 1 + 2 * (1 + 1 + 3) + 2 * 10


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ({"or": [{"promoted": str(each)} for each in range(120)]}, "have 120 conditions; at most 100 are allowed: use fewer conditions"),
        ({"or": [{"verified": True}] * 300}, "have 300 conditions; at most 100 are allowed"),
        ({"or": [{"soldIn": str(each)} for each in range(9)]}, "cost 4,500; at most 4,000 are allowed: use fewer conditions on sales"),
        ({"and": [{"sales": {"minUsd": each}} for each in range(5)]}, "cost 4,500; at most 4,000 are allowed"),
    ],
)
def test_what_takes_long_to_plan_is_refused(written: Any, said: str) -> None:
    with pytest.raises(LimitExceeded) as refused:
        cost(OF_CREATORS % "$f", {"f": written})
    assert refused.value.message.startswith(f"the filters of this operation {said}")


def test_a_filter_has_a_depth() -> None:
    deep: dict[str, Any] = {"verified": True}
    for _ in range(7):
        deep = {"not": deep}
    with pytest.raises(LimitExceeded, match="are 7 levels deep; at most 6 are allowed: write conditions side by side"):
        cost(OF_CREATORS % "$f", {"f": deep})
    assert cost(OF_CREATORS % "$f", {"f": deep["not"]}) == 10


def test_many_small_filters_are_one_large_one() -> None:
    text = "{" + " ".join(f'a{each}: creators(filter: {{soldIn: "c{each}"}}) {{ totalCount }}' for each in range(9)) + "}"
    with pytest.raises(LimitExceeded, match=r"cost 4,500; at most 4,000"):
        cost(text)


def test_what_costs_more_than_a_plain_condition_is_a_condition() -> None:
    for type_name, costs in COSTS.items():
        assert costs.keys() <= CONDITIONS[type_name.removesuffix("Filter")].keys()


def test_conditions_that_follow_a_relation_cost_more_than_plain_ones() -> None:
    for kind, conditions in CONDITIONS.items():
        related = {name for name, condition in conditions.items() if "related" in getattr(condition, "__qualname__", "")}
        assert related <= COSTS.get(f"{kind}Filter", {}).keys()


def test_each_facet_reads_the_filter_once_more_and_is_not_a_reason_to_refuse_it() -> None:
    text = '{ creators(first: 1, filter: {soldIn: "x", verified: true}) { totalCount %s } }'
    limits = Limits()
    plain, counted = (
        measure(parse(text % more), core, None, limits, tariff=TARIFF).cost({}).requested
        for more in ("", "facets { regions { count } categories { count } more: regions { region } }")
    )
    assert counted - plain == 3 * 510 + 2 * 40 + 200

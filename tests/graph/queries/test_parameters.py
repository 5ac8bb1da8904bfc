"""Typed parameters: what each type takes, and what is said of what it does not."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from graph.queries.parameters import RULES, Parameter, ParameterRefused, ParameterType, bound

T = ParameterType


@pytest.mark.parametrize(
    ("type_", "given", "value"),
    [
        (T.STRING, "a", "a"),
        (T.INT, 3, 3),
        (T.INT, "-3", -3),
        (T.FLOAT, 3, 3.0),
        (T.FLOAT, "0.5", 0.5),
        (T.BOOLEAN, True, True),
        (T.BOOLEAN, "false", False),
        (T.DATE, "2026-01-31", date(2026, 1, 31)),
        (T.ID, "Creator:c1", "c1"),
        (T.ID, "c1", "c1"),
        (T.ID, "US:anna", "US:anna"),
        (T.STRINGS, ["a", "b"], ["a", "b"]),
        (T.INTS, [], []),
        (T.FLOATS, [1, 2.5], [1.0, 2.5]),
        (T.IDS, ["Brand:b", "c"], ["b", "c"]),
    ],
)
def test_a_value_is_what_cypher_takes(type_: ParameterType, given: Any, value: Any) -> None:
    found = Parameter("p", type_, "").value(given)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("type_", "given"),
    [
        (T.STRING, 1),
        (T.INT, True),
        (T.INT, 1.5),
        (T.INT, "1.5"),
        (T.INT, 2**63),
        (T.FLOAT, "nan"),
        (T.FLOAT, float("inf")),
        (T.FLOAT, False),
        (T.BOOLEAN, 1),
        (T.BOOLEAN, "yes"),
        (T.BOOLEAN, "True"),
        (T.DATE, "31.1.2026"),
        (T.DATE, 20260131),
        (T.ID, 7),
        (T.STRINGS, "a"),
        (T.INTS, [1, "x"]),
        (T.FLOATS, {"a": 1}),
        (T.IDS, ["x"] * 10_001),
    ],
)
def test_another_value_is_refused_by_name_rule_and_remedy(type_: ParameterType, given: Any) -> None:
    with pytest.raises(ParameterRefused, match=rf"^\$p is .{{1,60}}; it takes {RULES[type_][:12]}"):
        Parameter("p", type_, "").value(given)


@pytest.mark.parametrize(
    ("declared", "given", "rule"),
    [
        (Parameter("p", T.INT, "", least=1), 0, "a whole number of up to 64 bits, or one as text; 1 or more"),
        (Parameter("p", T.INT, "", least=1), "-7", "1 or more"),
        (Parameter("p", T.FLOAT, "", least=0.001), 0, "0.001 or more"),
        (Parameter("p", T.INT, "", among=(7, 28)), 30, "one of 7, 28"),
    ],
)
def test_a_number_out_of_bounds_is_refused(declared: Parameter, given: Any, rule: str) -> None:
    with pytest.raises(ParameterRefused, match=rf"^\$p is .*; it takes .*{rule}$"):
        declared.value(given)
    assert declared.value(28) == 28


def test_null_is_null_for_any_type() -> None:
    assert [Parameter("p", each, "").value(None) for each in T] == [None] * len(T)


PARAMETERS = (Parameter("days", T.INT, "Days.", 28), Parameter("brand", T.ID, "The brand.", required=True), Parameter("top", T.INT, "Top."))


def test_what_is_not_given_is_the_default_or_null() -> None:
    assert bound(PARAMETERS, {"brand": "Brand:b"}) == {"days": 28, "brand": "b", "top": None}
    assert bound(PARAMETERS, {"brand": "Brand:b", "days": None, "top": None}) == {"days": 28, "brand": "b", "top": None}


@pytest.mark.parametrize("given", [{}, {"brand": None}])
def test_what_is_required_must_be_given(given: dict[str, Any]) -> None:
    with pytest.raises(ParameterRefused, match=r"^\$brand \(The brand\) is missing; give an id"):
        bound(PARAMETERS, given)


def test_an_unknown_name_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(ParameterRefused, match=r"no parameter \$day; it has \$days, \$brand, \$top"):
        bound(PARAMETERS, {"brand": "b", "day": 1})
    with pytest.raises(ParameterRefused, match="it has none"):
        bound((), {"day": 1})


@pytest.mark.parametrize(
    ("declared", "rule"),
    [
        (Parameter("1st", T.INT, ""), "a name is a letter"),
        (Parameter("p", T.INT, "", "x"), "it takes a whole number"),
        (Parameter("p", T.INT, "", 1, required=True), "is required and has a default"),
    ],
)
def test_a_declaration_that_contradicts_itself_is_refused(declared: Parameter, rule: str) -> None:
    with pytest.raises(ParameterRefused, match=rule):
        declared.check()


def test_a_parameter_comes_back_from_what_is_kept_of_it() -> None:
    kept = {"name": "days", "type": "INT", "description": "Days.", "default": 28}
    assert Parameter.of(kept) == PARAMETERS[0]

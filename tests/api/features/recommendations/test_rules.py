from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from api.features.recommendations.rules import exclusions, nothing_known
from api.features.recommendations.types import Exclusion
from scoring.recommendations.marks import Marks

NAN = float("nan")


def flags(*rows: int) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    return np.array(rows, dtype=np.bool_)


def test_who_breaks_one_rule_alone_would_be_found_without_it() -> None:
    rules = {"REGION": flags(1, 1, 0, 0), "FOLLOWERS": flags(0, 1, 1, 0), "NAMED": flags(0, 0, 0, 0)}
    assert exclusions(rules) == [Exclusion(rule="FOLLOWERS", count=2, alone=1), Exclusion(rule="REGION", count=2, alone=1)]
    assert exclusions({}) == []


@given(st.lists(st.lists(st.booleans(), min_size=6, max_size=6), min_size=1, max_size=4))
def test_without_a_rule_just_those_come_back_whom_it_excludes_alone(columns: list[list[bool]]) -> None:
    rules = {f"R{place}": flags(*column) for place, column in enumerate(columns)}
    left = [not any(row) for row in zip(*columns, strict=True)]
    for each in exclusions(rules):
        others = [column for name, column in zip(rules, columns, strict=True) if name != each.rule]
        without = [not any(row) for row in zip(*others, strict=True)] if others else [True] * 6
        assert sum(without) - sum(left) == each.alone


def test_nothing_is_known_where_no_mark_is() -> None:
    unknown, known = np.array([NAN, NAN]), np.array([NAN, 50.0])
    assert nothing_known({"a": Marks(unknown, unknown, unknown), "b": Marks(known, known, known)}, 2).tolist() == [True, False]
    assert nothing_known({}, 2).tolist() == [True, True]

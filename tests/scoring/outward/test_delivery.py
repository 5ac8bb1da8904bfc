"""The told chance of delivery rises with promises kept, and says how many are told."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from scoring import fit
from scoring.outward import told_delivery
from scoring.outward.facts import ROUNDING, promises_told
from tests.scoring.outward.test_facts import drawn


@pytest.mark.parametrize("told", [0, 5, 10, 45])
def test_the_number_of_promises_is_read_back_from_what_they_count_for(told: int) -> None:
    assert promises_told(told * told / (told + ROUNDING)) == told


def test_an_unknown_number_is_none() -> None:
    assert promises_told(float("nan")) == 0


def row(facts: Any, at: int, **changed: float) -> Any:
    return {name: np.array([changed.get(name, column[at])], dtype=column.dtype) for name, column in facts.items()}


def test_more_kept_promises_make_delivery_likelier_and_none_leave_any_peer() -> None:
    facts = drawn(0).facts()
    learnt = fit(facts)
    due = 20 * 20 / (20 + ROUNDING)
    at = int(np.flatnonzero((facts["window"] == 90) & (facts["category"] == "*"))[0])
    many, few = (told_delivery(row(facts, at, promises_due=due, promises_kept=due * share), learnt) for share in (0.9, 0.1))
    none = told_delivery(row(facts, at, promises_due=np.nan, promises_kept=np.nan), learnt)
    assert many.promises == few.promises == 20
    assert many.beyond > 0 > few.beyond
    assert (none.beyond, none.promises) == (0.0, 0)
    assert none.deviation > many.deviation
    assert many.typical == few.typical == none.typical

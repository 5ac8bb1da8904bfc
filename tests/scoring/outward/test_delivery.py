"""The told chance of delivery rises with promises kept, and says how many are told."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from scoring import fit
from scoring.outward import told_delivery
from scoring.outward.declassifier import counted_fives
from scoring.outward.facts import promises_told
from tests.scoring.outward.test_facts import drawn


def counted(kept: int, told: int) -> tuple[float, float]:
    successes, attempts = counted_fives(np.array([float(kept)]), np.array([float(told)]))
    return float(successes[0]), float(attempts[0])


@pytest.mark.parametrize(("kept", "told"), [(0, 0), (0, 5), (5, 5), (5, 10), (40, 45), (45, 45), (500, 1000)])
def test_the_number_of_promises_is_read_back_from_what_they_count_for(kept: int, told: int) -> None:
    assert promises_told(*counted(kept, told)) == told


def test_an_unknown_number_is_none() -> None:
    assert promises_told(float("nan"), float("nan")) == 0


def row(facts: Any, at: int, **changed: float) -> Any:
    return {name: np.array([changed.get(name, column[at])], dtype=column.dtype) for name, column in facts.items()}


def test_more_kept_promises_make_delivery_likelier_and_none_leave_any_peer() -> None:
    facts = drawn(0).facts()
    learnt = fit(facts)
    at = int(np.flatnonzero((facts["window"] == 90) & (facts["category"] == "*"))[0])
    rows = (row(facts, at, promises_kept=kept, promises_due=due) for kept, due in (counted(20, 20), counted(0, 20)))
    many, few = (told_delivery(each, learnt) for each in rows)
    none = told_delivery(row(facts, at, promises_due=np.nan, promises_kept=np.nan), learnt)
    assert many.promises == few.promises == 20
    assert many.beyond > 0 > few.beyond
    assert (none.beyond, none.promises) == (0.0, 0)
    assert none.deviation > many.deviation
    assert many.typical == few.typical == none.typical


def test_ratings_alone_leave_the_typical_peer_where_it_is_declared() -> None:
    """Stars are no log odds: where nobody has both a rating and promises, their mean is the typical peer's."""
    facts = drawn(0).facts()
    rows = len(facts["window"])
    unknown = {name: np.full(rows, np.nan) for name in facts if "promises" in name or name.startswith("unseen_")}
    stars = {"brand_rating": np.random.default_rng(1).choice([4.0, 4.5, 5.0], rows), "brand_rating_var": np.full(rows, 0.1)}
    rated = facts | unknown | stars
    at = int(np.flatnonzero((facts["window"] == 90) & (facts["category"] == "*"))[0])
    told = told_delivery(row(rated, at), fit(rated))
    assert 1 / (1 + np.exp(-told.typical)) == pytest.approx(0.7, abs=0.1)

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring import NAMES
from scoring.errors import ScoringError
from scoring.points import NINETY
from scoring.recommendations.fits import CRITERIA, GOALS, criteria_of, fits
from scoring.recommendations.marks import Marks

NAN = float("nan")


def marks(value: list[float], low: list[float] | None = None, high: list[float] | None = None) -> Marks:
    return Marks(np.array(value), np.array(low or value), np.array(high or value))


@pytest.mark.parametrize("goal", GOALS)
def test_the_weights_of_each_goal_sum_to_one(goal: str) -> None:
    assert sum(each.weight(goal) for each in CRITERIA) == pytest.approx(1.0)
    names = [each.name for each in CRITERIA]
    assert len(set(names)) == len(names)
    assert {each.indicator for each in CRITERIA if each.indicator} <= set(NAMES)


def test_a_score_worked_out_by_hand() -> None:
    found = fits("SALES", {"sales_ability": marks([80.0], [70.0], [90.0]), "expected_reach": marks([30.0])})
    # weights 0.35 and 0.45 become 7/16 and 9/16
    assert found.weights == (pytest.approx(7 / 16), pytest.approx(9 / 16))
    assert found.score[0] == pytest.approx(50 + 30 * 7 / 16 - 20 * 9 / 16, abs=1e-3)
    assert found.score_high[0] - found.score[0] == pytest.approx(10 * 7 / 16)


def test_what_is_unknown_counts_as_typical_and_is_uncertain() -> None:
    found = fits("REACH", {"expected_reach": marks([NAN, 50.0])})
    assert found.score.tolist() == [50.0, 50.0]
    assert found.score_high[0] - found.score_low[0] == pytest.approx(2 * NINETY * 20.0)
    assert found.score_high[1] == found.score_low[1]


def test_without_a_criterion_all_are_typical() -> None:
    assert fits("SALES", {"content_volume": marks([1.0, 2.0])}).score.tolist() == [50.0, 50.0]
    assert fits("SALES", {}).score.tolist() == []


def test_an_unknown_goal_is_refused() -> None:
    with pytest.raises(ScoringError, match="'FAME' is no goal"):
        criteria_of("FAME", {})


COLUMN = st.lists(st.one_of(st.just(NAN), st.floats(0.0, 100.0)), min_size=3, max_size=3)


@given(st.sampled_from(GOALS), st.dictionaries(st.sampled_from([each.name for each in CRITERIA]), COLUMN), st.randoms())
def test_base_and_contributions_are_the_score_in_any_order(goal: str, columns: dict[str, list[float]], random: object) -> None:
    found = fits(goal, {name: marks(column) for name, column in columns.items()})
    for row in range(len(found.score)):
        parts = [50.0, *found.contributions[row].tolist()]
        random.shuffle(parts)  # type: ignore[attr-defined]
        assert sum(parts) == found.score[row]
        assert 0.0 <= found.score_low[row] <= found.score[row] <= found.score_high[row] <= 100.0

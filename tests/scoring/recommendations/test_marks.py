from __future__ import annotations

import numpy as np
import pytest

from scoring.points import NINETY
from scoring.recommendations.marks import Marks, of_scores, share_standing, standing

NAN = float("nan")


def test_the_middle_one_is_typical_and_a_deviation_is_twenty_points() -> None:
    found = standing(np.array([-1.0, 0.0, 1.0, NAN]), np.array([0.1, 0.1, 0.1, 0.1]))
    up = 20 / np.sqrt(2 / 3)
    assert found.value[:3] == pytest.approx([50 - up, 50, 50 + up])
    assert (found.high - found.value)[:3] == pytest.approx([0.1 * NINETY * up] * 3)
    assert np.isnan(found.value[3])


def test_a_score_of_84_is_one_deviation_up() -> None:
    found = of_scores(Marks(np.array([84.1345, NAN]), np.array([50.0, NAN]), np.array([100.0, NAN])))
    assert found.value[0] == pytest.approx(70.0, abs=1e-4)
    assert (found.low[0], found.high[0]) == (50.0, 100.0)
    assert np.isnan(found.value[1])


def test_all_alike_are_all_typical() -> None:
    assert standing(np.full(3, 7.0), np.zeros(3)).value.tolist() == [50.0] * 3


def test_nothing_known_stays_unknown() -> None:
    assert np.isnan(standing(np.full(2, NAN), np.zeros(2)).value).all()
    assert np.isnan(share_standing(np.zeros(2), np.zeros(2)).high).all()


def test_doubt_widens_the_interval() -> None:
    found = share_standing(np.array([5.0, 50.0, 0.0]), np.array([10.0, 100.0, 10.0]))
    width = found.high - found.low
    assert width[0] > 2 * width[1]
    assert found.value[2] < found.value[0]
    assert (found.low <= found.value).all()
    assert (found.value <= found.high).all()

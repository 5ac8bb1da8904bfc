from __future__ import annotations

import numpy as np
import pytest

from scoring.recommendations.reach import LEAN, Posts, expected_reach

NAN = float("nan")


def posts(*rows: tuple[float, float, float]) -> Posts:
    return Posts(*(np.array(column, dtype=np.float64) for column in zip(*rows, strict=True)))


def test_many_posts_speak_for_themselves() -> None:
    found = expected_reach(posts((10_000, np.log1p(5_000), 0.25), (10_000, np.log1p(100), 0.25)))
    assert found.median == pytest.approx([5_000, 100], rel=0.01)
    assert found.high[0] / found.median[0] == pytest.approx(np.exp(1.645 * 0.5), rel=0.01)


def test_a_single_lucky_post_leans_on_the_market() -> None:
    rows = [(400.0, np.log1p(100.0), 0.5)] * 9
    found = expected_reach(posts(*rows, (1, np.log1p(1_000_000), NAN)))
    centre = (9 * np.log1p(100) + np.log1p(1_000_000)) / 10
    assert found.median[-1] == pytest.approx(np.expm1((np.log1p(1_000_000) + LEAN * centre) / (1 + LEAN)))
    assert found.low[-1] < found.median[-1] < found.high[-1]


def test_who_has_no_post_has_no_expectation() -> None:
    found = expected_reach(posts((5, 3.0, 1.0), (0, NAN, NAN)))
    assert np.isnan([found.low[1], found.median[1], found.high[1], found.marks.value[1]]).all()
    nothing = expected_reach(posts((0, NAN, NAN)))
    assert np.isnan(nothing.median).all()
    assert np.isnan(nothing.marks.low).all()


def test_one_creator_alone_is_typical() -> None:
    assert expected_reach(posts((5, 3.0, NAN))).marks.value == [50.0]

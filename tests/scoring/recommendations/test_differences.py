from __future__ import annotations

from scoring.recommendations.differences import Difference, Estimate, best, differences

ANA, BEN, CAT = Estimate(60.0, 55.0, 65.0), Estimate(50.0, 45.0, 54.9), Estimate(58.0, 40.0, 70.0)
NOBODY = Estimate(None, None, None)


def test_only_intervals_that_are_apart_make_a_difference_distinct() -> None:
    assert differences([ANA, BEN, CAT]) == [Difference(0, 1, 10.0, True), Difference(2, 1, 8.0, False), Difference(0, 2, 2.0, False)]


def test_intervals_that_touch_are_not_apart() -> None:
    assert not differences([ANA, Estimate(50.0, 45.0, 55.0)])[0].distinct


def test_the_best_is_the_first_of_equals() -> None:
    assert best([NOBODY, BEN, ANA, ANA]) == 2
    assert differences([ANA, ANA]) == [Difference(0, 1, 0.0, False)]


def test_who_has_no_value_is_compared_with_no_one() -> None:
    assert differences([ANA, NOBODY]) == []
    assert best([NOBODY]) is None
    assert best([]) is None
    assert differences([]) == []

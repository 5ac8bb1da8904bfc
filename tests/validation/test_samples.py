"""Expectations of samples and a rule hold what they promise on a simulated market of a seed that no constant was looked at with."""

from __future__ import annotations

import pytest

from validation.samples import RULES, SENT, Figures, figures, page


@pytest.fixture(scope="module")
def found() -> Figures:
    return figures(21, creators=400, days=360)


def test_enough_was_judged_to_say_anything(found: Figures) -> None:
    assert found.judged > 1_000
    assert found.brands > 5


def test_four_in_five_intervals_hold(found: Figures) -> None:
    assert 0.74 <= found.covered <= 0.88


def test_the_record_says_more_of_content_than_the_share_of_all(found: Figures) -> None:
    assert found.brier < found.mean_brier


def test_a_rule_loses_less_of_the_best_than_sending_every_sample(found: Figures) -> None:
    """Nothing beats the best in hindsight, which is some profit."""
    profitable = next(iter(RULES))
    assert found.best > found.profit[profitable] > found.profit[SENT]


def test_the_table_has_a_row_for_each_figure() -> None:
    lines = page([21], creators=100, days=360).splitlines()
    assert lines[0] == "| figure | seed 21 |"
    assert len(lines) == 2 + 6 + 1 + len(RULES)

"""Whether anything is sold, and how much: planted weights are learnt, more of a rising fact never means less, and means add up."""

import numpy as np
import pytest

from scoring.forecast.hurdle import Hurdle, fitted


def drawn(rows: int, seed: int, *powers: float) -> tuple[np.ndarray, np.ndarray]:
    """Return columns, and amounts that are 0 for whoever the last column speaks against."""
    random = np.random.default_rng(seed)
    columns = np.column_stack([np.ones(rows), random.normal(0, 1, (rows, len(powers)))])
    sold = random.random(rows) < 1 / (1 + np.exp(-columns[:, -1]))
    return columns, sold * np.exp(2 + columns[:, 1:] @ np.array(powers) + random.normal(0, 0.5, rows))


def test_planted_weights_are_learnt() -> None:
    columns, amounts = drawn(20_000, 1, 0.8, 0.3)
    odds, amount, _ = fitted(columns, amounts).weights(columns)
    assert amount[1:] == pytest.approx([0.8, 0.3], abs=0.03)
    assert odds[1:] == pytest.approx([0.0, 1.0], abs=0.06)


def test_means_are_those_planted_and_add_up_to_what_came() -> None:
    columns, amounts = drawn(20_000, 2, 0.8, 0.3)
    made = fitted(columns, amounts)
    assert made.mean(columns).sum() == pytest.approx(amounts.sum())
    planted = np.exp(2 + columns[:, 1:] @ [0.8, 0.3] + 0.125) / (1 + np.exp(-columns[:, 2]))
    assert made.mean(columns) == pytest.approx(planted, rel=0.15)


def test_a_column_that_must_not_fall_is_left_out_where_it_would() -> None:
    columns, amounts = drawn(4_000, 3, -0.5, 0.3)
    assert fitted(columns, amounts).level[1] < -0.3
    held = fitted(columns, amounts, rising={1, 2})
    assert held.level[1] == 0
    assert (held.chance[1:] >= 0).all()


def test_few_rows_leave_the_usual_weights_nearly_as_they_were() -> None:
    usual = np.array([0.0, 1.0, 0.0])
    few = fitted(*drawn(12, 4, 0.0, 1.0), usual=usual)
    many = fitted(*drawn(20_000, 4, 0.0, 1.0), usual=usual)
    assert (few.level / few.scale)[1:] == pytest.approx([1, 0], abs=0.6)
    assert (many.level / many.scale)[1:] == pytest.approx([0, 1], abs=0.05)


def test_the_mean_rises_with_the_level_even_where_the_spread_falls_with_it() -> None:
    steep = Hurdle(np.zeros(2), np.ones(2), np.zeros(2), np.array([0.0, 1.0]), np.array([0.5, -0.6]), 0.0)
    columns = np.column_stack([np.ones(400), np.linspace(-8, 8, 400)])
    assert (np.diff(steep.mean(columns)) > 0).all()


def test_the_weight_of_a_column_is_what_one_more_of_it_adds_to_the_log_of_the_mean() -> None:
    columns, amounts = drawn(2_000, 5, 0.8, 0.3)
    made, step = fitted(columns, amounts), 1e-6
    for at in (1, 2):
        more = columns.copy()
        more[:, at] += step
        added = (np.log(made.mean(more)) - np.log(made.mean(columns))).mean() / step
        assert made.weights(columns)[2][at] == pytest.approx(added, rel=1e-3)

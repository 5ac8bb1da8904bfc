"""A product of powers of facts, never falling where it must not."""

import numpy as np
import pytest

from scoring.samples.blend import blended


def drawn(rows: int, seed: int, *powers: float) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    columns = np.column_stack([np.ones(rows), random.normal(0, 1, (rows, len(powers)))])
    return columns, np.exp(2 + columns[:, 1:] @ np.array(powers)) * random.gamma(2, 0.5, rows)


def test_planted_powers_are_learnt():
    columns, amounts = drawn(20_000, 1, 0.8, 0.3)
    assert blended(columns, amounts).weights == pytest.approx([2, 0.8, 0.3], abs=0.05)


def test_without_other_columns_it_is_the_mean():
    made = blended(np.ones((4, 1)), np.array([0.0, 1.0, 3.0, 4.0]))
    assert made.mean(np.ones((1, 1))) == pytest.approx([2.0])


def test_a_column_that_must_not_fall_is_left_out_where_it_would():
    columns, amounts = drawn(4_000, 2, 0.8, -0.3)
    assert blended(columns, amounts).weights[2] == pytest.approx(-0.3, abs=0.05)
    held = blended(columns, amounts, rising=(1, 2))
    assert held.weights[2] == 0
    assert held.weights[1] > 0.6


def test_units_do_not_matter():
    columns, amounts = drawn(500, 3, 0.8, 0.3)
    scaled = blended(columns * np.array([1, 10, 1]), amounts)
    assert scaled.mean(columns * np.array([1, 10, 1])) == pytest.approx(blended(columns, amounts).mean(columns), rel=1e-6)

"""The usual expectation, cut into pieces."""

import numpy as np
import pytest

from scoring.forecast.pieces import MEANINGS, Pieces


def test_pieces_add_up_and_none_falls() -> None:
    columns = np.column_stack([np.ones(50), np.linspace(-3, 9, 50)])
    made = Pieces.of(columns, np.array([0.0, 0.5]))
    added = made.added(columns)[:, 2:]
    assert added.shape[1] == len(MEANINGS)
    assert added.sum(axis=1) == pytest.approx(columns @ made.usual)
    assert (np.diff(added, axis=0) >= 0).all()


def test_it_bends_where_two_and_four_fifths_lie_below() -> None:
    columns = np.column_stack([np.ones(101), np.arange(101.0)])
    made = Pieces.of(columns, np.array([0.0, 1.0]))
    assert (made.low, made.high) == pytest.approx((40.0, 80.0))

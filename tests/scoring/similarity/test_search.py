"""Exact search."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from scoring.similarity import nearest

ROWS = np.array([[1, 0], [0.6, 0.8], [0.6, 0.8], [0, 1], [0, 0], [-1, 0]], dtype=np.float32)
TO = np.array([1, 0], dtype=np.float32)
ALL = np.ones(6, dtype=np.bool_)


def test_the_most_alike_come_first_and_equals_in_their_order() -> None:
    found = nearest(ROWS, TO, ALL, 10)
    assert found.places.tolist() == [0, 1, 2]
    assert np.allclose(found.likeness, [1, 0.6, 0.6])


def test_only_so_many_and_only_who_is_allowed() -> None:
    assert nearest(ROWS, TO, ALL, 2).places.tolist() == [0, 1]
    assert nearest(ROWS, TO, ~np.array([1, 1, 0, 0, 0, 0], dtype=np.bool_), 2).places.tolist() == [2]
    assert nearest(ROWS, TO, ~ALL, 2).places.tolist() == []
    assert nearest(ROWS, TO, ALL, 0).places.tolist() == []


def test_nothing_is_like_nothing() -> None:
    assert nearest(ROWS, np.zeros(2, dtype=np.float32), ALL, 5).places.tolist() == []
    assert nearest(np.zeros((0, 2), dtype=np.float32), TO, np.ones(0, dtype=np.bool_), 5).places.tolist() == []


@given(hnp.arrays(np.int8, st.integers(1, 40), elements=st.integers(-3, 3)), st.integers(0, 12))
def test_it_finds_what_a_full_sort_finds(values: np.ndarray, first: int) -> None:
    rows = values.astype(np.float32)[:, None]
    expected = [at for at in np.argsort(-values.astype(np.int64), kind="stable").tolist() if values[at] > 0][:first]
    assert nearest(rows, np.ones(1, dtype=np.float32), np.ones(len(rows), dtype=np.bool_), first).places.tolist() == expected

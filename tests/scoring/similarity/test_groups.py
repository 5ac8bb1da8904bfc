"""Groups of creators whose places are alike."""

import numpy as np

from scoring.similarity import groups
from scoring.similarity.projection import directions


def test_planted_groups_are_found_and_numbered_by_their_first_row() -> None:
    centres = directions("centre", "ab", 128)
    rows = np.repeat(centres, 40, axis=0) + 0.3 * directions("noise", [str(n) for n in range(80)], 128)
    assert groups(rows).tolist() == [0] * 40 + [1] * 40
    assert groups(rows[::-1]).tolist() == [0] * 40 + [1] * 40


def test_rows_of_zeros_belong_to_none() -> None:
    rows = np.array([[0, 0], [1, 0], [0, 0]], dtype=np.float32)
    assert groups(rows).tolist() == [-1, 0, -1]
    assert groups(np.zeros((2, 3), dtype=np.float32)).tolist() == [-1, -1]
    assert groups(np.zeros((0, 3), dtype=np.float32)).tolist() == []


def test_equal_rows_are_one_group() -> None:
    assert set(groups(np.ones((100, 4), dtype=np.float32)).tolist()) == {0}

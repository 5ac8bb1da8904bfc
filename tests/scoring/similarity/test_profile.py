"""Profile and audience as vectors."""

import numpy as np
import pytest

from scoring.similarity import PARTS, People, told
from scoring.similarity.profile import make_up, on_circle, profile, words


def test_the_weights_add_up_and_are_told() -> None:
    assert sum(part.weight for part in PARTS) == pytest.approx(1)
    assert "(76%)" in told()


def test_words_are_the_same_or_not() -> None:
    found = words(np.array(["US", "", "GB", "US"]))
    assert (found @ found.T).tolist() == [[1, 0, 0, 1], [0, 0, 0, 0], [0, 0, 1, 0], [1, 0, 0, 1]]


def test_rare_words_count_as_unknown() -> None:
    found = words(np.array([f"w{n:02d}" for n in range(70)]))
    assert found.shape == (70, 64)
    assert found.any(axis=1).sum() == 64


def test_amounts_turn_with_their_logarithm() -> None:
    found = on_circle(np.array([10.0, 10_000.0, 316.2278, np.nan, 0.0]), decades=3)
    cosines = found @ found[0]
    assert cosines.tolist() == pytest.approx([1, 0, np.sqrt(0.5), 0, 0], abs=1e-6)


def test_a_make_up_compares_by_the_roots_of_its_shares() -> None:
    found = make_up(np.array([[0.5, 0.5], [1.0, 0.0], [0.0, 1.0], [0.0, 0.0]]))
    assert (found @ found[0]).tolist() == pytest.approx([1, np.sqrt(0.5), np.sqrt(0.5), 0], abs=1e-6)
    assert found[1] @ found[2] == 0


def test_nothing_known_is_nothing_at_all() -> None:
    unknown = np.array([np.nan])
    people = People(np.array(["a"]), np.array([""]), np.array([""]), unknown, unknown, {})
    assert set(profile(people)) == {part.name for part in PARTS} - {"graph"}
    assert not any(part.any() for part in profile(people).values())

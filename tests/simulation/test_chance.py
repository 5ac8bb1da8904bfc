"""Ragged arithmetic and draws from urns."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from simulation.chance import Urns, owners, positions, running, stream, sums


def test_ragged_arrays_know_owner_place_and_running_sum() -> None:
    counts = np.array([2, 0, 3])
    assert owners(counts).tolist() == [0, 0, 2, 2, 2]
    assert positions(counts).tolist() == [0, 1, 0, 1, 2]
    assert running(np.array([1.0, 2.0, 3.0, 4.0, 5.0]), counts).tolist() == [1.0, 3.0, 3.0, 7.0, 12.0]
    assert sums(np.array([0, 2, 2]), 3, np.array([1.5, 1.0, 2.0])).tolist() == [1.5, 0.0, 3.0]


def test_streams_differ_by_purpose_and_repeat_by_seed() -> None:
    assert stream(1, "a").random() == stream(1, "a").random()
    assert stream(1, "a").random() != stream(1, "b").random()
    assert stream(1, "a").random() != stream(2, "a").random()


@given(st.lists(st.tuples(st.integers(0, 4), st.floats(0.01, 100)), min_size=1, max_size=40), st.integers(0, 2**32))
def test_an_urn_gives_only_what_is_in_it(items: list[tuple[int, float]], seed: int) -> None:
    group, weight = np.array([g for g, _ in items]), np.array([w for _, w in items])
    urns = Urns.of(group, weight, 5)
    asked = np.repeat(np.arange(5), 8)
    drawn = urns.draw(np.random.default_rng(seed), asked)
    filled = urns.filled(asked)
    assert (group[drawn[filled]] == asked[filled]).all()
    assert ((drawn >= 0) & (drawn < len(items))).all()


def test_an_urn_gives_the_heavy_more_often() -> None:
    drawn = Urns.of(np.zeros(2, dtype=np.int64), np.array([1.0, 9.0]), 1).draw(np.random.default_rng(1), np.zeros(5_000, dtype=np.int64))
    assert 0.87 < (drawn == 1).mean() < 0.93

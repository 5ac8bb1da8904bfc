"""Ranks that admit doubt."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring import FactsError
from scoring.ranking import UncertainRanks, uncertain_ranks
from scoring.ranking.uncertain import places
from tests.scoring.ranking.markets import moments, scope

NAN = np.nan


def groups(creators: list[str], regions: list[str] | None = None) -> dict[str, np.ndarray]:
    count = len(creators)
    return {
        "creator": np.array(creators, dtype=object),
        "region": np.array(regions or ["US"] * count, dtype=object),
        "window": np.full(count, 28),
        "category": np.array(["*"] * count, dtype=object),
    }


def found(creators: list[str], mean: list[float], variance: list[float], regions: list[str] | None = None) -> UncertainRanks:
    mean_, variance_ = (np.array(each, dtype=np.float64)[:, np.newaxis] for each in (mean, variance))
    return uncertain_ranks(groups(creators, regions), lower=100 * mean_ - 5, mean=mean_, variance=variance_)


def test_who_is_known_exactly_has_the_rank_of_the_order():
    ranks = found(["a", "b", "c", "d"], [0.2, 0.9, NAN, 0.5], [0.0, 0.0, NAN, 0.0])
    np.testing.assert_allclose(ranks.expected[:, 0], [3, 1, NAN, 2], atol=1e-6)
    assert ranks.low[:, 0].tolist() == ranks.high[:, 0].tolist() == [3, 1, 0, 2]
    assert ranks.level[:, 0].tolist() == [3, 1, 0, 2]
    assert ranks.levels[:, 0].tolist() == [3, 3, 0, 3]
    assert ranks.lower_ordinal[:, 0].tolist() == ranks.top_ordinal[:, 0].tolist() == [2, 0, 3, 1]
    np.testing.assert_array_equal(ranks.top[:, 0, 0], [1, 1, NAN, 1])


def test_who_cannot_be_told_apart_shares_everything():
    ranks = found(["a", "b", "c"], [0.5] * 3, [1 / 12] * 3)
    np.testing.assert_allclose(ranks.expected[:, 0], [2, 2, 2], atol=1e-6)
    assert ranks.low[:, 0].tolist() == [1, 1, 1]
    assert ranks.high[:, 0].tolist() == [3, 3, 3]
    assert ranks.level[:, 0].tolist() == ranks.levels[:, 0].tolist() == [1, 1, 1]


def test_regions_are_scopes_of_their_own_and_share_the_orders_of_the_world():
    ranks = found(["a", "b", "c", "d"], [0.9, 0.8, 0.7, 0.6], [0.0] * 4, ["US", "GB", "US", "GB"])
    np.testing.assert_allclose(ranks.expected[:, 0], [1, 1, 2, 2], atol=1e-6)
    assert ranks.lower_ordinal[:, 0].tolist() == [0, 1, 2, 3]
    assert ranks.top_ordinal[:, 0].tolist() == [0, 1, 2, 3]


@pytest.mark.parametrize(
    ("rows", "times", "least", "most"), [(12, 150, 0.90, 0.99), (60, 40, 0.88, 0.94), (400, 10, 0.88, 0.92), (3000, 3, 0.88, 0.92)]
)
def test_intervals_cover_the_true_rank(rows: int, times: int, least: float, most: float):
    """Of few rows an interval of whole ranks has to cover more than 90 %."""
    rng = np.random.default_rng(rows)
    covered = []
    for _ in range(times):
        drawn = scope(rows, rng)
        place = places(drawn.posterior)
        covered.append(np.mean((place.low <= drawn.ranks) & (drawn.ranks <= place.high)))
    assert least <= np.mean(covered) <= most


def test_probabilities_to_be_among_the_first_are_calibrated():
    rng = np.random.default_rng(5)
    drawn = [scope(300, rng) for _ in range(30)]
    said = np.concatenate([places(each.posterior).top[:, 1] for each in drawn])
    true = np.concatenate([each.ranks <= 50 for each in drawn])
    bins = np.minimum((said * 10).astype(int), 9)
    assert sum(abs(said[bins == at].sum() - true[bins == at].sum()) for at in range(10)) / len(said) < 0.02


def test_of_the_true_first_the_order_by_rvalue_finds_no_fewer_than_that_by_mean():
    rng = np.random.default_rng(6)
    by_mean, by_rvalue = [], []
    for _ in range(60):
        drawn = scope(400, rng, errors=(0.1, 2.5))
        order = np.argsort(places(drawn.posterior).rvalue)
        by_mean.append(np.mean(drawn.ranks[:20] <= 20))
        by_rvalue.append(np.mean(drawn.ranks[order[:20]] <= 20))
    assert np.mean(by_rvalue) > np.mean(by_mean) - 0.005


ROW = st.tuples(st.floats(0.001, 0.999), st.floats(0.0, 0.3), st.sampled_from(["US", "GB"]))


@settings(max_examples=30, deadline=None)
@given(rows=st.lists(ROW, min_size=1, max_size=40), seed=st.integers(0, 99))
def test_the_same_in_any_order_and_within_bounds(rows: list[tuple[float, float, str]], seed: int):
    names = [f"c{at:02d}" for at in range(len(rows))]
    order = np.random.default_rng(seed).permutation(len(rows))
    one = found(names, [row[0] for row in rows], [row[1] for row in rows], [row[2] for row in rows])
    other = found([names[at] for at in order], *([rows[at][part] for at in order] for part in range(3)))
    for name in ("expected", "low", "high", "level", "levels", "top", "z", "s", "lower_ordinal", "top_ordinal"):
        np.testing.assert_array_equal(getattr(one, name)[order], getattr(other, name))
    assert (one.low <= np.ceil(one.expected + 1e-6)).all()
    assert (one.high >= np.floor(one.expected - 1e-6)).all()
    assert ((one.top >= 0) & (one.top <= 1)).all()
    assert (one.level >= 1).all()
    for region in {row[2] for row in rows}:
        of = [at for at, row in enumerate(rows) if row[2] == region]
        assert set(one.levels[of, 0]) == {max(one.level[of, 0])}


def test_more_doubt_widens_the_interval():
    drawn = scope(200, np.random.default_rng(3)).posterior
    mean, variance = moments(drawn)
    names = [f"c{at:03d}" for at in range(200)]
    wider = variance.copy()
    wider[100] *= 2
    before, after = found(names, mean.tolist(), variance.tolist()), found(names, mean.tolist(), wider.tolist())
    assert after.low[100, 0] < before.low[100, 0]
    assert after.high[100, 0] > before.high[100, 0]


def test_no_rows():
    ranks = found([], [], [])
    assert ranks.expected.shape == (0, 1)
    assert ranks.top.shape == (0, 1, 3)


def test_refuses_arrays_of_other_scores():
    with pytest.raises(FactsError, match=r"variance has shape \(1, 1\), mean has \(2, 1\)"):
        uncertain_ranks(groups(["a", "b"]), lower=np.zeros((2, 1)), mean=np.zeros((2, 1)), variance=np.zeros((1, 1)))

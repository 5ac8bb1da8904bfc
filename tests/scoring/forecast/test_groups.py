"""Forecasts of sums: parts add up, and creators are not taken for independent."""

import numpy as np
import pytest

from scoring.forecast.groups import Groups, Spread, spread, summed

PAIRS = Groups(["acme", "bolt", "none"], np.array([0, 0, 1]), np.array([0, 1, 1]), np.array([0.25, 0.75, 1.0]))


def test_sums_add_up_by_the_shares():
    made = summed(PAIRS, np.array([100.0, 50.0]), None)
    assert made.expected[:2].tolist() == [25.0, 125.0]
    assert np.isnan(made.expected[2])
    assert np.isnan(made.low).all()


def test_an_interval_by_hand():
    # variance 3 × 25^1.2 + 0.04 × 25² of a mean of 25
    made = summed(PAIRS, np.array([100.0, 50.0]), Spread(level=1.0, own=3.0, common=0.04))
    log_variance = np.log1p((3 * 25**1.2 + 0.04 * 25**2) / 25**2)
    middle = np.log(25) - log_variance / 2
    assert made.low[0] == pytest.approx(np.exp(middle - 1.2815515655446004 * np.sqrt(log_variance)))
    assert made.high[0] == pytest.approx(np.exp(middle + 1.2815515655446004 * np.sqrt(log_variance)))


def drawn(shock: float, seed: int, creators: int = 4_000, groups: int = 400) -> tuple[Groups, np.ndarray, np.ndarray]:
    """Return groups of 10 creators each, what is expected, and what came with a shock that a group's creators share."""
    random = np.random.default_rng(seed)
    group = np.arange(creators) % groups
    expected = np.exp(random.normal(3, 0.5, creators))
    came = expected * random.gamma(2, 0.5, creators) * np.exp(random.normal(-(shock**2) / 2, shock, groups))[group]
    return Groups([str(name) for name in range(groups)], np.arange(creators), group, np.ones(creators)), expected, np.bincount(group, came)


@pytest.mark.parametrize("shock", [0.0, 0.5])
def test_eighty_percent_of_sums_lie_inside_also_where_creators_share_a_fate(shock: float):
    learnt = spread([drawn(shock, 1), drawn(shock, 2)])
    assert learnt is not None
    of, expected, came = drawn(shock, 3)
    made = summed(of, expected, learnt)
    assert 0.75 <= ((made.low <= came) & (came <= made.high)).mean() <= 0.86
    assert (learnt.common > 0.1) == (shock > 0)


def test_too_few_groups_teach_nothing():
    assert spread([]) is None
    assert spread([(PAIRS, np.array([100.0, 50.0]), np.array([20.0, 130.0, 0.0]))]) is None

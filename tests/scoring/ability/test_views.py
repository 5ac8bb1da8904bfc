"""Views per post from followers, reports and posts."""

import numpy as np
import pytest

from scoring.ability.exposure import WINDOW, expected_views, of_reports
from scoring.ability.views import Readings, views
from tests.scoring.ability.evidence import evidence

NAN = np.nan


def drawn(creators: int = 1500, seed: int = 0):
    """Return readings of views: two posts each of the first half, and a biased report over five posts of all but the last tenth."""
    random = np.random.default_rng(seed)
    followers = random.normal(9, 1.5, creators)
    truth = 1 + 0.7 * followers + 0.6 * random.normal(size=creators)
    some, most = np.arange(creators // 2), np.arange(creators * 9 // 10)
    posts = [(i, 0, truth[i] + 0.9 * random.normal(), 1) for i in some for _ in range(2)]
    reports = [(i, 1, truth[i] + 0.3 + 0.9 / np.sqrt(5) * random.normal(), 5) for i in most]
    table = np.array(posts + reports)
    return Readings(table[:, 0].astype(np.int64), table[:, 1].astype(np.int64), table[:, 2], table[:, 3]), followers, truth


def test_slope_bias_and_noise_come_back():
    readings, followers, truth = drawn()
    learnt = views(readings, followers, sources=2, reference=0)
    assert learnt.slope == pytest.approx(0.7, abs=0.05)
    assert learnt.bias == pytest.approx([0, 0.3], abs=0.1)
    assert learnt.per_post[0] == pytest.approx(0.81, rel=0.2)
    assert learnt.per_post[1] / 5 + learnt.own[1] == pytest.approx(0.162, rel=0.4)
    inside = np.abs(learnt.mean - truth) < 1.645 * np.sqrt(learnt.variance)
    assert 0.86 < inside.mean() < 0.94


def test_the_order_of_readings_changes_not_a_bit():
    readings, followers, _ = drawn(100)
    order = np.random.default_rng(1).permutation(len(readings))
    shuffled = Readings(*(getattr(readings, name)[order] for name in ("creator", "source", "value", "posts")))
    one, other = (views(each, followers, sources=2, reference=0) for each in (readings, shuffled))
    assert np.array_equal(one.mean, other.mean)


def test_without_readings_views_are_in_proportion_to_followers():
    none = np.zeros(0, dtype=np.int64)
    learnt = views(Readings(none, none, none.astype(float), none.astype(float)), np.log([10.0, 1000.0, NAN]), sources=2, reference=0)
    assert np.exp(learnt.mean[1] - learnt.mean[0]) == pytest.approx(100)
    assert learnt.mean[2] == pytest.approx(learnt.mean[:2].mean())


def test_mean_and_median_of_one_window_are_one_reading():
    reports = evidence(
        videos=[
            (0, WINDOW * 10, 3, 200.0, 100.0),
            (0, WINDOW * 10 - 86_400, 3, 900.0, 450.0),
            (1, WINDOW * 10, 2, 400.0, NAN),
            (1, 0, 2, 0.0, NAN),
        ]
    ).videos
    readings = of_reports(reports)
    assert readings.creator.tolist() == [0, 1]
    assert readings.value == pytest.approx([np.log(200.0), np.log(400.0)])
    assert readings.posts.tolist() == [3, 2]


def test_a_report_of_no_views_is_no_observation():
    silent = expected_views(evidence(videos=[(0, 10**9, 5, 300.0, NAN), (1, 10**9, 0, 0.0, NAN)]))[0]
    without = expected_views(evidence(videos=[(0, 10**9, 5, 300.0, NAN)]))[0]
    assert np.array_equal(silent.log_views, without.log_views)

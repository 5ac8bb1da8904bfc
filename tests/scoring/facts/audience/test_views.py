"""Views of creators' posts, by reports and by single posts, against values worked by hand."""

import numpy as np
import pytest

from scoring.facts.audience.credible import excess, log_engagement
from scoring.facts.audience.evidence import Viewed, ViewEvidence, ViewReports, fresh
from scoring.facts.audience.per_post import views_per_post
from scoring.facts.audience.post_spread import DECLARED, STRENGTH, calibrated, of_mean, of_median, post_spread
from scoring.facts.audience.views import views
from scoring.facts.output.estimate import Estimate

NAN = np.nan


def reports(*rows: tuple[float, ...]) -> ViewReports:
    """Return reports: creator, videos, mean views, median views, engagement rate, lives, views of lives."""
    creator, *numbers = np.array(rows, dtype=np.float64).reshape(-1, 7).T
    return ViewReports(creator.astype(np.int64), np.ones(len(creator)), *numbers)


def viewed(*rows: tuple[int, bool, float]) -> Viewed:
    creator, live, count = zip(*rows, strict=True) if rows else ((), (), ())
    return Viewed(
        np.array(creator, dtype=np.int64), np.array(live, dtype=np.bool_), np.array(count, dtype=np.float64), np.full(len(rows), NAN)
    )


def market(*, followers: list[float], reported: ViewReports | None = None, posts: Viewed | None = None) -> ViewEvidence:
    return ViewEvidence(
        len(followers), np.array(followers), reports() if reported is None else reported, viewed() if posts is None else posts
    )


def test_the_mean_of_one_video_is_its_views_and_of_many_lies_above_the_mean_logarithm() -> None:
    one = of_mean(np.array([100.0]), np.array([1.0]), 1.0)
    assert (one.log[0], one.var[0]) == pytest.approx((np.log(100), 1.0))
    many = of_mean(np.array([100.0]), np.array([1e9]), 1.0)
    assert (many.log[0], many.var[0]) == pytest.approx((np.log(100) - 0.5, 0.0), abs=1e-6)
    assert of_median(np.array([100.0]), np.array([1.0]), 1.0).var[0] == pytest.approx(1.0)


def test_a_report_of_no_video_is_no_observation() -> None:
    found = views(market(followers=[100.0, 100.0], reported=reports((0, 0, 0, 0, 0, 0, 0), (1, 1, 50, NAN, NAN, NAN, NAN))))
    assert np.isnan(found["reported_video_views"][0])
    assert np.isnan(found["reported_live_stream_views"]).all()
    assert found["reported_video_views"][1] == pytest.approx(50.0)
    assert found["reported_video_views_log_var"][1] == pytest.approx(1.0)


def test_reports_of_several_dates_are_several_observations() -> None:
    twice = reports((0, 1, NAN, 100, NAN, NAN, NAN), (0, 1, NAN, 400, NAN, NAN, NAN))
    found = views(market(followers=[100.0], reported=twice))
    assert found["reported_video_views"][0] == pytest.approx(200.0)
    factor = (np.log(4) ** 2 / 2 + STRENGTH) / (1 + STRENGTH)
    assert found["reported_video_views_log_var"][0] == pytest.approx(factor / 2)


def test_what_a_report_repeats_counts_once() -> None:
    shares = fresh(np.array([0, 0, 1]), np.array([30.0, 40.0, 40.0]), np.full(3, 30.0))
    assert shares == pytest.approx([1.0, 1 / 3, 1.0])


def test_posts_seen_average_on_the_log_scale_videos_and_live_streams_apart() -> None:
    found = views(market(followers=[0.0], posts=viewed((0, False, 100.0), (0, False, 400.0), (0, True, 50.0))))
    s2 = (2 * np.log(2) ** 2 + STRENGTH * DECLARED) / (1 + STRENGTH)
    assert found["seen_video_views"][0] == pytest.approx(200.0)
    assert found["seen_video_views_log_var"][0] == pytest.approx(s2 / 2)
    assert found["seen_live_stream_views"][0] == pytest.approx(50.0)
    assert np.isnan(found["followers_log"][0])


def test_post_spread_is_declared_where_no_creator_has_two_posts() -> None:
    assert post_spread(np.array([0, 1]), np.array([1.0, 9.0])) == DECLARED


def test_estimates_that_differ_more_than_they_should_are_less_sure() -> None:
    log, apart = np.array([0.0, 4.0] * 50), np.array([False, True] * 50)
    found = calibrated(Estimate(log, np.ones(100)), apart)
    assert found.var[0] == pytest.approx((50 * 8.0 + STRENGTH) / (50 + STRENGTH) if 420 / 70 < 4 else 4.0)


def test_views_without_engagement_count_as_far_as_engagement_bears_them_out() -> None:
    rates = np.append(np.linspace(np.log(0.03), np.log(0.05), 41), [np.log(1e-6), NAN])
    lowered = excess(rates)
    median = float(np.median(rates[:-1]))
    spread = 1.4826 * float(np.median(np.abs(rates[:-1] - median)))
    assert (lowered[:41] == 0).all()
    assert lowered[41] == pytest.approx(median - 3 * spread - np.log(1e-6))
    assert lowered[42] == 0
    assert (excess(rates[-5:]) == 0).all()  # too few to tell what is usual


def test_half_an_engagement_more_keeps_the_rate_of_none_finite() -> None:
    assert log_engagement(np.array([0.0, 1.5, NAN]), np.array([1.0, 0.0, 5.0]))[0] == pytest.approx(np.log(0.25))
    assert np.isnan(log_engagement(np.array([1.5, NAN]), np.array([0.0, 5.0]))).all()


def test_views_of_a_post_not_seen_follow_followers_and_the_creator_s_own() -> None:
    followers = [10.0**power for power in (2, 3, 4, 5)] + [1e4, 1e4]
    posts = [(who, False, followers[who] / 2) for who in range(4) for _ in range(30)] + [(4, False, 50_000.0) for _ in range(30)]
    found = views_per_post(market(followers=followers, posts=viewed(*posts)))
    assert np.diff(found.video.log[:4]).min() > 1.5
    assert found.video.log[4] > found.video.log[5] > found.video.log[1]
    assert found.video.var[5] > found.video.var[4] > 0
    assert found.live.log[4] > found.live.log[5]  # a live stream of somebody whose videos do well
    assert np.isfinite(found.live.log).all()


def test_with_nothing_known_views_per_post_are_finite_and_unsure() -> None:
    found = views_per_post(market(followers=[NAN, 50.0]))
    assert np.isfinite(found.video.log).all()
    assert found.post_var == DECLARED

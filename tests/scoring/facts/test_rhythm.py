"""Rhythm: weekly posts, reports that do not overlap, and views."""

import math
from typing import Any

import pytest

from tests.scoring.facts.drawn import DAY, END
from tests.scoring.facts.small import known
from tests.scoring.facts.test_dispersion import of

WEEKLY = ("weekly_posts_dispersion", "weekly_posts_dispersion_var")
REPORTED = ("reported_posts_dispersion", "reported_posts_dispersion_var")


def posts(*weeks: int, **more: Any) -> list[dict[str, Any]]:
    """Return posts in the given numbers a week, the newest week first."""
    days = [7 * week + day + 1 for week, count in enumerate(weeks) for day in range(count)]
    usual = {"creator_id": "ann", "live": False}
    return [{"id": f"v{day}", "published_at": END - day * DAY, **usual, **more} for day in days]


def report(days_ago: int, **more: Any) -> dict[str, Any]:
    return {"creator_id": "ann", "at": END - days_ago * DAY, "days": 30, **more}


def test_weeks_count_from_the_first_with_a_post_to_the_last() -> None:
    assert known(*WEEKLY, contents=posts(4, 0, 2)) == pytest.approx(of(4, 0, 2))
    assert known(*WEEKLY, contents=posts(0, 0, 4, 0, 2, 0)) == pytest.approx(of(4, 0, 2))
    assert known(*WEEKLY, window=7, contents=posts(4, 0, 2)) == pytest.approx(of(4, 0, 2))


def test_a_week_or_a_post_alone_says_nothing_of_rhythm() -> None:
    for contents in (posts(5), posts(1), []):
        assert all(math.isnan(one) for one in known(*WEEKLY, contents=contents))


def test_a_post_before_the_half_year_counts_no_more() -> None:
    old = posts(*([0] * 26), 3)
    assert known(*WEEKLY, contents=[*posts(4, 0, 2), *old]) == pytest.approx(of(4, 0, 2))


def test_reports_that_overlap_count_once_and_one_of_nothing_not_at_all() -> None:
    history = [report(0, video_count=6, live_count=2), report(10, video_count=99), report(30, video_count=4), report(60, video_count=0)]
    assert known(*REPORTED, report_history=history) == pytest.approx(of(8, 4))
    assert all(math.isnan(one) for one in known(*REPORTED, report_history=history[:2]))


def test_all_posts_are_taken_where_two_reports_tell_of_them() -> None:
    history = [report(0, video_count=6, content_count=20), report(30, video_count=6, content_count=40)]
    assert known(*REPORTED, report_history=history) == pytest.approx(of(20, 40))


def test_a_report_of_more_days_is_to_hold_more() -> None:
    history = [report(0, video_count=30), report(30, video_count=60, days=60)]
    even, uneven = (known(REPORTED[0], report_history=[*history[:1], {**history[1], "video_count": count}]) for count in (60, 30))
    assert even < uneven


def test_views_vary_within_their_kind() -> None:
    videos = [{**one, "views": views} for one, views in zip(posts(3), (0, 9, None), strict=True)]
    lives = [{"id": "l", "creator_id": "ann", "published_at": END - DAY, "live": True, "views": 10**6}]
    figure, variance = known("views_dispersion", "views_dispersion_var", contents=[*videos, *lives])
    assert (figure, variance) == pytest.approx((math.log((math.log(10) ** 2 / 2 + 1) / 2), 1))
    assert math.isnan(known("views_dispersion", contents=lives)[0])


def test_mean_over_median_views_counts_by_the_number_of_videos() -> None:
    first = report(0, video_count=5, video_views=200.0, median_video_views=100.0)
    then = report(30, video_count=10, video_views=100.0, median_video_views=100.0)
    few = report(60, video_count=2, video_views=900.0, median_video_views=100.0)
    skew, variance = known("reported_views_skew", "reported_views_skew_var", report_history=[first, then, few])
    assert (skew, variance) == pytest.approx((5 * math.log(2) * 5 / 4 / 15, 1 / 15))


def test_reports_say_nothing_where_nearly_all_that_they_count_is_seen() -> None:
    history = [report(0, video_count=6, video_views=9.0, median_video_views=3.0), report(30, video_count=4)]
    seen = posts(5, 0, 0, 0, 4)
    assert known(*REPORTED, report_history=history, contents=seen[:8]) == pytest.approx(of(6, 4))
    assert all(math.isnan(one) for one in known(*REPORTED, report_history=history, contents=seen))
    (skew,) = known("reported_views_skew", report_history=history, contents=seen)
    assert skew == pytest.approx(math.log(3) * 6 / 5)
    viewed = [{**one, "views": 1} for one in seen]
    assert math.isnan(known("reported_views_skew", report_history=history, contents=viewed)[0])


def test_reports_from_before_the_posts_do_not_tell_whether_these_are_whole() -> None:
    history = [report(0, video_count=5), report(151, video_count=9), report(300, video_count=9)]
    assert math.isnan(known(REPORTED[0], report_history=history, contents=posts(5))[0])
    assert known(*REPORTED, report_history=history[1:], contents=posts(5)) == pytest.approx(of(9, 9))

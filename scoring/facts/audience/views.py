"""How many views do a creator's posts get, and how do viewers react? Logarithms with their own variances, a column for each source."""

from __future__ import annotations

from typing import Final

import numpy as np

from scoring.facts.arrays import Columns, Floats, Ints
from scoring.facts.audience.credible import excess, log_engagement
from scoring.facts.audience.evidence import Viewed, ViewEvidence, ViewReports
from scoring.facts.audience.post_spread import calibrated, of_mean, of_median, post_spread
from scoring.facts.output.estimate import Estimate, either

REACTION_SPREAD: Final = 0.25
"""Variance of ln(engagement rate) among one creator's posts, about half as a standard deviation; what it really is becomes noise."""
ALIKE: Final = 0.7
"""Share of the smaller variance that errors of mean and median have in common."""
USUAL_VIDEOS: Final = 3.0
"""A report of mean views that does not say of how many videos counts as of so many, where no report of the market tells."""


def views(evidence: ViewEvidence) -> Columns:
    """Return the columns of each creator, NaN where nothing is known. A report of no video is no observation of views."""
    reported, posts, _ = parts(evidence)
    with np.errstate(divide="ignore"):
        followers = np.where(evidence.followers > 0, np.log(evidence.followers), np.nan)
    return {
        "followers_log": followers,
        **_columns("reported_video_views", reported["video"]),
        **_columns("reported_live_stream_views", reported["live"]),
        **_columns("reported_reactions", reported["engagement"]),
        **_columns("seen_video_views", posts["video"]),
        **_columns("seen_live_stream_views", posts["live"]),
    }


def parts(evidence: ViewEvidence) -> tuple[dict[str, Estimate], dict[str, Estimate], float]:
    """Return each creator's estimates from reports, and from single posts, and the variance of posts that they stand on."""
    reports = _credible(evidence.reports)
    logs = _credible_logs(evidence.posts)
    s2 = post_spread(evidence.posts.creator * 2 + evidence.posts.live, logs)
    people = evidence.people
    apart = np.append(False, reports.creator[1:] == reports.creator[:-1]) & (reports.fresh == 1.0)
    video, live = (calibrated(each, apart) for each in (_videos(reports, s2), _lives(reports, s2)))
    reported = {
        "video": _pooled(video, reports.creator, reports.fresh, people),
        "live": _pooled(live, reports.creator, reports.fresh, people),
        "engagement": _pooled(_engagement(reports), reports.creator, reports.fresh, people),
    }
    return reported, {name: _own(evidence.posts, logs, kind, people, s2) for name, kind in (("video", False), ("live", True))}, s2


def _counted(reports: ViewReports) -> Floats:
    """Return of how many videos each report speaks: the market's median where one does not say."""
    some = reports.videos[reports.videos > 0]
    usual = float(np.median(some)) if len(some) else USUAL_VIDEOS
    return np.where(np.isnan(reports.videos), usual, reports.videos)


def _credible(reports: ViewReports) -> ViewReports:
    """Return the reports with views that engagement does not bear out lowered; views of nothing are unknown."""
    count = _counted(reports)
    mean = np.where((count > 0) & (reports.mean_views > 0), reports.mean_views, np.nan)
    less = np.exp(-excess(log_engagement(reports.engagement_rate * mean * count, mean * count)))
    median = np.where((count > 0) & (reports.median_views > 0), reports.median_views, np.nan)
    lives = np.where(np.isnan(reports.lives), 1.0, reports.lives)
    live = np.where((lives > 0) & (reports.live_views > 0), reports.live_views, np.nan)
    return ViewReports(reports.creator, reports.fresh, count, mean * less, median * less, reports.engagement_rate, lives, live)


def _credible_logs(posts: Viewed) -> Floats:
    logs = np.log(np.maximum(posts.views, 1.0))
    return logs - excess(log_engagement(posts.engagements, posts.views))


def _videos(reports: ViewReports, s2: float) -> Estimate:
    """Return what each report says of ln(views) of a video: its mean and its median tell of the same videos, and together a little more."""
    count = np.maximum(reports.videos, 1.0)
    mean, median = of_mean(reports.mean_views, count, s2), of_median(reports.median_views, count, s2)
    return either(mean, median, shared=np.minimum(mean.var, median.var) * ALIKE)


def _lives(reports: ViewReports, s2: float) -> Estimate:
    return of_mean(reports.live_views, np.maximum(reports.lives, 1.0), s2)


def _engagement(reports: ViewReports) -> Estimate:
    views = reports.mean_views * reports.videos
    engagements = reports.engagement_rate * views
    log = log_engagement(engagements, views)
    return Estimate(log, np.where(np.isnan(log), np.nan, 1.0 / (engagements + 0.5) + REACTION_SPREAD / np.maximum(reports.videos, 1.0)))


def _pooled(each: Estimate, creator: Ints, fresh: Floats, people: int) -> Estimate:
    """Return each creator's estimate over reports, weighed by what each tells that the one before did not."""
    weight = np.where(each.known & (fresh > 0), fresh / np.where(each.known, each.var, 1.0), 0.0)
    total = np.bincount(creator, weights=weight, minlength=people)
    log = np.bincount(creator, weights=weight * np.nan_to_num(each.log), minlength=people)
    known = total > 0
    return Estimate(*(np.where(known, column / np.where(known, total, 1.0), np.nan) for column in (log, np.ones(people))))


def _own(posts: Viewed, logs: Floats, live: bool, people: int, s2: float) -> Estimate:
    """Return the mean of ln(views) over each creator's posts of one kind."""
    chosen = posts.live == live
    count = np.bincount(posts.creator[chosen], minlength=people).astype(np.float64)
    total = np.bincount(posts.creator[chosen], weights=logs[chosen], minlength=people)
    known = count > 0
    return Estimate(np.where(known, total / np.maximum(count, 1.0), np.nan), np.where(known, s2 / np.maximum(count, 1.0), np.nan))


def _columns(name: str, estimate: Estimate) -> Columns:
    return {name: np.exp(estimate.log), f"{name}_log_var": estimate.var}

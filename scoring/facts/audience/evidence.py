"""What is known of views: dated reports of means and medians, and single posts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from scoring.facts.arrays import Bools, Floats, Ints
from scoring.facts.market import Market
from scoring.facts.period import DAY

SETTLED: Final = 3 * DAY
"""A post younger than this still gathers its views."""
USUAL_DAYS: Final = 30.0


@dataclass(frozen=True, slots=True)
class ViewReports:
    """Reports sorted by creator and time; NaN is unknown. `fresh` is the share of each one's time that the one before does not cover."""

    creator: Ints
    fresh: Floats
    videos: Floats
    mean_views: Floats
    median_views: Floats
    engagement_rate: Floats
    lives: Floats
    live_views: Floats


@dataclass(frozen=True, slots=True)
class Viewed:
    """Single posts with settled, known views, sorted by creator and time."""

    creator: Ints
    live: Bools
    views: Floats
    engagements: Floats


@dataclass(frozen=True, slots=True)
class ViewEvidence:
    """Everything that is known of one market's views; `followers` by creator's code."""

    people: int
    followers: Floats
    reports: ViewReports
    posts: Viewed


def view_evidence(market: Market) -> ViewEvidence:
    """Return what speaks of each creator's views."""
    reports, posts = market.report_history, market.past_posts
    days = np.where(np.isnan(reports.days), USUAL_DAYS, reports.days)
    settled = ~np.isnan(posts.views) & (posts.at <= market.period.as_of - SETTLED)
    return ViewEvidence(
        people=len(market.creators.id),
        followers=market.creators.followers,
        reports=ViewReports(
            creator=reports.creator,
            fresh=fresh(reports.creator, reports.at.astype(np.float64), days * DAY),
            videos=reports.videos,
            mean_views=reports.video_views,
            median_views=reports.median_video_views,
            engagement_rate=reports.engagement_rate,
            lives=reports.lives,
            live_views=reports.live_views,
        ),
        posts=Viewed(posts.creator[settled], posts.live[settled], posts.views[settled], posts.engagements[settled]),
    )


def fresh(creator: Ints, until: Floats, length: Floats) -> Floats:
    """Return the share of each report's time that its creator's report before it does not cover; sorted by creator and time."""
    before = np.full(len(creator), -np.inf)
    before[1:] = np.where(creator[1:] == creator[:-1], until[:-1], -np.inf)
    return np.clip((until - np.maximum(until - length, before)) / np.maximum(length, 1.0), 0.0, 1.0)

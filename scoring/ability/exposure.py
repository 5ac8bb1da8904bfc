"""The views that a post of a creator is expected to have, where nobody counted them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from scoring.ability.evidence import Evidence, Posts, Reports
from scoring.ability.table import Floats, Ints
from scoring.ability.views import Readings, Views, views
from scoring.facts.period import DAY

WINDOW: Final = 30 * DAY
POSTS: Final = 0
REPORTS: Final = 1
VIDEOS: Final = 2


@dataclass(frozen=True, slots=True)
class Expected:
    """Log of the mean views of a creator's posts of one kind, its variance, and the variance of one post's log views around it."""

    log_views: Floats
    variance: Floats
    per_post: float
    learnt: Views


def expected_views(evidence: Evidence) -> tuple[Expected, Expected]:
    """Return what to expect of videos, and of live streams, which the creator's videos speak for too."""
    videos, heard = _learnt(evidence, evidence.videos, live=False, beside=None)
    return videos, _learnt(evidence, evidence.lives, live=True, beside=(videos, heard))[0]


def _learnt(evidence: Evidence, reports: Reports, *, live: bool, beside: tuple[Expected, Ints] | None) -> tuple[Expected, Ints]:
    parts = [of_posts(evidence.posts, live=live), of_reports(reports)]
    own = [part for part in parts if len(part)]
    if beside is not None:
        expected, heard = beside
        parts.append(Readings(heard, np.full(len(heard), VIDEOS), expected.log_views[heard], np.ones(len(heard))))
    reference = POSTS if len(parts[POSTS]) else REPORTS
    learnt = views(_joined(parts), evidence.log_followers, sources=VIDEOS + 1, reference=reference if own else VIDEOS)
    # what one post has lies around the median; a report of means needs no step from there to the mean
    per_post = float(learnt.per_post[POSTS])
    mean = learnt.mean + (0.5 * per_post if reference == POSTS and own else 0.0)
    said = np.unique(np.concatenate([part.creator for part in parts[:2]]))
    return Expected(mean, learnt.variance, per_post, learnt), said


def of_posts(posts: Posts, *, live: bool) -> Readings:
    """Return posts whose views are known as readings."""
    used = (posts.live == live) & (posts.views > 0) & (posts.creator >= 0)
    count = int(used.sum())
    return Readings(posts.creator[used], np.full(count, POSTS), np.log(posts.views[used]), np.ones(count))


def of_reports(reports: Reports) -> Readings:
    """Return one reading for each creator and window: mean and median views of the same posts are no two witnesses.

    A report of no views is no observation. Of reports that overlap, the latest of every 30 days back from a creator's last one counts.
    """
    mean, median = _logs(reports.mean_views), _logs(reports.median_views)
    both = np.isfinite(mean) & np.isfinite(median)
    gap = float((mean - median)[both].mean()) if both.any() else 0.0
    value = np.where(both, (mean + median + gap) / 2, np.where(np.isfinite(mean), mean, median + gap))
    used = np.flatnonzero(np.isfinite(value) & (reports.creator >= 0))
    used = used[_latest(reports.creator[used], reports.at[used], value[used])]
    posts = np.where(np.isfinite(reports.posts[used]), reports.posts[used], 1.0)
    return Readings(reports.creator[used], np.full(len(used), REPORTS), value[used], np.maximum(posts, 1.0))


def _logs(values: Floats) -> Floats:
    return np.log(np.where(values > 0, values, np.nan))


def _latest(creator: Ints, at: Ints, value: Floats) -> Ints:
    """Return the places of the latest report in each 30 days back from a creator's last."""
    if not len(creator):
        return np.zeros(0, dtype=np.int64)
    last = np.zeros(int(creator.max()) + 1, dtype=np.int64)
    np.maximum.at(last, creator, at)
    window = (last[creator] - at) // WINDOW
    order = np.lexsort([value, -at, window, creator])
    first = np.ones(len(order), dtype=np.bool_)
    first[1:] = (np.diff(creator[order]) != 0) | (np.diff(window[order]) != 0)
    return order[first]


def _joined(parts: list[Readings]) -> Readings:
    return Readings(*(np.concatenate([getattr(part, name) for part in parts]) for name in ("creator", "source", "value", "posts")))

"""How steadily does the creator post, and do the views come steadily?"""

from __future__ import annotations

from typing import Final

import numpy as np

from scoring.facts.arrays import Bools, Columns, Floats, divided, sums
from scoring.facts.dispersion import dispersion
from scoring.facts.period import DAY
from scoring.facts.rows import Spread
from scoring.facts.view import View
from scoring.facts.wholeness import whole

WEEK: Final = 7 * DAY
FEWEST: Final = 3.0
"""Videos from which a mean and a median can differ."""


def rhythm(view: View) -> Columns:
    """Return how weekly posts, reported posts and views vary, over half a year and more: a window holds too few weeks.

    Weeks before the first post seen and after the last do not count, nor does a report of nothing: who came late, or has left, is
    not unsteady for that.
    """
    return _weekly(view) | _reported(view) | _views(view)


def _named(name: str, figures: tuple[Floats, Floats]) -> Columns:
    return {name: figures[0], f"{name}_var": figures[1]}


def _weekly(view: View) -> Columns:
    """Return how posts vary from week to week, from the first week with one to the last."""
    posts, until, size = view.market.past_posts, view.market.period.until, len(view.rows)
    week = (until - 1 - posts.at[view.past_posts.event]) // WEEK
    width = int(week.max(initial=0)) + 1
    keys, counts = np.unique(view.past_posts.target * width + week, return_counts=True)
    row, week = keys // width, keys % width
    first, last = np.full(size, width), np.full(size, -1)
    np.minimum.at(first, row, week)
    np.maximum.at(last, row, week)
    weeks = np.maximum(last - first + 1, 0).astype(np.float64)
    total, squares = (sums(row, counts.astype(np.float64) ** power, size) for power in (1, 2))
    return _named("weekly_posts_dispersion", dispersion(total, squares, weeks, weeks))


def _reported(view: View) -> Columns:
    """Return how posts vary from report to report, all posts where two reports tell of them, else shoppable ones, and how views lean.

    Of creators whose posts are seen themselves, reports would tell the same twice.
    """
    history = view.market.report_history
    every = history.apart((history.contents > 0) & (history.days > 0))
    shoppable = history.apart((history.shoppable > 0) & (history.days > 0))
    of_all, of_some = _between(view, every, history.contents), _between(view, shoppable, history.shoppable)
    chosen = tuple(np.where(np.isnan(of_all[0]), of_some[at], of_all[at]) for at in (0, 1))
    posts, viewed = whole(view), whole(view, ~np.isnan(view.market.past_posts.views))
    of_posts = _named("reported_posts_dispersion", (np.where(posts, np.nan, chosen[0]), np.where(posts, np.nan, chosen[1])))
    of_views = _named("reported_views_skew", _skew(view))
    return {name: view.overall(column) for name, column in of_posts.items()} | {
        name: view.overall(np.where(viewed, np.nan, column)) for name, column in of_views.items()
    }


def _between(view: View, chosen: Bools, counts: Floats) -> tuple[Floats, Floats]:
    """Return for each creator how counts of the chosen reports vary by the days that they cover."""
    history = view.market.report_history
    creator, count, days = history.creator[chosen], counts[chosen], history.days[chosen]
    people = len(view.market.creators.id)
    total, squares, exposure = (sums(creator, each, people) for each in (count, count**2 / days, days))
    return dispersion(total, squares, exposure, sums(creator, None, people))


def _skew(view: View) -> tuple[Floats, Floats]:
    """Return for each creator ln(mean / median views), by the number of videos, and one over that number."""
    history = view.market.report_history
    known = (history.videos >= FEWEST) & (history.video_views > 0) & (history.median_video_views > 0) & (history.days > 0)
    chosen = history.apart(known)
    creator, videos = history.creator[chosen], history.videos[chosen]
    ratio = np.log(history.video_views[chosen] / history.median_video_views[chosen]) * videos / (videos - 1.0)
    people = len(view.market.creators.id)
    total = sums(creator, videos, people)
    return divided(sums(creator, videos * ratio, people), total), divided(np.ones(people), total)


def _views(view: View) -> Columns:
    """Return how ln(1 + views) varies among videos and among live streams; one more of variance 1 keeps the logarithm finite."""
    posts, size = view.market.past_posts, len(view.rows)
    known = view.past_posts.where(~np.isnan(posts.views))
    kind = Spread(known.event, known.target * 2 + posts.live[known.event])
    squares, cells = _squares(kind, np.log1p(posts.views), 2 * size)
    free = np.maximum(cells - 1.0, 0.0).reshape(size, 2).sum(axis=1)
    whole = squares.reshape(size, 2).sum(axis=1)
    some = free > 0
    variance = (whole + 1.0) / (free + 1.0)
    return _named("views_dispersion", (np.where(some, np.log(variance), np.nan), np.where(some, 2.0 / (free + 1.0), np.nan)))


def _squares(spread: Spread, values: Floats, groups: int) -> tuple[Floats, Floats]:
    """Return the sum of squares about the mean of each group, and how many it has."""
    own = values[spread.event]
    count = sums(spread.target, None, groups)
    mean = divided(sums(spread.target, own, groups), count)
    return sums(spread.target, (own - mean[spread.target]) ** 2, groups), count

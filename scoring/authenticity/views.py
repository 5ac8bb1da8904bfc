"""Views that neither engagement nor sales bear out: where views are bought, likes, clicks and orders do not come along.

Each creator has up to six figures on the log scale, each as a deviation from peers of the same audience: views of a post (up where they
are bought), engagements, clicks and orders a view (down), and how far clicks follow views from post to post (down where some posts are
boosted). A score along the direction in which bought views push, against the peers' spread and correlations, is the most powerful of all
linear ones (Neyman–Pearson); there is one for bought views alone and one for views bought with likes.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Final

import numpy as np

from scoring.authenticity.evidence import contents
from scoring.authenticity.peers import correlations, deviations, spread, upper_tail
from scoring.authenticity.suspicion import Suspicion
from scoring.facts.arrays import Floats, Ints, divided, sums
from scoring.facts.market import Market
from scoring.facts.period import DAY

SETTLED: Final = 3 * DAY
DIRECTIONS: Final = np.array(
    [
        [1.0, -1.0, -1.0, -1.0, -1.0, 0.0],
        [1.0, 0.0, -1.0, -1.0, -1.0, 0.0],
        [0.5, 0.0, -0.5, -0.4, -0.4, -0.2],
    ]
)
"""Views alone on all posts; with likes; with likes on some posts."""
NEEDED: Final = 2
"""So many figures must be known to judge a creator."""
FEWEST_POSTS: Final = 5
TRUE_SHARE: Final = 0.2
"""At least so much of what creators differ by is taken for real."""


@dataclass(frozen=True, slots=True)
class Selling:
    """Orders beyond what views and products bring, of each creator (by code): ln and its sampling variance, NaN where unknown."""

    log: Floats
    variance: Floats


def inflated_views(market: Market, selling: Selling) -> Suspicion:
    """Return how improbable each creator's views are; NaN of whom too little is known, 1 of whom has no more than peers let expect."""
    figures, variances = _figures(market, selling)
    rest = _deviations(market, figures)
    p = np.stack([upper_tail(_along(rest, variances, direction)) for direction in DIRECTIONS], axis=1)
    known = ~np.isnan(p).all(axis=1)
    least = np.where(known, np.min(np.where(np.isnan(p), 1.0, p), axis=1), np.nan)
    least = np.where(known & (rest[:, 0] <= 0), 1.0, least)
    views = np.exp(figures[:, 0])
    return Suspicion(np.minimum(least * len(DIRECTIONS), 1.0), views, views / np.exp(rest[:, 0]), partial(_most_viewed, market))


def figure_deviations(market: Market, selling: Selling) -> tuple[Floats, Floats]:
    """Return how far each creator's six figures lie from peers', and their sampling variances [creators × 6 each]; NaN if unknown."""
    figures, variances = _figures(market, selling)
    return _deviations(market, figures), variances


def _deviations(market: Market, figures: Floats) -> Floats:
    region = market.creators.region_codes
    return np.stack([deviations(column, market.creators.followers, region) for column in figures.T], axis=1)


def _most_viewed(market: Market, creator: int) -> list[str]:
    posts = market.past_posts
    start, end = np.searchsorted(posts.creator, [creator, creator + 1])
    known = np.flatnonzero(~np.isnan(posts.views[start:end])) + start
    return contents(market, posts.name[known], posts.views[known])


def _figures(market: Market, selling: Selling) -> tuple[Floats, Floats]:
    """Return the six figures of each creator on the log scale, and their sampling variances [creators × 6 each]."""
    people, posts, reports = len(market.creators.id), market.past_posts, market.report_history
    seen = ~np.isnan(posts.views) & (posts.at <= market.period.as_of - SETTLED) & (posts.views > 0)
    reacted = seen & (posts.engagements >= 0)
    rate = np.log((np.where(reacted, posts.engagements, 0.0) + 0.5) / (np.where(reacted, posts.views, 1.0) + 1.0))
    videos = np.where(np.isnan(reports.videos), 1.0, reports.videos)
    columns = [
        _either(
            _mean(posts.creator[seen], np.log(posts.views[seen]), people),
            _mean(reports.creator, np.log(_positive(reports.video_views)), people, videos),
        ),
        _either(
            _mean(posts.creator[reacted], rate[reacted], people),
            _mean(reports.creator, np.log(_positive(reports.engagement_rate)), people, videos),
        ),
        *_clicks(market, people),
    ]
    gpm = np.log(_positive(market.reports["reported_gpm_usd"]))
    columns[3:3] = [(selling.log, selling.variance), (gpm, np.where(np.isnan(gpm), np.nan, 0.0))]
    return np.stack([log for log, _ in columns], axis=1), np.stack([variance for _, variance in columns], axis=1)


Estimate = tuple[Floats, Floats]


def _mean(creator: Ints, logs: Floats, people: int, weight: Floats | None = None) -> Estimate:
    """Return each creator's mean of logarithms and its variance, at one spread for all creators; NaN where nothing is known."""
    known = ~np.isnan(logs)
    weights = np.where(known, 1.0 if weight is None else weight, 0.0)
    total = sums(creator, weights, people)
    mean = divided(sums(creator, weights * np.nan_to_num(logs), people), total)
    rest = np.where(known, logs - mean[creator], 0.0)
    free = max(float(weights.sum()) - float((total > 0).sum()), 1.0)
    return mean, divided(np.full(people, float((weights * rest**2).sum()) / free), total)


def _either(one: Estimate, other: Estimate) -> Estimate:
    """Return the first where it is known, else the second."""
    known = ~np.isnan(one[0])
    return np.where(known, one[0], other[0]), np.where(known, one[1], other[1])


def _clicks(market: Market, people: int) -> tuple[Estimate, Estimate]:
    """Return clicks a view, and how far clicks follow views among a creator's posts: the slope of ln(clicks) on ln(views) less one."""
    posts, features = market.past_posts, market.past_features
    known = ~np.isnan(features.clicks)
    counted = sums(features.post[known], None, len(posts.at)) > 0
    clicks = sums(features.post[known], features.clicks[known], len(posts.at))
    shown = counted & ~np.isnan(posts.views) & (posts.views > 0) & (posts.at <= market.period.as_of - SETTLED) & ~posts.live
    creator, x = posts.creator[shown], np.log(posts.views[shown])
    y = np.log(clicks[shown] + 0.5)
    rate = _mean(creator, y - x, people)
    count = sums(creator, None, people)
    x = x - divided(sums(creator, x, people), count)[creator]
    y = y - divided(sums(creator, y, people), count)[creator]
    wide = sums(creator, x * x, people)
    slope = divided(sums(creator, x * y, people), wide)
    rest = sums(creator, (y - slope[creator] * x) ** 2, people)
    enough = count >= FEWEST_POSTS
    noise = divided(rest[enough].sum(keepdims=True), np.maximum(count[enough] - 2, 1).sum(keepdims=True))[0] if enough.any() else np.nan
    return rate, (np.where(enough, slope - 1.0, np.nan), np.where(enough, noise / np.maximum(wide, 1e-9), np.nan))


def _along(rest: Floats, variances: Floats, direction: Floats) -> Floats:
    """Return each creator's score along a direction, in units of what honest creators differ by; NaN of whom too little is known."""
    scale = np.array([spread(column) for column in rest.T])
    typical = np.array([np.median(column[~np.isnan(column)]) if (~np.isnan(column)).any() else 0.0 for column in variances.T])
    own = np.sqrt(np.maximum(scale**2 - typical, TRUE_SHARE * scale**2))
    between = correlations(rest) * np.outer(own, own)
    score = np.full(len(rest), np.nan)
    known = ~np.isnan(rest) & (scale > 0)
    for pattern in np.unique(known, axis=0):
        places = np.flatnonzero(pattern)
        if pattern.sum() < NEEDED or not pattern[0] or not direction[places[1:]].any():
            continue
        rows = np.flatnonzero((known == pattern).all(axis=1))
        covariance = between[np.ix_(places, places)] + np.eye(len(places)) * variances[np.ix_(rows, places)][:, None, :]
        towards = np.broadcast_to(direction[places, None], (len(rows), len(places), 1))
        weight = np.linalg.solve(covariance, towards)[:, :, 0]
        score[rows] = (rest[np.ix_(rows, places)] * weight).sum(axis=1) / np.sqrt(weight @ direction[places])
    return score


def _positive(values: Floats) -> Floats:
    return np.where(values > 0, values, np.nan)

"""How many views a creator's next post may be expected to have."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from scoring.points import NINETY
from scoring.recommendations.marks import Marks, standing
from scoring.tables import Bools, Floats

LEAN: Final = 4.0
"""Posts' worth of the market that each creator's own mean and spread are pulled with."""


class Posts(NamedTuple):
    """What is known of each creator's posts: how many have known views; mean and sample variance of ln(1 + views); NaN is unknown."""

    known: Floats
    log_mean: Floats
    log_variance: Floats


class Reach(NamedTuple):
    """Views of one more post: median, and the bounds that nine of ten posts stay within; NaN for who has no post with known views."""

    low: Floats
    median: Floats
    high: Floats
    marks: Marks


def expected_reach(posts: Posts) -> Reach:
    """Return what one more post of each creator may be expected to reach.

    Views are taken to be log-normal. Formula: mean and variance of ln(1 + views) are shrunk toward those of the market by
    `LEAN` posts' worth; the interval is that of a new post, its own spread and the mean's uncertainty together. The marks
    place the mean alone among all creators given. Degenerate case: where no one has a post, all is NaN.
    """
    known = (posts.known > 0) & np.isfinite(posts.log_mean)
    if not known.any():
        nothing = np.full(len(posts.known), np.nan)
        return Reach(nothing, nothing, nothing, Marks(nothing, nothing, nothing))
    count = np.where(known, posts.known, 0.0)
    mean, variance = _shrunk(count, posts, known)
    doubt = variance / (count + LEAN)
    spread = NINETY * np.sqrt(variance + doubt)
    bounds = (_views(mean + sign * spread, known) for sign in (-1.0, 0.0, 1.0))
    return Reach(*bounds, marks=standing(np.where(known, mean, np.nan), np.sqrt(doubt)))


def _shrunk(count: Floats, posts: Posts, known: Bools) -> tuple[Floats, Floats]:
    """Return mean and variance of each creator's log views, leaning on the market's."""
    centre = float(np.mean(posts.log_mean[known]))
    varied = known & (posts.known > 1) & np.isfinite(posts.log_variance)
    usual = float(np.mean(posts.log_variance[varied])) if varied.any() else 1.0
    own, degrees = np.where(varied, posts.log_variance, 0.0), np.where(varied, count - 1.0, 0.0)
    mean = (count * np.where(known, posts.log_mean, 0.0) + LEAN * centre) / (count + LEAN)
    return mean, (degrees * own + LEAN * usual) / (degrees + LEAN)


def _views(log_views: Floats, known: Bools) -> Floats:
    return np.where(known, np.maximum(np.expm1(log_views), 0.0), np.nan)

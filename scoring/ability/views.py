"""How many views a post of a creator has, from whatever says something of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from scoring.ability.table import Floats, Ints, totals

PASSES: Final = 200
SMALLEST: Final = 1e-4
CHANGE: Final = 1e-6


@dataclass(frozen=True, slots=True)
class Readings:
    """What sources say of creators' views per post: logs, and of how many posts each is a mean. Sources are numbered from 0."""

    creator: Ints
    source: Ints
    value: Floats
    posts: Floats

    def __len__(self) -> int:
        return len(self.creator)


@dataclass(frozen=True, slots=True)
class Views:
    """Log views per post of each creator on the scale of the reference source, with variance; and how each source reads it.

    A mean of n posts differs from it by N(`bias`, `per_post`/n + `own`). `slope` is by log followers, `spread` the variance between
    creators of equal following.
    """

    mean: Floats
    variance: Floats
    slope: float
    spread: float
    bias: Floats
    per_post: Floats
    own: Floats


def views(readings: Readings, log_followers: Floats, *, sources: int, reference: int) -> Views:
    """Learn views per post by expectation and maximisation; NaN followers count as the mean following.

    The `reference` source has no bias and no noise but that of posts: it says what views are. Where a source has no reading, it keeps
    what it began with; without any reading views are in proportion to followers, and what they differ beyond that counts as what they
    bring.
    """
    each = _one_a_source(readings)
    followers = _centred(log_followers)
    creators = len(followers)
    seen = np.bincount(each.creator, minlength=creators) > 0
    level, slope, spread = _line(each, followers)
    unknown = np.isnan(log_followers) * (float(followers[np.isfinite(log_followers)].var()) if np.isfinite(log_followers).any() else 0.0)
    bias, per_post = np.zeros(sources), np.full(sources, 0.5)
    own = np.where(np.arange(sources) == reference, 0.0, 0.25)
    mean, variance = level + slope * followers, spread + slope**2 * unknown
    for _ in range(PASSES if len(each) else 0):
        noise = per_post[each.source] / each.posts + own[each.source]
        prior = level + slope * followers
        said = totals(each.creator, 1 / noise, creators)
        pull = totals(each.creator, (each.value - bias[each.source] - prior[each.creator]) / noise, creators)
        variance = 1 / (1 / (spread + slope**2 * unknown) + said)
        mean = prior + variance * pull
        bias, per_post, own, change = _sources(each, mean, variance, noise, (bias, per_post, own))
        level, slope, spread = _creators(mean[seen], variance[seen], followers[seen])
        level, bias = level + bias[reference], bias - bias[reference]
        if change < CHANGE:
            break
    return Views(mean, variance, slope, spread, bias, per_post, own)


def _one_a_source(readings: Readings) -> Readings:
    """Average each creator's readings of one source, weighed by posts, in an order that is not that of the rows."""
    order = np.lexsort([readings.value, readings.posts, readings.source, readings.creator])
    columns = [getattr(readings, name)[order] for name in ("creator", "source", "value", "posts")]
    creator, source, value, posts = columns
    posts = np.maximum(posts, 1.0)
    first = np.flatnonzero((np.diff(creator, prepend=-1) != 0) | (np.diff(source, prepend=-1) != 0))
    if not len(first):
        return Readings(creator, source, value, posts)
    total = np.add.reduceat(posts, first)
    return Readings(creator[first], source[first], np.add.reduceat(posts * value, first) / total, total)


def _centred(log_followers: Floats) -> Floats:
    known = np.isfinite(log_followers)
    return np.where(known, log_followers - (log_followers[known].mean() if known.any() else 0.0), 0.0)


def _line(each: Readings, followers: Floats) -> tuple[float, float, float]:
    if not len(each):
        return 0.0, 1.0, 0.0
    x = followers[each.creator]
    slope = float(np.cov(x, each.value)[0, 1] / max(float(x.var()), 1e-9)) if len(each) > 2 else 0.0
    return float(each.value.mean() - slope * x.mean()), slope, 0.5


def _sources(
    each: Readings, mean: Floats, variance: Floats, noise: Floats, before: tuple[Floats, Floats, Floats]
) -> tuple[Floats, Floats, Floats, float]:
    """Return bias and noise of each source given the creators' posterior, and how much the largest of them moved."""
    bias, per_post, own = before
    count = len(bias)

    def total(values: Floats) -> Floats:
        return totals(each.source, values, count).astype(np.float64)

    weight = np.maximum(total(1 / noise), 1e-300)
    heard = total(np.ones(len(each))) > 0
    moved = np.where(heard, total((each.value - mean[each.creator]) / noise) / weight, bias)
    squared = (each.value - mean[each.creator] - moved[each.source]) ** 2 + variance[each.creator]
    ratio = total(squared / noise**2 / each.posts) / np.maximum(total(1 / noise / each.posts), 1e-300)
    after_post = np.where(heard, np.maximum(per_post * ratio, SMALLEST), per_post)
    ratio = total(squared / noise**2) / weight
    after_own = np.where(heard & (own > 0), np.maximum(own * ratio, SMALLEST), own)
    change = max(float(np.abs(after - then).max()) for after, then in ((moved, bias), (after_post, per_post), (after_own, own)))
    return moved, after_post, after_own, change


def _creators(mean: Floats, variance: Floats, followers: Floats) -> tuple[float, float, float]:
    slope = float(((followers - followers.mean()) * mean).sum() / max(float(((followers - followers.mean()) ** 2).sum()), 1e-9))
    level = float(mean.mean() - slope * followers.mean())
    spread = float(((mean - level - slope * followers) ** 2 + variance).mean())
    return level, slope, max(spread, SMALLEST)

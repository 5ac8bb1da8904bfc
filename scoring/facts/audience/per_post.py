"""Views of a post not seen: what its creator's other posts, reports and followers let expect, with how sure that is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from scoring.facts.arrays import Floats
from scoring.facts.audience.evidence import ViewEvidence
from scoring.facts.audience.views import parts
from scoring.facts.output.estimate import Estimate, either

ROUNDS: Final = 50
LEAST_SPREAD: Final = 0.05
RIDGE: Final = 1e-6


@dataclass(frozen=True, slots=True)
class ViewsPerPost:
    """By creator's code: the mean of ln(views) of a video and of a live stream with its variance; and the variance of single posts.

    Mean views of a post are exp(log + (var + post_var) / 2) if logarithms are normal.
    """

    video: Estimate
    live: Estimate
    post_var: float


def views_per_post(evidence: ViewEvidence) -> ViewsPerPost:
    """Return estimates for every creator: a regression on ln(followers), and each one's own deviation from it as far as it is known.

    Live streams of creators without any take the deviation of their videos.
    """
    reported, seen, s2 = parts(evidence)
    none = np.zeros(evidence.people)
    own = {kind: either(seen[kind], reported[kind], shared=none) for kind in ("video", "live")}
    with np.errstate(divide="ignore"):
        followers = np.where(evidence.followers > 0, np.log(evidence.followers), np.nan)
    x = np.where(np.isnan(followers), np.nanmean(followers) if (~np.isnan(followers)).any() else 0.0, followers)
    video = _expected(own["video"], x, Estimate(none, none))
    deviation = Estimate(video.log - _line(own["video"], x), video.var)
    return ViewsPerPost(video, _expected(own["live"], x, deviation), s2)


def _line(own: Estimate, x: Floats) -> Floats:
    """Return the regression of what is known on `x` for every row."""
    known = own.known
    if not known.any():
        return np.zeros(len(x))
    design = np.stack([np.ones(len(x)), x], axis=1)
    spread = 1.0
    line = np.zeros(len(x))
    for _ in range(ROUNDS):
        weight = 1.0 / (own.var[known] + spread)
        near = design[known] * weight[:, None]
        slope = np.linalg.solve(near.T @ design[known] + RIDGE * np.eye(2), near.T @ own.log[known])
        line = design @ slope
        rest = (own.log - line)[known] ** 2 - own.var[known]
        spread = max(float((weight**2 * rest).sum() / (weight**2).sum()), LEAST_SPREAD**2)
    return line


def _expected(own: Estimate, x: Floats, start: Estimate) -> Estimate:
    """Return line and shrunken deviation; `start` is where deviations of rows without their own evidence lie, added to what is learnt."""
    moved = Estimate(own.log - start.log, own.var)
    line = _line(moved, x) + start.log
    known = own.known
    rest = np.where(known, own.log - line, 0.0)
    weight = np.where(known, 1.0 / np.where(known, own.var, 1.0), 0.0)
    spread = LEAST_SPREAD**2
    if known.any():
        guess = float(np.var(rest[known])) + LEAST_SPREAD**2
        for _ in range(ROUNDS):
            share = (1.0 / (own.var[known] + guess)) ** 2
            guess = max(float((share * (rest[known] ** 2 - own.var[known])).sum() / share.sum()), LEAST_SPREAD**2)
        spread = guess
    precision = weight + 1.0 / (spread + start.var)
    return Estimate(line + weight * rest / precision, 1.0 / precision)

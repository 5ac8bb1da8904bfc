"""What speaks for a start and an end of a creator's activity: when they were seen, and how many posts reports and plans count."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from scoring.facts.arrays import Bools, Floats, Ints
from scoring.facts.output.evidence import WEEK, Evidence
from scoring.facts.output.grid import Grid

CONTRADICTED: Final = -14.0
"""The log-weight of a start after the first sight, or of an end before the last: one in a million, for clocks and lateness."""
BRIEF: Final = 0.05
"""Weeks that somebody was there at least in a report's days, so that its posts have a likelihood."""


@dataclass(frozen=True, slots=True)
class Sights:
    """By creator's code: the last post seen (NaN without one), and in how many weeks one was."""

    last: Floats
    weeks: Floats

    @classmethod
    def of(cls, evidence: Evidence) -> Sights:
        """Return what the posts seen tell."""
        return cls(evidence.last, evidence.active_weeks)


@dataclass(frozen=True, slots=True)
class Told:
    """Some creators' reports: `owner` is the creator's place among them, `inside` the weeks of each that each pair holds [reports, pairs].

    `posts` are shoppable ones (0 where there were none at all), `some` tells that there were any, `new` how much the report before left.
    """

    owner: Ints
    inside: Floats
    weeks: Floats
    posts: Floats
    some: Bools
    new: Floats

    def total(self, values: Floats, size: int) -> Floats:
        """Return the sum over each creator's reports [creators] or [creators, pairs]: of all their first ones, then all second ones …"""
        found = np.zeros((size, *values.shape[1:]))
        turn = np.arange(len(self.owner)) - np.searchsorted(self.owner, self.owner)
        for one in range(int(turn.max(initial=-1)) + 1):
            now = turn == one
            found[self.owner[now]] += values[now]
        return found


def told(evidence: Evidence, grid: Grid, creators: Ints) -> Told:
    """Return the reports of creators, whose codes follow each other."""
    counts = evidence.counts
    low, high = np.searchsorted(counts.creator, [creators[0], creators[-1] + 1])
    rows = slice(int(low), int(high))
    none = counts.posts[rows] == 0
    posts = np.where(none, 0.0, counts.shoppable[rows])
    return Told(
        owner=counts.creator[rows] - creators[0],
        inside=grid.within(weeks_in(counts.since[rows], evidence), weeks_in(counts.until[rows], evidence)),
        weeks=(counts.until[rows] - counts.since[rows]) / WEEK,
        posts=np.nan_to_num(posts),
        some=np.fmax(posts, counts.posts[rows]) > 0,
        new=np.where(np.isnan(posts), 0.0, counts.fresh[rows]),
    )


def weeks_in(times: Floats, evidence: Evidence) -> Floats:
    """Return times as weeks since the market's begin."""
    return np.asarray((times - evidence.begin) / WEEK, dtype=np.float64)


def of_sights(evidence: Evidence, sights: Sights, grid: Grid, creators: Ints) -> Floats:
    """Return what first and last sight and the weeks with posts say of each pair [creators, pairs].

    Weeks with posts are as many draws from the time in which they could have been seen.
    """
    first, last = (np.maximum(weeks_in(times[creators], evidence), 0.0)[:, None] for times in (evidence.first, sights.last))
    watched = max((evidence.watched - evidence.begin) / WEEK, 0.0)
    half = grid.step / 2
    against = (grid.start > first + half).astype(np.float64) + (grid.stop < last - half)
    before = np.nan_to_num(np.clip(np.minimum(first, watched) - grid.start, 0.0, None)) * (first < watched)
    exposed = before + np.clip(grid.stop - np.maximum(grid.start, watched), 0.0, None)
    least = np.fmax(last - np.where(first < watched, np.fmin(last, watched), first), 0.5)
    drawn = sights.weeks[creators][:, None] + (first < watched)
    return CONTRADICTED * against - drawn * np.log(np.fmax(exposed, least))


def of_counts(made: Floats, weight: Floats, reports: Told, grid: Grid, *, bursts: float) -> Floats:
    """Return what reports, and plans as far as they count all posts (`weight`), say of each pair [creators, pairs].

    The creator's rate is integrated out (gamma–Poisson); bursts make n posts tell as much as n / (1 + φ · rate) independent ones.
    """
    size, length = len(made), grid.stop - grid.start
    posts, planned = reports.posts * reports.new, weight * np.nan_to_num(made)
    total = planned + reports.total(posts, size)
    rate = (total + 0.5) / (reports.total(reports.weeks * reports.new, size) + weight * grid.stop.max() + 1.0)
    spread = planned[:, None] * np.log(length) + reports.total(posts[:, None] * np.log(np.maximum(reports.inside, BRIEF)), size)
    exposed = weight[:, None] * length + reports.total(reports.new[:, None] * reports.inside, size)
    against = reports.total((reports.some[:, None] & (reports.inside <= 0)).astype(np.float64), size)
    found = spread - (total[:, None] + 0.5) * np.log(exposed + 0.1)
    return found / (1.0 + bursts * rate)[:, None] + CONTRADICTED * against

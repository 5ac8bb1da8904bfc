"""What is known of how much each creator posts: posts seen, counts of plans, and dated reports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from scoring.facts.arrays import Floats, Ints
from scoring.facts.period import DAY

WEEK: Final = 7 * DAY
EARLY: Final = 0.05
SHORTEST: Final = 6


@dataclass(frozen=True, slots=True)
class Counts:
    """Reports of posts over some days before a time, sorted by creator and time; NaN is unknown.

    `shoppable` counts posts that show a product, `posts` all of them; `until` and `since` are Unix seconds.
    """

    creator: Ints
    since: Floats
    until: Floats
    shoppable: Floats
    posts: Floats

    @property
    def fresh(self) -> Floats:
        """The share of each report's time that the creator's report before it does not cover: 1 where they do not overlap."""
        before = np.full(len(self.creator), -np.inf)
        same = self.creator[1:] == self.creator[:-1]
        before[1:] = np.where(same, self.until[:-1], -np.inf)
        return np.clip((self.until - np.maximum(self.since, before)) / np.maximum(self.until - self.since, 1.0), 0.0, 1.0)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything of one market, by creator's code; times are Unix seconds.

    `first` is when each was first seen, NaN if never. `creator` and `at` are the posts seen since `watched`, sorted by creator and time.
    `made` is how many posts each has made for the products whose plans are known, ever; NaN where none is. `promised` is how many posts
    were made because a brand invited or sent a sample, ever.
    """

    people: int
    end: float
    watched: float
    first: Floats
    creator: Ints
    at: Ints
    made: Floats
    promised: Floats
    counts: Counts

    @property
    def begin(self) -> float:
        """When the market begins: by then a twentieth of the creators had been seen; at the latest `SHORTEST` weeks before its end."""
        known = self.first[~np.isnan(self.first)]
        return min(float(np.quantile(known, EARLY)) if len(known) else self.watched, self.end - SHORTEST * WEEK)

    @property
    def last(self) -> Floats:
        """Each creator's last post seen; NaN without one."""
        found = np.full(self.people, np.nan)
        np.fmax.at(found, self.creator, self.at.astype(np.float64))
        return found

    @property
    def active_weeks(self) -> Floats:
        """In how many weeks, counted back from the end, a post of each creator was seen."""
        week = ((self.end - 1 - self.at) // WEEK).astype(np.int64)
        keys = np.unique(self.creator * (int(week.max(initial=0)) + 1) + week)
        return np.bincount(keys // (int(week.max(initial=0)) + 1), minlength=self.people).astype(np.float64)

    def total(self, values: Floats) -> Floats:
        """Return each creator's sum over reports; unknown values count nothing."""
        return np.bincount(self.counts.creator, weights=np.nan_to_num(values), minlength=self.people).astype(np.float64)

"""From when until when was a creator active? Rates over time in which nobody was there would be too low.

Each creator is given every start and end on a grid, weighed by what speaks for them: when they were first and last seen, in how many weeks,
and how many posts each report counts in its days (a report of nothing after months of posts says that they stopped). How many
were there from the market's first day, and until its last, is learnt from all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from scoring.facts.arrays import Floats, Ints
from scoring.facts.output.evidence import WEEK, Evidence

STEPS: Final = 20
CONTRADICTED: Final = -14.0
"""The log-weight of a start after the first sight, or an end before the last: one in a million, for clocks and lateness."""
ROUNDS: Final = 50
AT_ONCE: Final = 1_000
"""Creators at once: bounds the memory."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Pairs of start and end, in weeks since the market's begin, and whether each is the first or last possible."""

    start: Floats
    stop: Floats
    step: float

    @classmethod
    def over(cls, weeks: float) -> Grid:
        """Return all pairs at least one step apart."""
        edges = np.linspace(0.0, weeks, STEPS + 1)
        start, stop = np.triu_indices(STEPS + 1, 1)
        return cls(edges[start], edges[stop], weeks / STEPS)

    @property
    def kinds(self) -> Ints:
        """0 there throughout, 1 came later, 2 left earlier, 3 both."""
        return ((self.start > 0) + 2 * (self.stop < self.stop.max())).astype(np.int64)

    def within(self, since: Floats, until: Floats) -> Floats:
        """Return how many weeks of each time lie in each pair [times, pairs]."""
        return np.clip(np.minimum(self.stop, until[:, None]) - np.maximum(self.start, since[:, None]), 0.0, None)


@dataclass(frozen=True, slots=True)
class Activity:
    """Expected start and stop (Unix seconds), mean and variance of ln(weeks active) of each creator; expected weeks active in each report."""

    start: Floats
    stop: Floats
    log_weeks: Floats
    log_weeks_var: Floats
    reported_weeks: Floats


def activity(evidence: Evidence, *, bursts: float, shown: float = 1.0) -> Activity:
    """Return when each creator was active.

    `bursts` is how much weekly posts vary beyond chance; `shown` is the share of shoppable posts that plans count, 1 if all.
    """
    grid = Grid.over(max((evidence.end - evidence.begin) / WEEK, 1.0))
    parts = [_part(evidence, grid, np.arange(low, min(low + AT_ONCE, evidence.people)), bursts, shown) for low in _starts(evidence.people)]
    weight, moments, weeks = (np.concatenate(column) for column in zip(*parts, strict=True))
    kinds = _learnt(weight)
    start, stop, mean, square = (kinds[:, None, :] * moments).sum(axis=2).T
    return Activity(
        start=evidence.begin + start * WEEK,
        stop=evidence.begin + stop * WEEK,
        log_weeks=mean,
        log_weeks_var=np.maximum(square - mean * mean, 0.0),
        reported_weeks=(kinds[evidence.counts.creator] * weeks).sum(axis=1),
    )


def _starts(people: int) -> list[int]:
    return list(range(0, max(people, 1), AT_ONCE))


def _part(evidence: Evidence, grid: Grid, creators: Ints, bursts: float, shown: float) -> tuple[Floats, Floats, Floats]:
    """Return for some creators each kind's weight [creators, 4] and moments [creators, 4, 4], and their reports' weeks [reports, 4]."""
    low, high = np.searchsorted(evidence.counts.creator, [creators[0], creators[-1] + 1]) if len(creators) else (0, 0)
    reports = slice(int(low), int(high))
    counts = evidence.counts
    inside = grid.within(_weeks(counts.since[reports], evidence), _weeks(counts.until[reports], evidence))
    owner = counts.creator[reports] - (creators[0] if len(creators) else 0)
    log = _sights(evidence, grid, creators) + _reports(evidence, grid, creators, (owner, reports, inside), bursts, shown)
    likely = np.exp(log - log.max(axis=1, keepdims=True, initial=-1e9))
    member = (grid.kinds[:, None] == np.arange(4)).astype(np.float64)
    weight = likely @ member
    length = np.log(grid.stop - grid.start)
    moments = np.stack([(likely * each) @ member for each in (grid.start, grid.stop, length, length**2)], axis=1)
    moments = moments / np.maximum(weight, 1e-300)[:, None]
    weeks = (likely[owner] * inside) @ member / np.maximum(weight, 1e-300)[owner]
    return weight / member.sum(axis=0), moments, weeks


def _weeks(times: Floats, evidence: Evidence) -> Floats:
    return (times - evidence.begin) / WEEK


def _sights(evidence: Evidence, grid: Grid, creators: Ints) -> Floats:
    """Return what first and last sight and the weeks with posts say of each pair [creators, pairs]."""
    first, last = (_weeks(times[creators], evidence)[:, None] for times in (evidence.first, evidence.last))
    half = grid.step / 2
    against = (grid.start > first + half).astype(np.float64) + (grid.stop < last - half)
    watched = max(_weeks(np.array([evidence.watched]), evidence)[0], 0.0)
    before = np.nan_to_num(np.clip(np.minimum(first, watched) - grid.start, 0.0, None)) * (first < watched)
    exposed = before + np.clip(grid.stop - np.maximum(grid.start, watched), 0.0, None)
    least = np.fmax(last - np.where(first < watched, np.fmin(last, watched), first), 0.5)
    sights = evidence.active_weeks[creators][:, None] + (first < watched)
    return CONTRADICTED * against - sights * np.log(np.fmax(exposed, least))


def _reports(evidence: Evidence, grid: Grid, creators: Ints, reported: tuple[Ints, slice, Floats], bursts: float, shown: float) -> Floats:
    """Return what counts say of each pair, whatever the creator's rate: it is integrated out (gamma–Poisson), bursts taken into account."""
    owner, rows, inside = reported
    size, counts = len(creators), evidence.counts
    posts = np.where(counts.posts[rows] == 0, np.fmin(counts.shoppable[rows], 0.0), counts.shoppable[rows])
    posts = np.where(np.isnan(posts) & (counts.posts[rows] == 0), 0.0, posts)
    known = ~np.isnan(posts)
    posts, fresh = np.nan_to_num(posts), counts.fresh[rows] * known
    many = np.maximum(posts, np.nan_to_num(counts.posts[rows])) > 0
    made = np.nan_to_num(evidence.made[creators])
    own = shown**4 * ~np.isnan(evidence.made[creators])
    full = (counts.until[rows] - counts.since[rows]) / WEEK
    rate = (np.bincount(owner, posts * fresh, size) + own * made + 0.5) / (
        np.bincount(owner, full * fresh, size) + own * grid.stop.max() + 1.0
    )
    weight = 1.0 / (1.0 + bursts * rate)
    length = grid.stop - grid.start
    spread = (own * made)[:, None] * np.log(length)
    total, exposed = own * made + np.bincount(owner, posts * fresh, size), own[:, None] * length
    np.add.at(spread, owner, (posts * fresh)[:, None] * np.log(np.maximum(inside, 0.05)))
    exposed = exposed + _added(size, owner, fresh[:, None] * inside)
    against = _added(size, owner, (many[:, None] & (inside <= 0)).astype(np.float64))
    found = weight[:, None] * (spread - (total[:, None] + 0.5) * np.log(np.maximum(exposed, 0.0) + 0.1))
    return found + CONTRADICTED * against


def _added(size: int, owner: Ints, values: Floats) -> Floats:
    found = np.zeros((size, values.shape[1]))
    np.add.at(found, owner, values)
    return found


def _learnt(weight: Floats) -> Floats:
    """Return each creator's probabilities of the four kinds; how many came later, and left earlier, is learnt (half and half counts as two)."""
    late, gone = 0.5, 0.5
    found = weight
    for _ in range(ROUNDS):
        prior = np.array([(1 - late) * (1 - gone), late * (1 - gone), (1 - late) * gone, late * gone])
        found = weight * prior
        found = found / np.maximum(found.sum(axis=1, keepdims=True), 1e-300)
        total = len(found) + 2.0
        late, gone = (1.0 + found[:, [1, 3]].sum()) / total, (1.0 + found[:, [2, 3]].sum()) / total
    return found

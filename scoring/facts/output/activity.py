"""From when until when was a creator active? A rate over time in which nobody was there would be too low.

Each creator is given every start and end on a grid, weighed by what speaks for them: when they were first and last seen, in how many
weeks, and how many posts each report counts in its days (a report of nothing after months of posts says that they stopped). How many
were there from the market's first day, and until its last, is learnt from all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from scoring.facts.arrays import Floats, Ints
from scoring.facts.output.evidence import WEEK, Evidence
from scoring.facts.output.grid import STEPS, Grid
from scoring.facts.output.likelihood import Sights, Told, of_counts, of_sights, told

ROUNDS: Final = 50
AT_ONCE: Final = 1_000
"""Creators at once: bounds the memory."""
KINDS: Final = 4


@dataclass(frozen=True, slots=True)
class Activity:
    """By creator's code: expected start and stop (Unix seconds), mean and variance of ln(weeks active). Of each report the weeks active."""

    start: Floats
    stop: Floats
    log_weeks: Floats
    log_weeks_var: Floats
    reported_weeks: Floats


def activity(evidence: Evidence, *, bursts: float, shown: float = 1.0, steps: int = STEPS) -> Activity:
    """Return when each creator was active.

    `bursts` is how much weekly posts vary beyond chance; `shown` is the share of shoppable posts that plans count, 1 if all.
    """
    grid, sights, people = Grid.over((evidence.end - evidence.begin) / WEEK, steps=steps), Sights.of(evidence), np.arange(evidence.people)
    # Plans that count a part of the posts mislead where creators' parts differ: they soon count for nothing.
    planned = np.where(np.isnan(evidence.made), 0.0, shown**4)

    def part(creators: Ints) -> tuple[Floats, Floats, Floats]:
        reports = told(evidence, grid, creators)
        counted = of_counts(evidence.made[creators], planned[creators], reports, grid, bursts=bursts)
        return _by_kind(grid, reports, of_sights(evidence, sights, grid, creators) + counted)

    parts = [part(people[at : at + AT_ONCE]) for at in range(0, len(people), AT_ONCE)]
    if not parts:
        return Activity(*(np.zeros(0) for _ in range(5)))
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


def _by_kind(grid: Grid, reports: Told, log: Floats) -> tuple[Floats, Floats, Floats]:
    """Return by kind: weight [creators, 4], moments of start, stop and ln(weeks) [creators, 4, 4], reports' weeks [reports, 4].

    `log` is the log-likelihood of each pair [creators, pairs].
    """
    likely = np.exp(log - log.max(axis=1, keepdims=True))
    member = (grid.kinds[:, None] == np.arange(KINDS)).astype(np.float64)
    weight, length = likely @ member, np.log(grid.stop - grid.start)
    safe = np.maximum(weight, 1e-300)
    moments = np.stack([(likely * each) @ member for each in (grid.start, grid.stop, length, length**2)], axis=1) / safe[:, None]
    weeks = (likely[reports.owner] * reports.inside) @ member / safe[reports.owner]
    return weight / member.sum(axis=0), moments, weeks


def _learnt(weight: Floats) -> Floats:
    """Return each creator's probabilities of the four kinds, learning how many came later, and left earlier."""
    late, gone, found = 0.5, 0.5, weight
    for _ in range(ROUNDS):
        found = weight * np.array([(1 - late) * (1 - gone), late * (1 - gone), (1 - late) * gone, late * gone])
        found = found / np.maximum(found.sum(axis=1, keepdims=True), 1e-300)
        late, gone = ((1.0 + found[:, kinds].sum()) / (len(found) + 2.0) for kinds in ([1, 3], [2, 3]))
    return found

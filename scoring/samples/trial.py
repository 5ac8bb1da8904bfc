"""A rule tried on the past: what it would have approved by what was known then, and what that brought."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from scoring.facts.arrays import Bools, Floats, Ints
from scoring.samples.estimates import Estimates, Expectations, Terms, costs, estimates
from scoring.samples.history import Samples
from scoring.samples.quality import learnt
from scoring.samples.rule import Queue, Rule, approvals

DATES: Final = 12
"""Dates at which is learnt what applications until the next one are judged by."""
DRAWS: Final = 2_000
AT_ONCE: Final = 100
"""Draws that are held in memory together."""
TAILS: Final = (5, 95)


@dataclass(frozen=True, slots=True)
class Outcome:
    """Sums over samples, US dollars; `low` and `high` are the 90 % interval of the profit, resampled over applications."""

    samples: int
    came: int
    orders: float
    net: float
    cost: float
    profit: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Trial:
    """What a rule would have done since a date.

    Of the `applications`, `judged` are those of whom enough was known when they came. `rule` and `actual` are over those judged that
    were approved and are over; `best` is the most that choosing among these could have brought, `regret` what the rule lacks of it, and
    `difference` the interval of the rule's profit less that of the actual decisions. Of those that the rule approves and the brand did
    not, nothing is known: `unknown` are how many, `unknown_profit` is what was expected of them.
    """

    applications: int
    judged: int
    approves: int
    rule: Outcome
    actual: Outcome
    best: float
    difference: tuple[float, float]
    unknown: int
    unknown_profit: float
    open: int

    @property
    def regret(self) -> float:
        """What the rule lacks of the best in hindsight."""
        return self.best - self.rule.profit


def trial(samples: Samples, rule: Rule, *, allowed: Bools, since: float, now: float) -> Trial:
    """Try a rule on the applications since a date; `allowed` tells which it may approve at all."""
    terms = rule.terms
    said, judged = as_of(samples, terms)
    counted = samples.applied >= since
    judged &= counted
    queue = Queue(samples.applied, samples.creator, said.cost)
    approves = approvals(rule.conditions, judged & allowed & rule.conditions.met(said), queue)
    known = judged & samples.approved & (samples.over <= now)
    profit = np.where(known, np.nan_to_num(samples.net * (terms.margin - samples.commission) - costs(samples, terms)), 0.0)
    unknown = approves & ~samples.approved
    brought = np.column_stack((profit * approves, profit))
    by_rule, by_brand = _resampled(brought[known]).T
    low, high = np.percentile(by_rule - by_brand, TAILS)
    return Trial(
        applications=int(counted.sum()),
        judged=int(judged.sum()),
        approves=int(approves.sum()),
        rule=_outcome(samples, said, profit, known & approves, by_rule),
        actual=_outcome(samples, said, profit, known, by_brand),
        best=float(np.maximum(profit, 0.0).sum()),
        difference=(float(low), float(high)),
        unknown=int(unknown.sum()),
        unknown_profit=float(np.nan_to_num(said.profit[unknown]).sum()),
        open=int((judged & samples.approved & ~(samples.over <= now)).sum()),
    )


def as_of(samples: Samples, terms: Terms) -> tuple[Estimates, Bools]:
    """Return what was to be expected of each application when it came, and of which anything was: learnt at the last date before it."""
    said = _nothing(len(samples), costs(samples, terms))
    judged = np.zeros(len(samples), dtype=np.bool_)
    if not len(samples):
        return said, judged
    dates = np.quantile(samples.applied, np.linspace(0, 1, DATES, endpoint=False), method="higher")
    turn = np.searchsorted(dates, samples.applied, side="right") - 1
    for place, at in enumerate(dates.tolist()):
        rows = np.flatnonzero(turn == place)
        found = learnt(samples, at=at) if len(rows) else None
        if found is not None:
            _fill(said, rows, estimates(found.fit, samples, samples.at(rows), terms))
            judged[rows] = True
    return said, judged


def _nothing(rows: int, cost: Floats) -> Estimates:
    blank = [np.full(rows, np.nan) for _ in range(9)]
    return Estimates(Expectations(*blank), cost, np.full(rows, np.nan), np.full(rows, np.nan))


def _fill(said: Estimates, rows: Ints, found: Estimates) -> None:
    for name in Expectations.__slots__:
        getattr(said.expected, name)[rows] = getattr(found.expected, name)
    said.profit[rows], said.loss_chance[rows] = found.profit, found.loss_chance


def _resampled(values: Floats) -> Floats:
    """Return the sums of columns over rows drawn anew, shape (draws, columns): always the same lots, so that a trial can be repeated."""
    rows, chance = len(values), np.random.default_rng(0)
    if not rows:
        return np.zeros((1, values.shape[1]))
    return np.concatenate([chance.multinomial(rows, np.full(rows, 1 / rows), AT_ONCE) @ values for _ in range(DRAWS // AT_ONCE)])


def _outcome(samples: Samples, said: Estimates, profit: Floats, rows: Bools, sums: Floats) -> Outcome:
    low, high = np.percentile(sums, TAILS)
    return Outcome(
        samples=int(rows.sum()),
        came=int((rows & samples.came).sum()),
        orders=float(samples.orders[rows].sum()),
        net=float(samples.net[rows].sum()),
        cost=float(np.nan_to_num(said.cost[rows]).sum()),
        profit=float(profit[rows].sum()),
        low=float(low),
        high=float(high),
    )

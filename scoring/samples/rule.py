"""Rules that decide applications: bounds on what is expected, and caps on what is approved in 28 days."""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import dataclass
from typing import Final

import numpy as np

from scoring.facts.arrays import Bools, Floats, Ints
from scoring.facts.period import DAY
from scoring.samples.estimates import Estimates, Terms

SPAN: Final = 28 * DAY
"""Caps hold in any span so long."""


@dataclass(frozen=True, slots=True)
class Conditions:
    """What an application must meet to be approved; None asks nothing. Amounts are US dollars, caps hold in 28 days."""

    min_probability: float | None = None
    min_profit: float | None = None
    max_loss_chance: float | None = None
    max_cost: float | None = None
    per_creator: int | None = None
    budget: float | None = None

    def met(self, said: Estimates) -> Bools:
        """Tell which applications meet the bounds; what is unknown meets none."""
        bounds = (
            (said.expected.probability, self.min_probability, 1),
            (said.profit, self.min_profit, 1),
            (said.loss_chance, self.max_loss_chance, -1),
            (said.cost, self.max_cost, -1),
        )
        met = np.ones(len(said.cost), dtype=np.bool_)
        for values, bound, sign in bounds:
            if bound is not None:
                met &= sign * values >= sign * bound
        return met


@dataclass(frozen=True, slots=True)
class Rule:
    """What an application must meet, and the terms that profit is counted by."""

    conditions: Conditions
    terms: Terms


@dataclass(frozen=True, slots=True)
class Queue:
    """Applications in the order in which they are decided, which is that of time: creator and cost (NaN counts as nothing)."""

    at: Floats
    creator: Ints
    cost: Floats


def approvals(conditions: Conditions, met: Bools, queue: Queue, *, earlier: Queue | None = None) -> Bools:
    """Return which are approved of those that meet the bounds, one after the other, so that the caps hold with those `earlier`.

    None of `earlier`, in any order, is later than the first of the queue.
    """
    approved = np.zeros(len(met), dtype=np.bool_)
    lately = deque(() if earlier is None else sorted(_rows(earlier)))
    counts = Counter(creator for _, creator, _ in lately)
    for place, (at, creator, cost) in enumerate(_rows(queue)):
        while lately and lately[0][0] <= at - SPAN:
            counts[lately.popleft()[1]] -= 1
        few = conditions.per_creator is None or counts[creator] < conditions.per_creator
        if met[place] and few and (conditions.budget is None or sum(price for *_, price in lately) + cost <= conditions.budget):
            approved[place] = True
            lately.append((at, creator, cost))
            counts[creator] += 1
    return approved


def _rows(queue: Queue) -> list[tuple[float, int, float]]:
    cost = np.nan_to_num(queue.cost)
    return list(zip(queue.at.tolist(), queue.creator.tolist(), cost.tolist(), strict=True))

"""Rules that decide applications: bounds on what is expected, and caps on what is approved in 28 days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
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
    """Applications in the order in which they are decided: time, creator and cost (NaN counts as nothing)."""

    at: Floats
    creator: Ints
    cost: Floats


def approvals(conditions: Conditions, met: Bools, queue: Queue, *, earlier: Queue | None = None) -> Bools:
    """Return which are approved of those that meet the bounds, one after the other, so that the caps hold with those `earlier`."""
    approved = np.zeros(len(met), dtype=np.bool_)
    taken: list[tuple[float, int, float]] = [] if earlier is None else list(_rows(earlier))
    for place, (at, creator, cost) in enumerate(_rows(queue)):
        if met[place] and _fits(conditions, taken, at, creator, cost):
            approved[place] = True
            taken.append((at, creator, cost))
    return approved


def _fits(conditions: Conditions, taken: Sequence[tuple[float, int, float]], at: float, creator: int, cost: float) -> bool:
    if conditions.per_creator is None and conditions.budget is None:
        return True
    lately: dict[int, int] = defaultdict(int)
    spent = 0.0
    for when, who, price in taken:
        if at - SPAN < when <= at:
            lately[who] += 1
            spent += price
    few = conditions.per_creator is None or lately[creator] < conditions.per_creator
    return few and (conditions.budget is None or spent + cost <= conditions.budget)


def _rows(queue: Queue) -> list[tuple[float, int, float]]:
    cost = np.nan_to_num(queue.cost)
    return list(zip(queue.at.tolist(), queue.creator.tolist(), cost.tolist(), strict=True))

"""Choosing one after the other: what a buyer without a solver does, and from where the solver starts."""

from collections.abc import Callable
from typing import Final, TypeAlias

import numpy as np

from scoring.portfolio.choice import Choice, Limit
from scoring.tables import Ints

Rate: TypeAlias = Callable[[float, float], float]

LEAST_COST: Final = 1e-9


def by_worth(gain: float, _cost: float) -> float:
    """Rate a candidate by what they add."""
    return gain


def by_return(gain: float, cost: float) -> float:
    """Rate a candidate by what they add for each unit of cost."""
    return gain / max(cost, LEAST_COST)


def greedy(choice: Choice) -> Ints | None:
    """Return the better of two greedy choices, by worth and by return, in ascending order; None where neither keeps all bounds."""
    found = [chosen for rate in (by_return, by_worth) if not any(choice.broken(chosen := chosen_by(choice, rate)))]
    return max(found, key=choice.total, default=None)


def chosen_by(choice: Choice, rate: Rate) -> Ints:
    """Return the rows that a rate leads to, ascending: first whom a limit demands, then whoever fits; it may end short of a demand."""
    chosen = np.zeros(0, dtype=np.int64)
    for limit in sorted((each for each in choice.limits if each.least), key=lambda each: int(each.who.sum())):
        while not _filled(limit, chosen) and len(more := _next(choice, chosen, rate, among=limit)):
            chosen = np.append(chosen, more)
    while len(more := _next(choice, chosen, rate)):
        chosen = np.append(chosen, more)
    return np.sort(chosen)


def _filled(limit: Limit, chosen: Ints) -> bool:
    return int(limit.who[chosen].sum()) >= limit.least


def _next(choice: Choice, chosen: Ints, rate: Rate, *, among: Limit | None = None) -> Ints:
    """Return the row that is rated highest of those that can be added within the budget and all maxima, or none."""
    now, best, found = choice.total(chosen), -np.inf, chosen[:0]
    open_rows = np.ones(len(choice), dtype=np.bool_) if among is None else among.who.copy()
    open_rows[chosen] = False
    for row in np.flatnonzero(open_rows).tolist():
        more = np.append(chosen, row)
        if choice.affordable(more) and all(each.most is None or int(each.who[more].sum()) <= each.most for each in choice.limits):
            rated = rate(choice.total(more) - now, float(choice.cost[row]))
            if rated > best:
                best, found = rated, np.array([row], dtype=np.int64)
    return found

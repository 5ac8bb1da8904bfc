"""Which bounds cannot be kept together: a least set of them, found by leaving out one after the other."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from scoring.portfolio.choice import BUDGET, Choice
from scoring.portfolio.program import best
from scoring.tables import Floats


def contradiction(choice: Choice, *, stop: Callable[[], bool] | None = None) -> tuple[str, ...]:
    """Return the names of bounds that no choice keeps together, of which each alone makes the rest possible; empty where all can be kept.

    There are programs to solve, one more than there are bounds; OutOfTime where `stop` ends one undecided.
    """
    plain = replace(choice, value=np.zeros(len(choice)), shared=np.zeros_like(choice.shared))
    names = (BUDGET, *(limit.name for limit in choice.limits))
    if best(plain, stop=stop) is not None:
        return ()
    kept = names
    for name in names:
        fewer = tuple(each for each in kept if each != name)
        if best(_only(plain, fewer), stop=stop) is None:
            kept = fewer
    return kept


def _only(choice: Choice, names: tuple[str, ...]) -> Choice:
    """Return the choice with some of its bounds alone."""
    cost: Floats = choice.cost if BUDGET in names else np.zeros(len(choice))
    return replace(choice, cost=cost, limits=tuple(each for each in choice.limits if each.name in names))

"""What one creator more, less, or another would change: answers that need no second program, since one exchange is looked at in full."""

from typing import NamedTuple

import numpy as np

from scoring.portfolio.choice import Choice
from scoring.tables import Floats, Ints


class Alternative(NamedTuple):
    """What a row that is not chosen would change.

    `adds` is what it is worth beside all that are chosen, `breaks` the names of the bounds that adding it would break; `instead` is
    the row in whose place it would change the worth most, or least for the worse, and `change` by how much; None and NaN where no exchange
    keeps all bounds.
    """

    row: int
    adds: float
    breaks: tuple[str, ...]
    instead: int | None
    change: float


def losses(choice: Choice, chosen: Ints) -> Floats:
    """Return for each of the rows `chosen` what all are worth together less what the others are without it."""
    whole = choice.total(chosen)
    return np.array([whole - choice.total(np.delete(chosen, place)) for place in range(len(chosen))])


def alternatives(choice: Choice, chosen: Ints) -> list[Alternative]:
    """Return one for each row that is not chosen, in order."""
    others = np.setdiff1d(np.arange(len(choice)), chosen)
    return [_alternative(choice, chosen, row) for row in others.tolist()]


def _alternative(choice: Choice, chosen: Ints, row: int) -> Alternative:
    whole, more = choice.total(chosen), np.append(chosen, row)
    instead, change = None, float("-inf")
    for place, other in enumerate(chosen.tolist()):
        swapped = np.delete(more, place)
        if not any(choice.broken(swapped)) and (changed := choice.total(swapped) - whole) > change:
            instead, change = other, changed
    adds = choice.total(more) - whole
    return Alternative(row, adds, tuple(choice.broken(more)), instead, change if instead is not None else float("nan"))

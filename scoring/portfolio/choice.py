"""What there is to choose from, within which bounds, and what a choice is worth.

Worth of a set: Σ vᵢ (1 − w · max sᵢⱼ), the maximum over chosen j that come before i in the order of value (equals in the order of their
rows). vᵢ is the value of a candidate alone, sᵢⱼ how far two overlap, 0–1, and w how much a whole overlap takes away, 0–1. So
the greater of two always counts whole, nobody counts for less than 1 − w of their own, and a set never loses by one more.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from scoring.tables import Bools, Floats, Ints

BUDGET: Final = "budget"
ROUNDING: Final = 1e-9
"""Part of the budget by which costs may exceed it, since sums are rounded."""


@dataclass(frozen=True, slots=True, eq=False)
class Limit:
    """How many may be chosen among some candidates (a row each); `most` is None for any number."""

    name: str
    who: Bools
    least: int = 0
    most: int | None = None

    def kept(self, chosen: Ints) -> bool:
        """Tell whether as many are chosen as may be."""
        count = int(self.who[chosen].sum())
        return self.least <= count and (self.most is None or count <= self.most)


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """Candidates, a row each: `value` and `cost` in one currency, 0 or more, `shared` overlap [rows × rows], symmetric, 0–1."""

    value: Floats
    cost: Floats
    shared: Floats
    weight: float
    budget: float
    limits: tuple[Limit, ...] = ()

    def __len__(self) -> int:
        """Return the number of candidates."""
        return len(self.value)

    def worth(self, chosen: Ints) -> Floats:
        """Return what each of the rows `chosen` is worth beside the others."""
        order = np.lexsort((chosen, -self.value[chosen]))
        ordered = chosen[order]
        nearest = np.tril(self.shared[np.ix_(ordered, ordered)], -1).max(axis=1, initial=0.0)
        found = np.empty(len(chosen))
        found[order] = self.value[ordered] * (1.0 - self.weight * nearest)
        return found

    def total(self, chosen: Ints) -> float:
        """Return what the rows `chosen` are worth together."""
        return float(self.worth(chosen).sum())

    def affordable(self, chosen: Ints) -> bool:
        """Tell whether the rows `chosen` cost no more than the budget."""
        return float(self.cost[chosen].sum()) <= self.budget * (1.0 + ROUNDING)

    def broken(self, chosen: Ints) -> Iterator[str]:
        """Yield the names of the bounds that the rows `chosen` break."""
        if not self.affordable(chosen):
            yield BUDGET
        yield from (limit.name for limit in self.limits if not limit.kept(chosen))

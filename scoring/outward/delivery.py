"""Whether content comes for a sample, by what is told of a creator: the trait behind promises kept, as the outward score has it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from scoring.formula import parts
from scoring.ground import ground
from scoring.learnt import Fit
from scoring.outward.facts import promises_told
from scoring.tables import Facts

TRAIT: Final = "cooperation.promises_kept"


@dataclass(frozen=True, slots=True)
class ToldDelivery:
    """Log odds that content comes: of the typical peer, what the creator is known to differ by, and the deviation of both together.

    `promises` is how many are told, in fives.
    """

    typical: float
    beyond: float
    deviation: float
    promises: int


def told_delivery(facts: Facts, fit: Fit) -> ToldDelivery:
    """Return what outward facts of one row tell; of whom nothing is told, it is any peer's. FactsError where a fact breaks a rule."""
    rows = ground(facts, fit)
    part = next(each for one in fit.formula.indicators for each in parts(one) if each.key == TRAIT)
    standing, fitted = rows.standing(part), rows.fitted(part)
    (cell,) = rows.cells.cells
    _, spread = fitted.group(cell, part.component)
    typical = fitted.median(cell, part.component)
    promises = promises_told(float(rows.table["promises_kept"][0]), float(rows.table["promises_due"][0]))
    if not standing.known[0]:
        return ToldDelivery(typical, 0.0, spread, promises)
    mean, variance = float(standing.posterior.mean[0]), float(standing.posterior.variance[0])
    return ToldDelivery(typical, mean - typical, float(np.sqrt(variance)), promises)

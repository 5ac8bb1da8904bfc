"""Longer steps for rounds of expectation and maximisation, which near their goal creep.

SQUAREM (Varadhan and Roland 2008, doi 10.1111/j.1467-9469.2007.00585.x): from three points in a row, the step along
which they would arrive. Only the constants leap; shape and regions follow in the rounds after.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from scoring.cells import Cell
from scoring.tables import ALL, Floats
from scoring.traits.component import Component
from scoring.traits.fitted import Fitted
from scoring.traits.readings import Constants

LONGEST: Final = 8.0
"""A leap is at most this many rounds' steps long."""
FARTHEST: Final = 0.7
"""No constant moves by more than this at once: a factor of two where it is a logarithm."""


def leap(points: Sequence[Fitted], component: Component) -> Fitted:
    """Return where three rounds in a row are heading; `points` are the constants before, after one round, and after two."""
    last = points[-1]
    found = {window: _leap([_packed(one, window, component) for one in points]) for window in last.constants}
    groups = {cell: _moved(cell, place, last, found) for cell, place in last.groups.items()}
    constants = {window: _unpacked(found[window], last.of_window(window, component)) for window in last.constants}
    return replace(last, groups=groups, constants=constants)


def moved(before: Fitted, after: Fitted, component: Component) -> float:
    """Return the largest change of a constant or of a weight of the shape between two points; infinite where the first has none."""
    if not before.constants:
        return float("inf")
    changes = [_packed(after, window, component) - _packed(before, window, component) for window in after.constants]
    return max(float(np.abs(change).max()) for change in (*changes, after.shape.weights - before.shape.weights))


def _leap(points: Sequence[Floats]) -> Floats:
    first, second, third = points
    step = second - first
    bend = (third - second) - step
    size = float(np.sqrt((bend * bend).sum()))
    length = float(np.clip(np.sqrt((step * step).sum()) / size, 1.0, LONGEST)) if size > 0 else 1.0
    reached = first + 2.0 * length * step + length * length * bend
    return third + np.clip(reached - third, -FARTHEST, FARTHEST)


def _packed(fitted: Fitted, window: int, component: Component) -> Floats:
    centre, spread = fitted.group(Cell(window, ALL, ALL), component)
    row = [centre, np.log(spread)]
    for one in fitted.of_window(window, component):
        row += [one.bias, one.slope, np.log(one.noise) if one.noise > 0 else 0.0, *one.covariates]
    return np.array(row)


def _unpacked(vector: Floats, like: Sequence[Constants]) -> tuple[Constants, ...]:
    found, at = list[Constants](), 2
    for one in like:
        bias, slope, noise, *gains = vector[at : at + 3 + len(one.covariates)].tolist()
        at += 3 + len(one.covariates)
        noise = float(np.exp(noise)) if one.noise > 0 else 0.0
        found.append(one._replace(bias=bias, slope=max(slope, 0.0), noise=noise, covariates=tuple(gains)))
    return tuple(found)


def _moved(cell: Cell, place: tuple[float, float], last: Fitted, found: dict[int, Floats]) -> tuple[float, float]:
    """Return a group moved as its window's peers are."""
    root, leapt = last.groups[cell.root], found[cell.window]
    return place[0] + float(leapt[0]) - root[0], place[1] * float(np.exp(leapt[1])) / root[1]

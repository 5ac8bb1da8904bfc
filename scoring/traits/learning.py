"""Learning a trait, by expectation and maximisation (Dempster, Laird and Rubin 1977).

A round sums over rows what the present constants say of each (`summed`); sums of parts add up, in any order, to those of
the whole; `advanced` turns them into the next constants. Only what two readings of a creator tell can part their noise
from the trait, so a reading's constants follow from rows with at least two.
"""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from scoring.cells import Cell
from scoring.tables import ALL, Bools, Floats
from scoring.traits import noise
from scoring.traits.component import Component
from scoring.traits.fitted import Fitted, Rows, masses, pooled, taken
from scoring.traits.noise import Expected
from scoring.traits.posterior import FARTHEST, moments, slices
from scoring.traits.readings import Constants, Seen
from scoring.traits.shape import COUNT, Shape

Key: TypeAlias = tuple[Any, ...]
Sums: TypeAlias = Mapping[Key, NDArray[np.float64]]

SHAPE: Final[Key] = ("shape",)
NARROWEST: Final = 0.1
"""No group's spread falls below this part of the declared one."""


class Expectations(NamedTuple):
    """What the posterior expects of θ for some rows: mean, variance and mean of e^θ; of each decay 1 / (1 + r·e^θ) and ln(1 + r·e^θ)."""

    theta: Floats
    variance: Floats
    exp: Floats
    decays: Floats
    masses: Floats


def summed(rows: Rows, component: Component, fitted: Fitted, *, categories: bool = False) -> Sums:
    """Return what rows over everything say of shape, groups and readings; with `categories` what the others say of their groups."""
    overall = np.array([cell.category == ALL for cell in rows.cells], dtype=np.bool_)[rows.codes]
    chosen = rows.where(~overall if categories else overall)
    expected = _expectations(chosen, component, fitted)
    found: dict[Key, NDArray[np.float64]] = _groups(chosen, expected)
    if categories:
        return found
    found[SHAPE] = expected.masses
    for window in np.unique(chosen.windows).tolist():
        found |= _readings(chosen, component, fitted, expected, window)
    return found


def _expectations(rows: Rows, component: Component, fitted: Fitted) -> Expectations:
    terms, size = rows.terms(component, fitted), len(rows.at)
    theta, variance, exp = (np.zeros(size) for _ in range(3))
    decays, total = np.zeros((len(terms.decays), 2, size)), np.zeros(COUNT)
    for part in slices(terms, rows.groups(component, fitted), fitted.shape):
        at, weights = part.rows, part.weights
        theta[at], variance[at] = moments(weights, part.theta)
        grown = np.exp(np.clip(part.theta, -FARTHEST, FARTHEST))
        exp[at] = (weights * grown).sum(axis=1)
        for place, (_, rate) in enumerate(terms.decays):
            more = 1.0 + rate[at, np.newaxis] * grown
            decays[place, 0, at], decays[place, 1, at] = (weights / more).sum(axis=1), (weights * np.log(more)).sum(axis=1)
        total += masses(weights).sum(axis=0)
    return Expectations(theta, variance, exp, decays, total)


def _groups(rows: Rows, expected: Expectations) -> dict[Key, NDArray[np.float64]]:
    columns = (np.ones(len(rows.at)), expected.theta, expected.theta**2 + expected.variance)
    by_cell = [np.bincount(rows.codes, weights=noise.whole(column), minlength=len(rows.cells)) for column in columns]
    return {("group", *cell): np.array(own) for cell, own in zip(rows.cells, zip(*by_cell, strict=True), strict=True) if own[0]}


def _readings(rows: Rows, component: Component, fitted: Fitted, expected: Expectations, window: int) -> dict[Key, NDArray[np.float64]]:
    here = rows.windows == window
    several = np.sum([one.known for one in rows.seen], axis=0) > 1
    found: dict[Key, NDArray[np.float64]] = {}
    constants, decays = fitted.of_window(window, component), iter(expected.decays)
    for place, (reading, seen, own) in enumerate(zip(component.readings, rows.seen, constants, strict=True)):
        chosen = np.flatnonzero(here & seen.known & _telling(reading.anchor, several, seen))
        decay = next(decays) if reading.decays else np.zeros((2, len(several)))
        told = Expected(*(column[chosen] for column in (*expected[:3], *decay)))
        found["reading", window, place] = noise.summands(reading, taken(seen, chosen), own, told)
    return found


def _telling(anchor: bool, several: Bools, seen: Seen) -> Bools:
    """Return which rows tell of a reading's constants; covariates of an anchor follow from all."""
    return several | (np.ones_like(several) if anchor and len(seen.covariates) > 1 else False)


def merged(one: Sums, other: Sums) -> dict[Key, NDArray[np.float64]]:
    """Return the sums of both parts."""
    return {key: np.asarray(one.get(key, 0.0) + other.get(key, 0.0)) for key in {**one, **other}}


def advanced(sums: Sums, component: Component, fitted: Fitted) -> Fitted:
    """Return the constants that follow from a round's sums over everything."""
    groups = _located(sums, component)
    constants: dict[int, tuple[Constants, ...]] = {}
    for window in sorted({key[1] for key in sums if key[0] == "group"}):
        before = fitted.of_window(window, component)
        spread = groups[Cell(window, ALL, ALL)][1]
        constants[window] = tuple(
            noise.advanced(reading, sums.get(("reading", window, place)), before[place], spread)
            for place, reading in enumerate(component.readings)
        )
    return Fitted(Shape.of(sums[SHAPE]), groups, constants, _speaking(sums))


def _speaking(sums: Sums) -> dict[int, int]:
    """Return how many creators have evidence, by window."""
    found: dict[int, int] = {}
    for key, own in sums.items():
        if key[0] == "group":
            found[key[1]] = found.get(key[1], 0) + int(own[0])
    return found


def _located(sums: Sums, component: Component) -> dict[Cell, tuple[float, float]]:
    """Return where the groups over everything lie: each window's peers, and each region's leaning on them."""
    cells = {Cell(*key[1:]): own for key, own in sums.items() if key[0] == "group"}
    found: dict[Cell, tuple[float, float]] = {}
    for window in sorted({cell.window for cell in cells}):
        root = Cell(window, ALL, ALL)
        total = np.sum([own for cell, own in sorted(cells.items()) if cell.window == window], axis=0)
        found[root] = _place(total, (component.centre, component.spread), component)
    for cell, own in sorted(cells.items()):
        if cell.region != ALL:
            found[cell] = _place(own, found[cell.root], component)
    return found


def located(sums: Sums, component: Component, fitted: Fitted) -> Fitted:
    """Return the same constants with the groups over everything where these sums see them."""
    return Fitted(fitted.shape, _located(sums, component), fitted.constants, _speaking(sums))


def with_categories(sums: Sums, component: Component, fitted: Fitted) -> Fitted:
    """Return the same with the categories' groups, each leaning on all categories of its region."""
    found = dict(fitted.groups)
    for key in sorted(sums):
        cell = Cell(*key[1:])
        found[cell] = _place(sums[key], fitted.group(cell.parent, component), component)
    return Fitted(fitted.shape, found, fitted.constants, fitted.speaking)


def _place(own: Any, parent: tuple[float, float], component: Component) -> tuple[float, float]:
    peers, first, second = (float(part) for part in own)
    mean = first / peers
    spread = float(np.sqrt(max(second / peers - mean * mean, (NARROWEST * component.spread) ** 2)))
    return pooled((mean, spread), peers, parent)

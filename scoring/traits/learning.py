"""Learning a trait, by expectation and maximisation (Dempster, Laird and Rubin 1977).

A round sums over rows what the present constants say of each (`summed`, or `grouped` where constants stand and only groups
are placed); sums of parts add up, in any order, to those of the whole; `advanced` turns them into the next constants. Only
what two readings of a creator tell can part their noise from the trait, so a reading's constants follow from rows with at
least two. What a reading in a unit of its own says of a typical peer follows from all its rows: without that, it would be
taken for the trait's unit where few have both.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from scoring.cells import Cell
from scoring.tables import ALL, Bools, Floats
from scoring.traits import noise
from scoring.traits.component import Component
from scoring.traits.fitted import AT_FLOOR, Fitted, Rows, masses, pooled, taken
from scoring.traits.noise import Expected
from scoring.traits.posterior import Groups, Slice, moments, slices
from scoring.traits.readings import Constants, Seen, Terms
from scoring.traits.shape import COUNT, Shape

Key: TypeAlias = tuple[Any, ...]
Sums: TypeAlias = Mapping[Key, NDArray[np.float64]]

SHAPE: Final[Key] = ("shape",)
NARROWEST: Final = 0.1
"""No group's spread falls below this part of the declared one."""
PARENT: Final = 2.0
"""Peers that a parent's share at the floor counts for: a region where all stand there is to show it."""


class Places(NamedTuple):
    """What the posterior expects of where some rows stand: mean and variance of θ, and the probability to stand at the floor."""

    theta: Floats
    variance: Floats
    floor: Floats


class Means(NamedTuple):
    """What the posterior expects besides: mean of e^θ; of each decay 1 / (1 + r·e^θ) and ln(1 + r·e^θ); all rows' masses on the nodes."""

    exp: Floats
    decays: Floats
    masses: Floats


def started(rows: Rows, component: Component) -> Fitted:
    """Return what is declared of a trait, with each reading in a unit of its own placed so that its mean is the typical peer's."""
    found = Fitted(Shape.normal())
    if not any(noise.own_unit(reading) for reading in component.readings):
        return found
    constants: dict[int, tuple[Constants, ...]] = {}
    for window in np.unique(rows.windows).tolist():
        declared, levels = found.of_window(window, component), _levels(rows, component, found, window)
        peers = (component.centre, component.spread)
        constants[window] = tuple(
            noise.advanced(reading, None, levels.get(("level", window, place)), declared[place], peers)
            for place, reading in enumerate(component.readings)
        )
    return replace(found, constants=constants)


def summed(rows: Rows, component: Component, fitted: Fitted) -> Sums:
    """Return what rows, all over everything, say of shape, groups and readings."""
    places, means = _expectations(rows, component, fitted)
    found = _groups(rows, places, component.bottom or 0.0)
    found[SHAPE] = means.masses
    for window in np.unique(rows.windows).tolist():
        found |= _readings(rows, component, fitted, (places, means), window)
    return found


def grouped(rows: Rows, terms: Terms, component: Component, fitted: Fitted) -> Sums:
    """Return what rows, whose log-likelihoods are `terms`, say of their groups alone."""
    groups, size = rows.groups(component, fitted), len(rows.at)
    places = Places(*(np.zeros(size) for _ in Places._fields))
    for part in slices(terms, groups, fitted.shape):
        _place_rows(places, part, groups)
    return _groups(rows, places, component.bottom or 0.0)


def _expectations(rows: Rows, component: Component, fitted: Fitted) -> tuple[Places, Means]:
    terms, groups, size = rows.terms(component, fitted), rows.groups(component, fitted), len(rows.at)
    places = Places(*(np.zeros(size) for _ in Places._fields))
    means = Means(np.zeros(size), np.zeros((len(terms.decays), 2, size)), np.zeros(COUNT))
    for part in slices(terms, groups, fitted.shape):
        at, weights = part.rows, part.weights
        _place_rows(places, part, groups)
        means.exp[at] = (weights * part.grown).sum(axis=1)
        for place, (_, rate) in enumerate(terms.decays):
            more = 1.0 + rate[at, np.newaxis] * part.grown
            means.decays[place, 0, at], means.decays[place, 1, at] = (weights / more).sum(axis=1), (weights * np.log(more)).sum(axis=1)
        means.masses[:] += masses(weights[:, -COUNT:]).sum(axis=0)
    return places, means


def _place_rows(places: Places, part: Slice, groups: Groups) -> None:
    places.theta[part.rows], places.variance[part.rows] = moments(part.weights, part.theta)
    if groups.floor is not None:
        places.floor[part.rows] = part.weights[:, 0]


def _groups(rows: Rows, places: Places, bottom: float) -> dict[Key, NDArray[np.float64]]:
    """Return of each group how many stand above the floor, the sums of θ and θ² of these, and how many stand at it."""
    above, second = 1.0 - places.floor, places.theta**2 + places.variance
    columns = (above, places.theta - places.floor * bottom, second - places.floor * bottom**2, places.floor)
    by_cell = [np.bincount(rows.codes, weights=noise.whole(column), minlength=len(rows.cells)) for column in columns]
    return {("group", *cell): np.array(own) for cell, own in zip(rows.cells, zip(*by_cell, strict=True), strict=True) if own[0] + own[3]}


def _readings(
    rows: Rows, component: Component, fitted: Fitted, expected: tuple[Places, Means], window: int
) -> dict[Key, NDArray[np.float64]]:
    places, means = expected
    here = rows.windows == window
    several = np.sum([one.known for one in rows.seen], axis=0) > 1
    found: dict[Key, NDArray[np.float64]] = {}
    constants, decays = fitted.of_window(window, component), iter(means.decays)
    for place, (reading, seen, own) in enumerate(zip(component.readings, rows.seen, constants, strict=True)):
        chosen = np.flatnonzero(here & seen.known & _telling(reading.anchor, several, seen))
        decay = next(decays) if reading.decays else np.zeros((2, len(several)))
        told = Expected(*(column[chosen] for column in (places.theta, places.variance, means.exp, *decay)))
        found["reading", window, place] = noise.summands(reading, taken(seen, chosen), own, told)
    return found | _levels(rows, component, fitted, window)


def _levels(rows: Rows, component: Component, fitted: Fitted, window: int) -> dict[Key, NDArray[np.float64]]:
    here, constants = rows.windows == window, fitted.of_window(window, component)
    return {
        ("level", window, place): noise.level(reading, taken(seen, np.flatnonzero(here & seen.known)), own)
        for place, (reading, seen, own) in enumerate(zip(component.readings, rows.seen, constants, strict=True))
        if noise.own_unit(reading)
    }


def _telling(anchor: bool, several: Bools, seen: Seen) -> Bools:
    """Return which rows tell of a reading's constants; covariates of an anchor follow from all."""
    return several | (np.ones_like(several) if anchor and len(seen.covariates) > 1 else False)


def merged(one: Sums, other: Sums) -> dict[Key, NDArray[np.float64]]:
    """Return the sums of both parts."""
    return {key: np.asarray(one.get(key, 0.0) + other.get(key, 0.0)) for key in {**one, **other}}


def advanced(sums: Sums, component: Component, fitted: Fitted) -> Fitted:
    """Return the constants that follow from a round's sums over everything."""
    groups, floors = _located(sums, component)
    constants: dict[int, tuple[Constants, ...]] = {}
    for window in sorted({key[1] for key in sums if key[0] == "group"}):
        before = fitted.of_window(window, component)
        peers = groups[Cell(window, ALL, ALL)]
        constants[window] = tuple(
            noise.advanced(reading, sums.get(("reading", window, place)), sums.get(("level", window, place)), before[place], peers)
            for place, reading in enumerate(component.readings)
        )
    return Fitted(Shape.of(sums[SHAPE]), groups, constants, _speaking(sums), floors)


def _speaking(sums: Sums) -> dict[int, int]:
    """Return how many creators have evidence, by window."""
    found: dict[int, int] = {}
    for key, own in sums.items():
        if key[0] == "group":
            found[key[1]] = found.get(key[1], 0) + round(float(own[0] + own[3]))
    return found


def _located(sums: Sums, component: Component) -> tuple[dict[Cell, tuple[float, float]], dict[Cell, float]]:
    """Return where the groups over everything lie, each window's peers and each region's leaning on them, and what stands at the floor."""
    cells = {Cell(*key[1:]): own for key, own in sums.items() if key[0] == "group"}
    groups, floors = dict[Cell, tuple[float, float]](), dict[Cell, float]()
    for window in sorted({cell.window for cell in cells}):
        root = Cell(window, ALL, ALL)
        total = np.sum([own for cell, own in sorted(cells.items()) if cell.window == window], axis=0)
        groups[root] = _place(total, (component.centre, component.spread), component)
        floors[root] = _floor(total, AT_FLOOR)
    for cell, own in sorted(cells.items()):
        if cell.region != ALL:
            groups[cell] = _place(own, groups[cell.root], component)
            floors[cell] = _floor(own, floors[cell.root])
    return groups, floors if component.bottom is not None else {}


def located(sums: Sums, component: Component, fitted: Fitted) -> Fitted:
    """Return the same constants with the groups over everything where these sums see them."""
    groups, floors = _located(sums, component)
    return replace(fitted, groups=groups, speaking=_speaking(sums), floors=floors)


def with_categories(sums: Sums, component: Component, fitted: Fitted) -> Fitted:
    """Return the same with the categories' groups, each leaning on all categories of its region."""
    groups, floors = dict(fitted.groups), dict(fitted.floors)
    for key in sorted(sums):
        cell = Cell(*key[1:])
        groups[cell] = _place(sums[key], fitted.group(cell.parent, component), component)
        if component.bottom is not None:
            floors[cell] = _floor(sums[key], fitted.floor(cell.parent))
    return replace(fitted, groups=groups, floors=floors)


def _floor(own: Any, parent: float) -> float:
    """Return the share of a group at the floor, leaning on its parent."""
    above, at = float(own[0]), float(own[3])
    return (at + PARENT * parent) / (above + at + PARENT)


def _place(own: Any, parent: tuple[float, float], component: Component) -> tuple[float, float]:
    peers, first, second = (float(part) for part in own[:3])
    if not peers > 0:
        return parent
    mean = first / peers
    spread = float(np.sqrt(max(second / peers - mean * mean, (NARROWEST * component.spread) ** 2)))
    return pooled((mean, spread), peers, parent)

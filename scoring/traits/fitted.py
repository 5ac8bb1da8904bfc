"""What is learnt of a trait: the peers' shape, where each group lies, and the constants of each reading."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from scoring.cells import Cell, Coded
from scoring.tables import Floats, Ints, Table
from scoring.traits.component import Component
from scoring.traits.posterior import Groups
from scoring.traits.readings import Constants, Seen, Terms
from scoring.traits.shape import Shape

STRENGTH = 10.0
"""A parent counts as this many peers, so a group of ten is half itself."""
AT_FLOOR = 0.1
"""Share of peers at a trait's floor before anything is learnt."""


@dataclass(frozen=True, eq=False)
class Fitted:
    """One trait as learnt. `constants` has one entry for each reading, by window; `speaking` counts rows with evidence by window.

    `floors` is the share of each group's peers that stand at the trait's floor, where it has one.
    """

    shape: Shape
    groups: Mapping[Cell, tuple[float, float]] = field(default_factory=dict[Cell, tuple[float, float]])
    constants: Mapping[int, tuple[Constants, ...]] = field(default_factory=dict[int, tuple[Constants, ...]])
    speaking: Mapping[int, int] = field(default_factory=dict[int, int])
    floors: Mapping[Cell, float] = field(default_factory=dict[Cell, float])

    def group(self, cell: Cell | None, component: Component) -> tuple[float, float]:
        """Return centre and spread of a group; one that was never seen has its parent's, at last the declared."""
        while cell is not None:
            if cell in self.groups:
                return self.groups[cell]
            cell = cell.parent
        return component.centre, component.spread

    def median(self, cell: Cell, component: Component) -> float:
        """Return θ of the median peer of a group, those at the trait's floor among them."""
        centre, spread = self.group(cell, component)
        if component.bottom is None:
            return centre + spread * self.shape.quantile(0.5)
        above = 1.0 - self.floor(cell)
        return component.bottom if above <= 0.5 else centre + spread * self.shape.quantile(1.0 - 0.5 / above)

    def floor(self, cell: Cell | None) -> float:
        """Return the share of a group's peers at the floor; one that was never seen has its parent's, at last the declared."""
        while cell is not None:
            if cell in self.floors:
                return self.floors[cell]
            cell = cell.parent
        return AT_FLOOR

    def of_window(self, window: int, component: Component) -> tuple[Constants, ...]:
        """Return the readings' constants in a window."""
        return self.constants.get(window) or tuple(reading.declared for reading in component.readings)

    def beside_priors(self, component: Component) -> "Fitted":
        """Return what was learnt of the component's witnesses with the declared constants of its priors in their places."""
        constants = {
            window: tuple(next(own) if not reading.prior else reading.declared for reading in component.readings)
            for window, own in ((window, iter(each)) for window, each in self.constants.items())
        }
        return replace(self, constants=constants)

    def stored(self) -> dict[str, Any]:
        """Return all of it as plain values, in order."""
        return {
            "shape": self.shape.weights.tolist(),
            "groups": [[*cell, *place] for cell, place in sorted(self.groups.items())],
            "constants": [[window, *(list(one) for one in each)] for window, each in sorted(self.constants.items())],
            "speaking": sorted(self.speaking.items()),
            "floors": [[*cell, share] for cell, share in sorted(self.floors.items())],
        }

    @classmethod
    def restored(cls, stored: Mapping[str, Any]) -> "Fitted":
        """Return what `stored` gave."""
        return cls(
            Shape(np.array(stored["shape"], dtype=np.float64)),
            {Cell(*row[:3]): (row[3], row[4]) for row in stored["groups"]},
            {row[0]: tuple(_constants(one) for one in row[1:]) for row in stored["constants"]},
            {int(window): int(count) for window, count in stored["speaking"]},
            {Cell(*row[:3]): row[3] for row in stored.get("floors", ())},
        )


def _constants(row: Sequence[Any]) -> Constants:
    return Constants(*row[:3], *(tuple(one) for one in row[3:]))


@dataclass(frozen=True, eq=False)
class Rows:
    """Some rows as one trait sees them: only those that any of its readings speaks of, at the places `at` of the table."""

    at: Ints
    cells: list[Cell]
    codes: Ints
    windows: Ints
    marks: Ints
    seen: tuple[Seen, ...]

    @classmethod
    def of(cls, table: Table, cells: Coded, component: Component, marks: Ints | None = None) -> "Rows":
        """Return the rows of `table` with evidence of the trait; `marks` number the creators, where rows are sampled."""
        seen = [reading.seen(table) for reading in component.readings]
        at = np.flatnonzero(np.any([one.known for one in seen], axis=0))
        windows = np.asarray(table.groups["window"], dtype=np.int64)
        marks = windows if marks is None else marks
        return cls(at, cells.cells, cells.codes[at], windows[at], marks[at], tuple(taken(one, at) for one in seen))

    def where(self, chosen: Any) -> "Rows":
        """Return some of the rows."""
        kept = np.flatnonzero(chosen)
        return Rows(
            self.at[kept], self.cells, self.codes[kept], self.windows[kept], self.marks[kept], tuple(taken(one, kept) for one in self.seen)
        )

    def groups(self, component: Component, fitted: Fitted) -> Groups:
        """Return centre and spread of the rows' groups, and what of them stands at the floor."""
        places = np.array([fitted.group(cell, component) for cell in self.cells]).reshape(-1, 2)
        groups = Groups(np.ascontiguousarray(places[:, 0]), np.ascontiguousarray(places[:, 1]), self.codes)
        if component.bottom is None:
            return groups
        return groups._replace(floor=np.array([fitted.floor(cell) for cell in self.cells]), bottom=component.bottom)

    def terms(self, component: Component, fitted: Fitted, *, at_worth: bool = False) -> Terms:
        """Return the log-likelihood of all readings together; each taken for what it is worth, or at its word."""
        size, windows = len(self.at), np.unique(self.windows).tolist()
        theta, square, decays = np.zeros(size), np.zeros(size), list[tuple[Floats, Floats]]()
        counted = component.counted([seen.known for seen in self.seen]) if at_worth else np.ones(size)
        for place, (reading, seen) in enumerate(zip(component.readings, self.seen, strict=True)):
            powers = [(np.zeros(size), np.zeros(size))] if reading.decays else []
            for window in windows:
                chosen = np.flatnonzero((self.windows == window) & seen.known)
                term = reading.terms(taken(seen, chosen), fitted.of_window(window, component)[place]).to_the(
                    counted[chosen] * (reading.worth if at_worth else 1.0)
                )
                theta[chosen] += term.theta
                square[chosen] += term.square
                for whole, own in zip(powers, term.decays, strict=True):
                    whole[0][chosen], whole[1][chosen] = own
            decays += powers
        return Terms(theta, square, tuple(decays))


def taken(seen: Seen, at: Any) -> Seen:
    """Return what some of the rows show."""
    return Seen(seen.known[at], seen.y[at], seen.size[at], tuple(one[at] for one in seen.covariates))


def pooled(own: tuple[float, float], peers: float, parent: tuple[float, float]) -> tuple[float, float]:
    """Return centre and spread of a group of so many peers that leans on its parent."""
    trust = peers / (peers + STRENGTH)
    spread = trust * own[1] ** 2 + (1.0 - trust) * parent[1] ** 2
    return trust * own[0] + (1.0 - trust) * parent[0], float(np.sqrt(spread))


def masses(weights: Floats) -> Floats:
    """Return posterior weights as whole 2^-30ths, which floats add exactly in any order."""
    return np.rint(weights * 2.0**30) * 2.0**-30

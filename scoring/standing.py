"""Where each row stands in one component, given the fit."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from scoring.cells import Coded, Rows
from scoring.components import Component
from scoring.formula import Part
from scoring.learnt import Fit
from scoring.placing import Places
from scoring.points import Voice, voice
from scoring.tables import Bools, Floats


class Standing(NamedTuple):
    """One component: the peers' centre for every row, and the rest for the known rows only.

    `shrunk` and `centre` are on the scale of points.
    """

    known: Bools
    columns: tuple[Floats, ...]
    shrunk: Floats
    centre: Floats
    z: Floats
    s: Floats

    @property
    def voice(self) -> Voice:
        """The voice of all rows; those without evidence stand at the centre and do not count."""
        spoken = voice(np.ones(len(self.z), dtype=np.bool_), self.z, self.s)
        return Voice(self.known, *(scattered(self.known, part) for part in spoken[1:]))


class Shrunk(NamedTuple):
    """The known rows' posterior of one component, and the priors of the cells; z and s count in the prior's spread."""

    known: Bools
    columns: tuple[Floats, ...]
    mean: Floats
    z: Floats
    s: Floats
    centres: Floats
    spreads: Floats


class Ground:
    """The rows that are scored and the fit that they are held against."""

    def __init__(self, rows: Rows, fit: Fit) -> None:
        self.table = rows.table
        self._rows = rows
        self._fit = fit

    def shrunk(self, part: Part) -> Shrunk:
        """Return each row's posterior in a component, on the prior's own scale."""
        component = part.component
        observed = component.observe(self.table)
        group = self.group(component)
        parameters = self._fit.priors[part.key].of(group.cells)
        centres, spreads = component.scale(parameters)
        codes, columns = group.codes[observed.known], observed.only(observed.known)
        mean, variance = component.posterior(columns, parameters[codes])
        spread = spreads[codes]
        return Shrunk(observed.known, columns, mean, (mean - centres[codes]) / spread, np.sqrt(variance) / spread, centres, spreads)

    def standing(self, part: Part) -> Standing:
        """Return where each row stands among the peers in a component."""
        shrunk, group = self.shrunk(part), self.group(part.component)
        places = Places.of(self._fit.scales[part.key].of(group.cells))
        centres = shrunk.centres + places.typical * shrunk.spreads
        rows = places.at(group.codes[shrunk.known])
        up, down = rows.normal_scores(shrunk.z + shrunk.s), rows.normal_scores(shrunk.z - shrunk.s)
        z = part.component.sign * rows.normal_scores(shrunk.z)
        return Standing(shrunk.known, shrunk.columns, shrunk.mean, centres[group.codes], z, (up - down) / 2.0)

    def voices(self, parts: Sequence[Part]) -> list[Voice]:
        """Return the voices of several components."""
        return [self.standing(part).voice for part in parts]

    def group(self, component: Component) -> Coded:
        """Return the cells of the rows as a component groups them."""
        return self._rows.group(by_tier=component.by_tier)


def scattered(known: Bools, values: Floats, *, missing: float = 0.0) -> Floats:
    """Return the known rows' values among all rows."""
    every = np.full(len(known), missing)
    every[known] = values
    return every

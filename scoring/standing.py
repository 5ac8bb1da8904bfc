"""Where each row stands in one component, given the fit."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from scoring.cells import Coded, coded
from scoring.components import Component
from scoring.fit import Fit
from scoring.formula import Part
from scoring.points import Voice, voice
from scoring.tables import Bools, Floats, Table


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


class Ground:
    """The rows that are scored and the fit that they are held against."""

    def __init__(self, table: Table, fit: Fit) -> None:
        self.table = table
        self._fit = fit
        self._groups: dict[bool, Coded] = {}

    def standing(self, part: Part) -> Standing:
        """Return where each row stands in a component."""
        component = part.component
        observed = component.observe(self.table)
        group = self._group(component)
        parameters = self._fit.priors[part.key].of(group.cells)
        centres, spreads = component.scale(parameters)
        codes, columns = group.codes[observed.known], observed.only(observed.known)
        shrunk, variance = component.posterior(columns, parameters[codes])
        spread = spreads[codes]
        z = component.sign * (shrunk - centres[codes]) / spread
        return Standing(observed.known, columns, shrunk, centres[group.codes], z, np.sqrt(variance) / spread)

    def voices(self, parts: Sequence[Part]) -> list[Voice]:
        """Return the voices of several components."""
        return [self.standing(part).voice for part in parts]

    def _group(self, component: Component) -> Coded:
        if component.by_tier not in self._groups:
            self._groups[component.by_tier] = coded(self.table, by_tier=component.by_tier)
        return self._groups[component.by_tier]


def scattered(known: Bools, values: Floats, *, missing: float = 0.0) -> Floats:
    """Return the known rows' values among all rows."""
    every = np.full(len(known), missing)
    every[known] = values
    return every

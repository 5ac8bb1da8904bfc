"""The rows that are scored and the fit that they are held against: where each row stands in each component."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np

from scoring.cells import Coded, cells
from scoring.formula import Part, parts
from scoring.indicator import Indicator
from scoring.learnt import Fit
from scoring.points import EVEN, Voice, silent
from scoring.tables import Bools, Facts, Floats, Table, checked
from scoring.traits.fitted import Fitted, Rows
from scoring.traits.posterior import Posterior, posterior


class Standing(NamedTuple):
    """One component: the rows with evidence, what is known of them, and their posterior."""

    known: Bools
    rows: Rows
    posterior: Posterior


class Ground:
    """Checked rows beside a fit; each component is worked out once."""

    def __init__(self, table: Table, fit: Fit) -> None:
        self.table = table
        self.fit = fit
        self._standings: dict[str, Standing] = {}

    @cached_property
    def cells(self) -> Coded:
        """The group of peers of every row."""
        return cells(self.table)

    def fitted(self, part: Part) -> Fitted:
        """Return what was learnt of a component."""
        return self.fit.fitted(part.key)

    def standing(self, part: Part) -> Standing:
        """Return where each row stands among the peers in a component, not yet turned by its direction."""
        if part.key not in self._standings:
            self._standings[part.key] = self._standing(part)
        return self._standings[part.key]

    def _standing(self, part: Part) -> Standing:
        component, fitted = part.component, self.fitted(part)
        rows = Rows.of(self.table, self.cells, component)
        known = np.zeros(self.table.rows, dtype=np.bool_)
        known[rows.at] = True
        return Standing(known, rows, posterior(rows.terms(component, fitted, at_worth=True), rows.groups(component, fitted), fitted.shape))

    def voices(self, indicator: Indicator) -> list[Voice]:
        """Return the voices of an indicator's components; one without evidence is any peer."""
        found = parts(indicator)
        weights = self.weights([part.component.weight for part in found], [self.fitted(part).speaking for part in found])
        return [self._voice(part, weight) for part, weight in zip(found, weights, strict=True)]

    def _voice(self, part: Part, weight: Floats) -> Voice:
        standing = self.standing(part)
        known, found = standing.known, standing.posterior
        place, low, high = found.place, found.low, found.high
        if part.component.better == "lower":
            place, low, high = 1.0 - place, 1.0 - high, 1.0 - low
        return Voice(
            known,
            silent(known, place, 0.5),
            silent(known, found.place_variance, EVEN),
            silent(known, low, 0.05),
            silent(known, high, 0.95),
            weight,
        )

    def weights(self, declared: Sequence[float], speaking: Sequence[Mapping[int, int]]) -> list[Floats]:
        """Return each part's weight row by row: of parts that no peer of the window has evidence for, the others take it over."""
        windows = np.asarray(self.table.groups["window"], dtype=np.int64)
        found = np.zeros((len(declared), self.table.rows))
        for window in np.unique(windows).tolist():
            heard = np.array([one.get(window, 0) > 0 for one in speaking])
            own = np.array(declared) * (heard if (heard * np.array(declared)).any() else 1.0)
            found[:, windows == window] = (own / own.sum())[:, np.newaxis]
        return list(found)

    def spread(self, name: str, weights: Sequence[Floats]) -> Floats:
        """Return how a blend varies among peers, row by row; where nothing was learnt, as independent parts do."""
        windows = np.asarray(self.table.groups["window"], dtype=np.int64)
        learnt = self.fit.blends.get(name, {})
        apart = np.sum([weight * weight for weight in weights], axis=0) * EVEN
        found = np.array([learnt.get(window, np.nan) for window in windows.tolist()])
        return np.where(np.isnan(found), apart, found)


def ground(facts: Facts, fit: Fit) -> Ground:
    """Return the checked rows beside the fit; raises `FactsError` where a fact breaks a rule."""
    return Ground(checked(facts, fit.formula.facts, signed=fit.formula.signed), fit)

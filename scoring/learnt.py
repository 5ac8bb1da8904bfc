"""What all creators share, learnt from sums that add up from parts."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, cast

import numpy as np

from scoring.cells import Cell, Coded, Rows
from scoring.components import Component
from scoring.errors import FitError
from scoring.exact import exact_sums
from scoring.formula import FORMULA, Formula
from scoring.placing import AS_DECLARED, placement
from scoring.pooling import Pooled, Sums
from scoring.tables import Bools, Facts, Floats, checked


@dataclass(frozen=True)
class Fit:
    """What all creators share: sums by component and group, as whole numbers of 2^-50.

    The first pass (`learn`) leaves `sums`, from which the priors follow; the second (`place`) adds `places`: where the
    peers' true values really lie on the prior's scale, so that 50 points are the typical peer though no prior is exact.
    """

    sums: Mapping[str, Sums]
    places: Mapping[str, Sums] = field(default_factory=dict[str, Sums])
    formula: Formula = FORMULA

    @cached_property
    def priors(self) -> Mapping[str, Pooled]:
        """The prior of every component, by its key."""
        parts = {part.key: part.component for part in self.formula.parts()}
        return {key: Pooled(one.declared, self.sums.get(key, {}), one.estimate) for key, one in parts.items()}

    @cached_property
    def scales(self) -> Mapping[str, Pooled]:
        """Shift, width and skew of the peers' true values on every component's scale, by its key."""
        return {part.key: Pooled(AS_DECLARED, self.places.get(part.key, {}), placement) for part in self.formula.parts()}

    def merge(self, other: "Fit") -> "Fit":
        """Return the fit of both parts' rows, the same to the last bit as that of all rows in one pass.

        First passes add up; second passes add up where both stand on the same first one.
        """
        if other.formula.version != self.formula.version:
            raise FitError(f"fits of formulas {self.formula.version} and {other.formula.version} do not add up; fit both anew")
        if not self.places and not other.places:
            return Fit(_joined(self.sums, other.sums), formula=self.formula)
        if self.sums != other.sums:
            raise FitError("two placed fits of different first passes do not add up; merge what learn returns, then place")
        return Fit(self.sums, _joined(self.places, other.places), self.formula)

    def to_json(self) -> str:
        """Return the fit as JSON, the same text for equal fits."""
        stored = {"formula": self.formula.version, "sums": _rows(self.sums), "places": _rows(self.places)}
        return json.dumps(stored, separators=(",", ":"), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str, *, formula: Formula = FORMULA) -> "Fit":
        """Return the fit that `to_json` wrote; refuses one of another formula, whose sums mean something else."""
        try:
            stored = cast("dict[str, Any]", json.loads(text))
            version, sums, places = stored["formula"], stored["sums"], stored["places"]
        except (ValueError, KeyError, TypeError) as error:
            raise FitError(f"not a stored fit ({error!r}); give the text that to_json wrote") from error
        if version != formula.version:
            raise FitError(f"the fit is of formula {version}, this is {formula.version}; score anew, or use the version that made it")
        return cls(_cells(sums), _cells(places), formula)


def learn(facts: Facts, *, formula: Formula = FORMULA) -> Fit:
    """Return the first pass over `facts`; raises `FactsError` where a fact breaks a rule."""
    return learnt(Rows(checked(facts, formula.facts, signed=formula.signed)), formula)


def learnt(rows: Rows, formula: Formula) -> Fit:
    """Return the first pass over checked rows."""
    return Fit({part.key: _sums(part.component, rows) for part in formula.parts()}, formula=formula)


def summed(summands: Sequence[Floats], known: Bools, group: Coded) -> Sums:
    """Return the sums of known rows' summands by cell, only of cells with such rows."""
    codes = group.codes[known]
    columns = [exact_sums(summand, codes, len(group.cells)) for summand in summands]
    seen = np.bincount(codes, minlength=len(group.cells))
    rows = zip(group.cells, seen.tolist(), zip(*columns, strict=True), strict=True)
    return {cell: own for cell, count, own in rows if count}


def _sums(component: Component, rows: Rows) -> Sums:
    observed = component.observe(rows.table)
    return summed(component.summands(observed.only(observed.known)), observed.known, rows.group(by_tier=component.by_tier))


def _joined(one: Mapping[str, Sums], other: Mapping[str, Sums]) -> dict[str, Sums]:
    return {key: _added(one.get(key, {}), other.get(key, {})) for key in sorted(set(one) | set(other))}


def _added(one: Sums, other: Sums) -> Sums:
    total = dict(one)
    for cell, own in other.items():
        held = total.get(cell)
        total[cell] = own if held is None else tuple(a + b for a, b in zip(held, own, strict=True))
    return total


def _rows(sums: Mapping[str, Sums]) -> dict[str, list[list[Any]]]:
    return {key: [[*cell, *own] for cell, own in sorted(by_cell.items())] for key, by_cell in sorted(sums.items())}


def _cells(stored: dict[str, list[list[Any]]]) -> dict[str, Sums]:
    width = len(Cell._fields)
    return {key: {Cell(*row[:width]): tuple(row[width:]) for row in rows} for key, rows in stored.items()}

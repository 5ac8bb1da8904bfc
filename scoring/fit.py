"""The first phase: what all creators share, learnt from sums that add up from parts."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast

import numpy as np

from scoring.cells import Cell, Coded, coded
from scoring.components import Component
from scoring.errors import FitError
from scoring.exact import exact_sums
from scoring.formula import FORMULA, Formula
from scoring.pooling import Priors, Sums
from scoring.tables import Facts, Table, checked


@dataclass(frozen=True)
class Fit:
    """Sums by component and group, as whole numbers of 2^-50; the priors follow from them."""

    sums: Mapping[str, Sums]
    formula: Formula = FORMULA

    @cached_property
    def priors(self) -> Mapping[str, Priors]:
        """The prior of every component, by its key."""
        return {part.key: Priors(part.component, self.sums.get(part.key, {})) for part in self.formula.parts()}

    def merge(self, other: "Fit") -> "Fit":
        """Return the fit of both parts' rows: the same to the last bit as one fit of all rows."""
        if other.formula.version != self.formula.version:
            raise FitError(f"fits of formulas {self.formula.version} and {other.formula.version} do not add up; fit both anew")
        keys = sorted(set(self.sums) | set(other.sums))
        return Fit({key: _added(self.sums.get(key, {}), other.sums.get(key, {})) for key in keys}, self.formula)

    def to_json(self) -> str:
        """Return the fit as JSON, the same text for equal fits."""
        sums = {key: [[*cell, *own] for cell, own in sorted(by_cell.items())] for key, by_cell in sorted(self.sums.items())}
        return json.dumps({"formula": self.formula.version, "sums": sums}, separators=(",", ":"), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str, *, formula: Formula = FORMULA) -> "Fit":
        """Return the fit that `to_json` wrote; refuses one of another formula, whose sums mean something else."""
        try:
            stored = cast("dict[str, Any]", json.loads(text))
            version, sums = stored["formula"], stored["sums"]
        except (ValueError, KeyError, TypeError) as error:
            raise FitError(f"not a stored fit ({error!r}); give the text that to_json wrote") from error
        if version != formula.version:
            raise FitError(f"the fit is of formula {version}, this is {formula.version}; score anew, or use the version that made it")
        width = len(Cell._fields)
        return cls({key: {Cell(*row[:width]): tuple(row[width:]) for row in rows} for key, rows in sums.items()}, formula)


def fit(facts: Facts, *, formula: Formula = FORMULA) -> Fit:
    """Return what the creators in `facts` share; raises `FactsError` where a fact breaks a rule.

    Independent of the order of rows; fits of parts add up by `merge` to the fit of the whole.
    """
    table = checked(facts, formula.facts, signed=formula.signed)
    groups = {by_tier: coded(table, by_tier=by_tier) for by_tier in (False, True)}
    return Fit({part.key: _sums(part.component, table, groups[part.component.by_tier]) for part in formula.parts()}, formula)


def _sums(component: Component, table: Table, group: Coded) -> Sums:
    observed = component.observe(table)
    codes = group.codes[observed.known]
    columns = [exact_sums(summand, codes, len(group.cells)) for summand in component.summands(observed.only(observed.known))]
    seen = np.bincount(codes, minlength=len(group.cells))
    rows = zip(group.cells, seen.tolist(), zip(*columns, strict=True), strict=True)
    return {cell: own for cell, count, own in rows if count}


def _added(one: Sums, other: Sums) -> Sums:
    total = dict(one)
    for cell, own in other.items():
        held = total.get(cell)
        total[cell] = own if held is None else tuple(a + b for a, b in zip(held, own, strict=True))
    return total

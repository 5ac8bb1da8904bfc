"""The first phase: learn what all creators share, then place them on it."""

from scoring.cells import Rows
from scoring.formula import FORMULA, Formula, Part
from scoring.learnt import Fit, learnt, summed
from scoring.placing import place_summands
from scoring.pooling import Sums
from scoring.standing import Ground
from scoring.tables import Facts, checked


def fit(facts: Facts, *, formula: Formula = FORMULA) -> Fit:
    """Return what the creators in `facts` share, whatever the order of rows; raises `FactsError` where a fact breaks a rule.

    In parts: `learn` each part, merge; `place` each part on the merged fit, merge again.
    """
    rows = Rows(checked(facts, formula.facts, signed=formula.signed))
    return _placed(rows, learnt(rows, formula))


def place(facts: Facts, fit: Fit) -> Fit:
    """Return the second pass over `facts`, on the priors of a first pass over all of them."""
    return _placed(Rows(checked(facts, fit.formula.facts, signed=fit.formula.signed)), fit)


def _placed(rows: Rows, fit: Fit) -> Fit:
    ground = Ground(rows, fit)
    return Fit(fit.sums, {part.key: _places(ground, part) for part in fit.formula.parts()}, fit.formula)


def _places(ground: Ground, part: Part) -> Sums:
    shrunk = ground.shrunk(part)
    return summed(place_summands(shrunk.z, shrunk.s), shrunk.known, ground.group(part.component))

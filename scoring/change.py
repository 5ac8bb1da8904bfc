"""Why a score changed from one run to the next: the creator's own facts, the peers, and the formula, exactly."""

from dataclasses import dataclass

from scoring.errors import FactsError
from scoring.explanation import Contribution, Explanation, explain
from scoring.learnt import Fit
from scoring.tables import Facts


@dataclass(frozen=True)
class Rating:
    """One creator's score in one run: the stored value, a row of facts, and the run's fit (None where of another formula)."""

    value: float | None
    facts: Facts
    fit: Fit | None


@dataclass(frozen=True, slots=True)
class ComponentChange:
    """What one component adds to the change, in points. `before` and `after` are None where it did not exist."""

    name: str
    facts: float
    peers: float
    before: Contribution | None
    after: Contribution | None


@dataclass(frozen=True, slots=True)
class Change:
    """A change taken apart: `before + formula + facts + peers` is `after`, exactly.

    `facts` and `peers` are the sums of the components'. Where the formula changed, `formula` holds the change of peers
    too; where old facts do not suffice for the new formula it is all of the change, and there are no components.
    """

    before: float
    after: float
    formula: float
    facts: float
    peers: float
    components: tuple[ComponentChange, ...]


def change(before: Rating, after: Rating, indicator: str) -> Change | None:
    """Return the change of a score; None where either run has no value, or the later one's formula is not ours.

    Re-scored step by step: old facts and old fit, new facts and old fit, new facts and new fit.
    """
    if before.value is None or after.value is None or after.fit is None:
        return None
    last = _explained(after.facts, after.fit, indicator)
    if last is None:
        return None
    if before.fit is None:
        return _of_formula(before, after, last, indicator)
    first = _explained(before.facts, before.fit, indicator)
    if first is None or first.value is None or last.value is None:
        return None
    between = _explained(after.facts, before.fit, indicator)
    steps = (first, last if between is None or between.value is None else between, last)
    return _change(before.value, 0.0, steps)


def _of_formula(before: Rating, after: Rating, last: Explanation, indicator: str) -> Change | None:
    if before.value is None or after.value is None or after.fit is None:
        return None
    anew = _explained(before.facts, after.fit, indicator)
    if anew is None or anew.value is None or last.value is None:
        return Change(before.value, after.value, after.value - before.value, 0.0, 0.0, ())
    return _change(before.value, anew.value - before.value, (anew, last, last))


def _explained(facts: Facts, fit: Fit, indicator: str) -> Explanation | None:
    """Return the explanation of a row; None where it lacks a fact that the formula reads."""
    try:
        (found,) = explain(facts, fit, indicator)
    except FactsError:
        return None
    return found


def _change(before: float, formula: float, steps: tuple[Explanation, Explanation, Explanation]) -> Change:
    components = _components(steps)
    facts, peers = sum(each.facts for each in components), sum(each.peers for each in components)
    return Change(before, before + formula + facts + peers, formula, facts, peers, components)


def _components(steps: tuple[Explanation, Explanation, Explanation]) -> tuple[ComponentChange, ...]:
    """Return the components of any step; one that a step does not have adds nothing there."""
    first, between, last = ({each.name: each for each in one.components} for one in steps)
    names = dict.fromkeys([*last, *between, *first])
    return tuple(
        ComponentChange(
            name,
            facts=_points(between.get(name)) - _points(first.get(name)),
            peers=_points(last.get(name)) - _points(between.get(name)),
            before=first.get(name),
            after=last.get(name),
        )
        for name in names
    )


def _points(component: Contribution | None) -> float:
    return 0.0 if component is None else component.contribution

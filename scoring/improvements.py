"""What would raise a score: the scenarios, each re-scored by the code that made the score."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from scoring.apply import apply
from scoring.errors import ScoringError
from scoring.learnt import Fit
from scoring.scenarios import SCENARIOS, Fill, Grow, Lower, Scenario, Step
from scoring.tables import GROUP_COLUMNS, Facts

DAYS_A_WEEK: Final = 7.0
WEEKS: Final = "weeks"
NAMES_A_ROW: Final = frozenset({"creator", *GROUP_COLUMNS})

Row = dict[str, float]


@dataclass(frozen=True, slots=True)
class Shift:
    """A fact as it is, and as it would be."""

    name: str
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Improvement:
    """A scenario and the score that would follow, with its 90 % interval; `gain` is None where there is no score yet."""

    scenario: Scenario
    value: float
    low: float
    high: float
    gain: float | None
    shifts: tuple[Shift, ...]


def improvements(facts: Facts, fit: Fit, indicator: str) -> list[Improvement]:
    """Return the scenarios that would raise a creator's score (one row), the largest gain first; those that would not are left out."""
    row = {name: float(column[0]) for name, column in facts.items() if name not in NAMES_A_ROW}
    changed = [(one, found) for one in SCENARIOS if (found := _changed(one, row, int(facts["window"][0])))]
    scores = apply(_table(facts, [row, *(found for _, found in changed)]), fit)
    if indicator not in scores.names:
        raise ScoringError(f"no indicator {indicator}; there are {', '.join(scores.names)}; name one of them")
    place = scores.names.index(indicator)
    values, lows, highs = (column[:, place].tolist() for column in (scores.value, scores.low, scores.high))
    found = [
        Improvement(one, value, low, high, None if np.isnan(values[0]) else value - values[0], _shifts(row, after))
        for (one, after), value, low, high in zip(changed, values[1:], lows[1:], highs[1:], strict=True)
        if value > (-np.inf if np.isnan(values[0]) else values[0])
    ]
    return sorted(found, key=lambda each: (-each.value, each.scenario.name))


def _table(facts: Facts, rows: list[Row]) -> Facts:
    """Return rows under the groups of the one row in `facts`."""
    columns: dict[str, Any] = {name: np.repeat(column, len(rows)) for name, column in facts.items()}
    return columns | {name: np.array([row[name] for row in rows]) for name in rows[0]}


def _changed(scenario: Scenario, row: Row, window: int) -> Row | None:
    """Return the facts that would follow; None where the scenario changes nothing that is known of the creator."""
    weeks = row[WEEKS] if row.get(WEEKS, 0.0) > 0 else window / DAYS_A_WEEK
    after = dict(row)
    for step in scenario.steps:
        if step.column in row:
            after[step.column] = _stepped(step, after, weeks)
    known = {name: value for name, value in after.items() if not np.isnan(value)}
    return None if all(value == row[name] for name, value in known.items()) else row | known


def _stepped(step: Step, row: Row, weeks: float) -> float:
    """Return what a step makes of its column; what is unknown stays so."""
    match step:
        case Grow():
            return row[step.column] + step.by * (weeks if step.weekly else 1.0)
        case Lower():
            return row[step.column] - step.by
        case Fill():
            return row.get(step.most, np.nan)


def _shifts(before: Row, after: Row) -> tuple[Shift, ...]:
    names = [name for name in sorted(before) if after[name] != before[name] and not np.isnan(after[name])]
    return tuple(Shift(name, before[name], after[name]) for name in names)

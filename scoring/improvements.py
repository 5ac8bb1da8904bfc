"""What would raise a score: the scenarios, each re-scored by the code that made the score."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from scoring.apply import apply
from scoring.errors import ScoringError
from scoring.learnt import Fit
from scoring.scenarios import SCENARIOS, Even, Fill, Follow, Grow, Join, Scenario, Spread, Step
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
        Improvement(one, value, low, high, None if np.isnan(values[0]) else value - values[0], _shifts(one, row, after))
        for (one, after), value, low, high in zip(changed, values[1:], lows[1:], highs[1:], strict=True)
        if value > (-np.inf if np.isnan(values[0]) else values[0])
    ]
    return sorted(found, key=lambda each: (-each.value, each.scenario.name))


def _table(facts: Facts, rows: list[Row]) -> Facts:
    """Return rows under the groups of the one row in `facts`."""
    columns: dict[str, Any] = {name: np.repeat(column, len(rows)) for name, column in facts.items()}
    return columns | {name: np.array([row[name] for row in rows]) for name in rows[0]}


def _changed(scenario: Scenario, row: Row, window: int) -> Row | None:
    """Return the facts that would follow; None where the scenario means nothing to the creator, or changes nothing."""
    if not all(row[name] > 0 for name in scenario.needs if name in row):
        return None
    weeks = row[WEEKS] if row.get(WEEKS, 0.0) > 0 else window / DAYS_A_WEEK
    after = dict(row)
    for step in _ordered(scenario.steps):
        after |= {name: value for name, value in _stepped(step, after, weeks, row).items() if name in row}
    known = {name: value for name, value in after.items() if not np.isnan(value)}
    return None if all(value == row[name] for name, value in known.items()) else row | known


def _ordered(steps: tuple[Step, ...]) -> list[Step]:
    """Return what follows after what it follows."""
    return sorted(steps, key=lambda step: isinstance(step, Follow))


def _stepped(step: Step, row: Row, weeks: float, before: Row) -> Mapping[str, float]:
    """Return the columns that a step changes; what is unknown stays so."""
    match step:
        case Grow():
            grown = row.get(step.column, np.nan) + step.by * (weeks if step.weekly else 1.0)
            return {step.column: _at_most(grown, row, step.most)}
        case Even():
            return {step.column: row.get(step.column, np.nan) * step.times}
        case Fill():
            return {step.column: row.get(step.most, np.nan)}
        case Join():
            return _joined(step, row)
        case Spread():
            return _spread(step, row)
        case Follow():
            ratio = row[step.of] / before[step.of] if before.get(step.of, 0.0) > 0 else 1.0
            return {name: row.get(name, np.nan) * ratio for name in step.columns}


def _count(row: Row, name: str) -> float:
    return float(np.nan_to_num(row.get(name, 0.0)))


def _at_most(value: float, row: Row, most: str) -> float:
    return value if not most or np.isnan(row.get(most, np.nan)) else min(value, row[most])


def _joined(step: Join, row: Row) -> Mapping[str, float]:
    """Return mean and sample variance of old and new values together."""
    old, mean, variance = _count(row, step.counted), _count(row, step.mean), _count(row, step.variance)
    total = old + step.count
    joined = (old * mean + step.count * step.value) / total
    squares = max(old - 1.0, 0.0) * variance + old * step.count / total * (mean - step.value) ** 2
    return {step.mean: joined, step.variance: squares / (total - 1.0) if total > 1 else np.nan}


def _spread(step: Spread, row: Row) -> Mapping[str, float]:
    """Return the entropy with one more piece, of a kind of its own: H' = n/(n+1) · H + h(1/(n+1))."""
    many, entropy = _count(row, step.counted), _count(row, step.column)
    total = many + 1.0
    own = np.log(total) / total + (many / total * np.log(total / many) if many > 0 else 0.0)
    return {step.column: many / total * entropy + float(own)}


def _shifts(scenario: Scenario, before: Row, after: Row) -> tuple[Shift, ...]:
    """Return what the creator would change, without what follows from it."""
    follows = {name for step in scenario.steps if isinstance(step, Follow) for name in step.columns}
    names = [name for name in sorted(before) if name not in follows and after[name] != before[name] and not np.isnan(after[name])]
    return tuple(Shift(name, before[name], after[name]) for name in names)

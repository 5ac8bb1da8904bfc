"""How many points an event moved a score: the score as it is, less what it would be without the event."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from scoring.apply import apply
from scoring.change import Rating
from scoring.effects.events import Event, EventKind, Rows
from scoring.effects.without import Rules, facts_without
from scoring.errors import ScoringError
from scoring.facts import SOLVED, Period
from scoring.facts.events.arrow import Tables
from scoring.learnt import Fit
from scoring.tables import Facts

MOST: Final = 200
FEWEST: Final = 20
ROWS: Final = 100_000
"""Of each kind so many of the newest events are left out one by one, but for creators with so many that their rows, copied as often,
were more than these. One of hundreds moves little, and an older one no more."""


@dataclass(frozen=True, slots=True)
class Effect:
    """An event and the points that it adds to the score, or takes from it; None where there would be no score without it."""

    event: Event
    points: float | None


@dataclass(frozen=True, slots=True)
class Scored:
    """One creator's score: a row of the run's facts, the run's fit, and the event tables that the creator's facts were made of.

    `held` are facts that stay as they are whatever is left out, since the reader may not see what they tell.
    """

    facts: Facts
    fit: Fit
    indicator: str
    tables: Tables
    period: Period
    held: frozenset[str] = frozenset()
    check: Callable[[], None] = lambda: None
    """Called between steps; what it raises ends the work."""

    def without(self, left_out: Sequence[Rows]) -> list[float | None]:
        """Return the score as it is, then without each of `left_out`; None where there is none."""
        return self._values(self._facts(left_out))

    def rating_without(self, rows: Rows) -> Rating:
        """Return the score without these rows, with the facts that are left."""
        facts = {name: column[1:] for name, column in self._facts([rows]).items()}
        return Rating(self._values(facts)[0], facts, self.fit)

    def _facts(self, left_out: Sequence[Rows]) -> Facts:
        formula = self.fit.formula
        if self.indicator not in formula.names:
            raise ScoringError(f"no indicator {self.indicator}; there are {', '.join(formula.names)}; name one of them")
        solve = bool((self._read - self.held) & {column.name for column in SOLVED})
        return facts_without(self.facts, self.tables, self.period, left_out, Rules(formula.signed, self.held, solve, self.check))

    def _values(self, facts: Facts) -> list[float | None]:
        scores = apply(facts, self.fit)
        column: list[float] = scores.value[:, scores.names.index(self.indicator)].tolist()
        return [None if np.isnan(value) else value for value in column]

    @property
    def rows(self) -> int:
        """Rows of all event tables."""
        return sum(int(table.num_rows) for table in self.tables.values())

    @property
    def _read(self) -> frozenset[str]:
        formula = self.fit.formula
        own = [one.facts for one in formula.indicators if self.indicator in (one.name, formula.blend.name)]
        return frozenset[str]().union(*own)


def effects(scored: Scored, found: Sequence[Event]) -> list[Effect]:
    """Return what each event moved, the most first; those that moved nothing are left out, as are all without a score.

    Events move a score together, so their points do not add up to it.
    """
    most = min(MOST, max(FEWEST, ROWS // max(1, scored.rows)))
    chosen = [event for kind in EventKind for event in _newest(found, kind)[:most]]
    whole, *others = scored.without([event.rows for event in chosen])
    if whole is None:
        return []
    moved = [Effect(event, None if value is None else whole - value) for event, value in zip(chosen, others, strict=True) if value != whole]
    return sorted(moved, key=lambda each: (-np.inf if each.points is None else -abs(each.points), each.event.kind, each.event.id))


def _newest(found: Sequence[Event], kind: EventKind) -> list[Event]:
    own = [event for event in found if event.kind is kind]
    return sorted(own, key=lambda event: (-(event.at or 0), event.id))

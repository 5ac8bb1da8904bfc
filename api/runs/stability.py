"""Whether a run's inputs and scores lie as the current run's do, and whether it is to wait for somebody to look."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from numpy.typing import NDArray

from api.runs.scorecards import Scored
from graph.runs import ALL, KeptProfile
from scoring.drift import Profile, Stability, profile, stability

INPUT, SCORE = "INPUT", "SCORE"
SHOWN: Final = 5


@dataclass(frozen=True, slots=True)
class Drift:
    """How a run lies against the one before: one line a column, the most moved first; and the limit, 0 where nothing waits."""

    columns: tuple[Stability, ...]
    limit: float

    @property
    def drifted(self) -> list[Stability]:
        """The columns that have drifted."""
        return [each for each in self.columns if each.drifted]

    @property
    def properties(self) -> dict[str, object]:
        """It as properties of the run's node; lists have one place for each column."""
        kinds, names = zip(*(each.name.split(":", 1) for each in self.columns), strict=True) if self.columns else ((), ())
        return {
            "driftKinds": list(kinds),
            "driftNames": list(names),
            "driftIndexes": [each.index for each in self.columns],
            "drifted": [each.drifted for each in self.columns],
            "driftLimit": self.limit,
        }


def drift(result: Scored, before: KeptProfile | None, *, limit: float) -> Drift:
    """Return how inputs and scores of creators over everything, in the longest window, lie against the current run's.

    Scores of another formula are no measure of drift and left out; so is all before the first run.
    """
    if before is None:
        return Drift((), limit)
    columns = columns_of(result)
    if before.formula_version != result.fit.formula.version:
        columns = {name: column for name, column in columns.items() if name.startswith(f"{INPUT}:")}
    # 0 stands for no limit: then nothing counts as drifted.
    return Drift(tuple(stability(Profile.from_json(before.text), columns, limit=limit or float("inf"))), limit)


def profile_of(result: Scored) -> str:
    """Return what a run keeps for the next one, as text."""
    return profile(columns_of(result)).to_json()


def columns_of(result: Scored) -> Mapping[str, NDArray[Any]]:
    """Return facts and scores of creators over everything in the longest window, one column each."""
    cards = result.cards
    rows = (cards.category == ALL) & (cards.window == cards.window.max(initial=0))
    inputs = {f"{INPUT}:{name}": cards.facts[rows, at] for at, name in enumerate(result.fact_names)}
    return inputs | {f"{SCORE}:{name}": cards.value[rows, at] for at, name in enumerate(result.names)}


def described(indexes: Mapping[str, float]) -> str:
    """Return the most moved columns in words."""
    shown = [f"{name.split(':', 1)[1]} ({index:.2f})" for name, index in list(indexes.items())[:SHOWN]]
    rest = len(indexes) - len(shown)
    return ", ".join(shown) + (f" and {rest} more" if rest else "")

"""Scores are read as columns of a scorecard, each once; Python makes maps of them.

As maps in the query, with a condition for each value, scores were most of what the database had to plan where a client asks for them all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from graph.exactness import number_or_none
from graph.plans.parts import Finish, Finishing

ALIGNED: Final = {
    "low": "lows",
    "high": "highs",
    "percentile": "percentiles",
    "expectedRank": "expectedRanks",
    "rankLow": "rankLows",
    "rankHigh": "rankHighs",
    "level": "levels",
    "levelCount": "levelCounts",
}
"""Lists in the order of the indicators, where NaN or 0 stands for null: so they say nothing just where there is no value."""

EMPTY_IS_NULL: Final = {"rank": "ranks", "reason": "reasons", "basis": "bases"}
"""Lists where 0 or an empty text stands for null."""


@dataclass(slots=True)
class Columns:
    """What a query returns of one scorecard, for one indicator or `every` one.

    Methods return the Python expression that finds what they add in `value`, the row of columns.
    """

    card: str
    every: tuple[str, ...] = ()
    expressions: list[str] = field(default_factory=list[str])
    lengths: dict[int, int] = field(default_factory=dict[int, int])

    def whole(self, expression: str) -> str:
        """Add what is the same for every indicator."""
        return f"value[{self._place(expression)}]"

    def score(self, indicator: str) -> str:
        """Add the score itself."""
        if not self.every:
            return self.whole(f"{self.card}.{indicator}")
        scores = ", ".join(f"{self.card}.{each}" for each in self.every)
        return f"{self.whole(f'[{scores}]')}[{self.every.index(indicator)}]"

    def item(self, name: str, place: int) -> str:
        """Add an item of a list that the card holds."""
        if not self.every:
            return self.whole(f"{self.card}.{name}[{place}]")
        column = self._place(f"{self.card}.{name}")
        self.lengths[column] = max(self.lengths.get(column, 0), place + 1)
        return f"value[{column}][{place}]"

    def known(self, name: str, indicator: str, place: int) -> str:
        """Add what makes a field of a score."""
        value = self.score(indicator)
        if name == "value":
            return value
        if name in ALIGNED:
            return f"None if {value} is None else {self.item(ALIGNED[name], place)}"
        if name in EMPTY_IS_NULL:
            return f"{self.item(EMPTY_IS_NULL[name], place)} or None"
        match name:
            case "evidence":
                return f"{self.item('evidence', place)} or 0"
            case "peers":
                return self.item("scored", place)
            case "previous":
                return f"number_or_none({self.item('previous', place)})"
            case "expectedPercentile":
                ranks, scored = self.item("expectedRanks", place), self.item("scored", place)
                return f"None if {value} is None else expected_percentile({ranks}, {scored})"
            case _:
                raise LookupError(f"a score has no {name}")

    def text(self) -> str:
        """Return the expression of the row."""
        return f"[{', '.join(self.expressions)}]"

    def filled(self, value: Sequence[Any]) -> list[Any]:
        """Return a row whose lists are as long as they are read, where the database tells nothing of what lies beyond an end."""
        row = list(value)
        for place, length in self.lengths.items():
            items: list[Any] = row[place] or []
            row[place] = items + [None] * (length - len(items))
        return row

    def _place(self, expression: str) -> int:
        if expression not in self.expressions:
            self.expressions.append(expression)
        return self.expressions.index(expression)


def expected_percentile(rank: float | None, scored: int | None) -> float | None:
    """Return the percentile of an expected rank among so many."""
    return None if rank is None or not scored else 100.0 * (1.0 - (rank - 0.5) / scored)


FUNCTIONS: Final[Mapping[str, Callable[..., Any]]] = {"number_or_none": number_or_none, "expected_percentile": expected_percentile}


def made(entries: Mapping[str, str]) -> Finish:
    """Return what makes a map of a row; `entries` are the Python expressions of `Columns` by key."""
    # Written out as one function, as in `parts`: keys are names of GraphQL's, and expressions come from here alone.
    whole = ", ".join(f"{key!r}: {expression}" for key, expression in entries.items())
    return eval(f"lambda value, finishing: None if value is None else {{{whole}}}", dict[str, Any](FUNCTIONS))


def listed(columns: Columns, finishes: Sequence[Finish]) -> Finish:
    """Return what makes a list of maps of one row, which has no columns where all is known without; empty where there is none."""

    def finish(value: Any, finishing: Finishing) -> Any:
        if value is None:
            return []
        row = columns.filled(value)
        return [each(row, finishing) for each in finishes]

    return finish

"""The one type that a column's values have in a format that knows one for each: widened where nothing is lost, else an error.

Nothing is left to a library's own checks: some cut fractions off in silence.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from graph.exactness import EXACT
from graph.queries.arrow_types import NANOSECONDS, SIMPLE, flat
from graph.queries.columns import ANY, Typing, item, joined, public
from graph.queries.errors import Mixed

FINE_YEARS: Final = range(1678, 2262)
"""Years whose nanoseconds can be counted in 64 bits."""

AS_ISO: Final = frozenset({"DURATION", "LOCAL TIME", "ZONED TIME"})


class Widening:
    """One column: its type so far, and which rows stand in the way of a wider one."""

    def __init__(self, typing: Typing, place: int) -> None:
        """Follow a column of an answer whose rows `typing` sees."""
        self.name, self._typing, self._place = typing.names[place], typing, place
        self.kind = joined(())
        self._large = self._fine = self._far = 0

    @property
    def fine(self) -> bool:
        """Whether date-times have to be counted in nanoseconds."""
        return self._fine > 0

    def see(self, values: Sequence[Any], *, before: int) -> None:
        """Take the column's next values into account, which follow `before` rows; `Mixed` where no one type holds all."""
        self.kind = self._joined()
        kind = item(self.kind) if self.kind.startswith("LIST<") else self.kind
        if kind in ("INTEGER", "FLOAT"):
            large = (place for place, each in flat(values) if isinstance(each, int) and abs(each) > EXACT)
            self._large = self._large or _row(large, before)
            self._refuse_rounding(kind)
        elif kind in NANOSECONDS:
            self._fine = self._fine or _row((place for place, each in flat(values) if each.nanosecond % 1000), before)
            self._far = self._far or _row((place for place, each in flat(values) if each.year not in FINE_YEARS), before)
            self._refuse_overflow()

    def _joined(self) -> str:
        first = self._typing.first(self._place)
        kind = joined(first)
        if kind == ANY and not all(map(_structured, first)):
            one, other = _apart(first)
            told = f"row {first[one]:,} is {public(one)}, row {first[other]:,} {public(other)}"
            raise self._mixed(told, "make them one type, as with toString(…) or toFloat(…)")
        return kind

    def _refuse_rounding(self, kind: str) -> None:
        if kind == "FLOAT" and self._large:
            told = f"row {self._large:,} is a whole number beyond 2^53, which would be rounded as a FLOAT like other rows"
            raise self._mixed(told, "make them one type, as with toInteger(…) or toString(…)")

    def _refuse_overflow(self) -> None:
        if self._fine and self._far:
            told = f"row {self._fine:,} has nanoseconds, and row {self._far:,} lies outside 1678 to 2261, the years that can have them"
            raise self._mixed(told, "write datetime.truncate('microsecond', …)")

    def _mixed(self, told: str, remedy: str) -> Mixed:
        return Mixed(f"column {self.name}: {told}, but the format has one type per column; {remedy}")


def is_text(kind: str) -> bool:
    """Tell whether a column is written as text because Arrow has no type of its own for it."""
    return kind not in SIMPLE and not (kind.startswith("LIST<") and item(kind) in SIMPLE)


def _structured(kind: str) -> bool:
    """Tell whether values are written as JSON, so that several types may share a column and stay what they are."""
    return is_text(kind) and kind not in AS_ISO


def _apart(first: Mapping[str, int]) -> tuple[str, str]:
    """Return two of these types that do not go together: the earliest that does not with those before it, and one of these."""
    earlier: list[str] = []
    for kind in sorted(first, key=lambda each: first[each]):
        for one in earlier:
            if joined((one, kind)) == ANY:
                return one, kind
        earlier.append(kind)
    raise AssertionError("these types go together")


def _row(places: Iterator[int], before: int) -> int:
    """Return the number of the first row of these, counted from 1; 0 where there is none."""
    return next((before + place + 1 for place in places), 0)

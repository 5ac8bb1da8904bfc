"""Which time a run looks at: whole UTC days before its as-of time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from scoring.facts.arrays import Bools, Ints

DAY: Final = 86_400
WINDOWS: Final = (7, 28, 90)
HISTORY: Final = 180
"""Days of contents that lasting traits are read from, where a window alone is too short."""


@dataclass(frozen=True, slots=True)
class Period:
    """The windows of a run, in days, all ending at `until`.

    Events count by their day, knowledge by the second: what was first seen at `as_of` is known, though its day may not be over.
    """

    as_of: int
    windows: tuple[int, ...] = WINDOWS

    @property
    def until(self) -> int:
        """The first second after the last complete UTC day."""
        return self.as_of // DAY * DAY

    @property
    def start(self) -> int:
        """The first second of the longest window."""
        return self.since(max(self.windows))

    @property
    def history_start(self) -> int:
        """The first second of the contents that are looked at."""
        return self.history.start

    @property
    def history(self) -> Period:
        """`HISTORY` as a window of its own, or the longest window if that is longer."""
        return Period(self.as_of, (max(HISTORY, *self.windows),))

    def since(self, window: int) -> int:
        """Return the first second of a window."""
        return self.until - window * DAY

    def holds(self, times: Ints) -> Bools:
        """Return which times lie in the longest window."""
        return (times >= self.start) & (times < self.until)

"""Which time is read, and how it is cut."""

from __future__ import annotations

from itertools import pairwise
from typing import Final, Protocol

from graph.dates import DAY
from graph.reader import Batch

SLICE_ROWS: Final = 10_000


class Period(Protocol):
    """Events from `start` until before `until` are read, contents from `history_start`, as they were known at `as_of`; Unix seconds."""

    @property
    def as_of(self) -> int: ...
    @property
    def start(self) -> int: ...
    @property
    def history_start(self) -> int: ...
    @property
    def until(self) -> int: ...


def by_time(period: Period, rows: int) -> list[Batch]:
    """Return the period cut into spans, about `SLICE_ROWS` rows each where rows spread evenly."""
    return spans(period.start, period.until, period.as_of, rows)


def spans(start: int, until: int, as_of: int, rows: int) -> list[Batch]:
    """Return the time from `start` to `until`, cut likewise: no span is shorter than a day."""
    slices = max(1, min((until - start) // DAY, rows // SLICE_ROWS))
    cuts = [start + (until - start) * cut // slices for cut in range(slices + 1)]
    return [{"from": a, "until": b, "asOf": as_of} for a, b in pairwise(cuts)]

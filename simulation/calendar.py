"""When things happen: daily and weekly rhythm, and the sale days of the year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

import numpy as np

from graph.dates import DAY
from simulation.chance import Floats, Ints
from simulation.parameters import SALE_DAY_ORDERS, SALE_DAY_POSTS, WEEKDAYS
from simulation.regions import Region

HOUR: Final = 3_600
DEFAULT_END: Final = date(2026, 1, 1)
"""The simulation ends before this day begins, so that a scoring run as of it sees Black Friday within 90 days."""
DOUBLE_DAYS: Final = tuple((month, month) for month in range(1, 13))
BIG_DOUBLE_DAYS: Final = {(11, 11): 1.0, (12, 12): 0.8, (9, 9): 0.6, (10, 10): 0.6}


@dataclass(frozen=True, slots=True)
class Period:
    """The time that is simulated, in Unix seconds: from `start` until before `end`."""

    start: int
    end: int

    @classmethod
    def before(cls, end: date, *, days: int) -> Period:
        """Return the `days` whole UTC days before `end`."""
        last = int(datetime(end.year, end.month, end.day, tzinfo=UTC).timestamp())
        return cls(last - days * DAY, last)

    @property
    def days(self) -> int:
        """Whole days."""
        return (self.end - self.start) // DAY


class Rhythm:
    """A region's clock that runs fast when people are busy: steady time in, calendar time out, and back."""

    def __init__(self, period: Period, hours: int, sale_day: float) -> None:
        start, end = period.start - 60 * DAY, period.end + 120 * DAY
        self._moments = np.arange(start, end + 1, HOUR, dtype=np.float64)
        local = self._moments[:-1].astype(np.int64) + hours * HOUR
        busy = _daily(local) * _weekly(local) * _yearly(local, sale_day)
        self._busy = start + np.concatenate([[0.0], np.cumsum(busy)]) * HOUR

    def moment(self, steady: Floats) -> Floats:
        """Return the calendar time of each steady time."""
        return np.interp(steady, self._busy, self._moments)

    def steady(self, moment: Floats) -> Floats:
        """Return the steady time of each calendar time."""
        return np.interp(moment, self._moments, self._busy)


class Rhythms:
    """The clocks of several regions; each call takes the index of a region for each time."""

    def __init__(self, period: Period, regions: Sequence[Region], *, of: str) -> None:
        sale_day = float(SALE_DAY_ORDERS if of == "orders" else SALE_DAY_POSTS)
        self._each = [Rhythm(period, region.hours, sale_day) for region in regions]

    def moment(self, region: Ints, steady: Floats) -> Floats:
        """Return the calendar time of each steady time."""
        out = np.empty_like(steady)
        for index, rhythm in enumerate(self._each):
            here = region == index
            out[here] = rhythm.moment(steady[here])
        return out

    def after(self, region: Ints, moment: Floats, delay: Floats) -> Floats:
        """Return the calendar time that lies `delay` steady seconds after `moment`."""
        steady = np.empty_like(moment)
        for index, rhythm in enumerate(self._each):
            here = region == index
            steady[here] = rhythm.steady(moment[here])
        return np.maximum(self.moment(region, steady + delay), moment)


def sale_days(first: date, last: date) -> dict[date, float]:
    """Return the sale days between two dates with their strength, 0–1: double days, and Black Friday to Cyber Monday."""
    days: dict[date, float] = {}
    for year in range(first.year, last.year + 1):
        for month, day in DOUBLE_DAYS:
            days[date(year, month, day)] = BIG_DOUBLE_DAYS.get((month, day), 0.35)
        black_friday = date(year, 11, 1) + timedelta(days=(3 - date(year, 11, 1).weekday()) % 7 + 22)
        days |= {black_friday + timedelta(days=n): strength for n, strength in enumerate((1.0, 0.6, 0.5, 0.7))}
    return {day: strength for day, strength in days.items() if first <= day <= last}


def _daily(local: Ints) -> Floats:
    hour = (local // HOUR) % 24
    return 1.0 + 0.75 * np.cos((hour - 20) / 24 * 2 * np.pi) * 0.9 + 0.1 * np.cos((hour - 12) / 12 * 2 * np.pi)


def _weekly(local: Ints) -> Floats:
    return np.asarray(WEEKDAYS)[(local // DAY + 3) % 7]


def _yearly(local: Ints, sale_day: float) -> Floats:
    epoch = date(1970, 1, 1)
    days = local // DAY
    first, last = epoch + timedelta(days=int(days[0])), epoch + timedelta(days=int(days[-1]))
    factor = np.ones(int(days[-1] - days[0]) + 1)
    for day, strength in sale_days(first, last).items():
        factor[(day - first).days] += (sale_day - 1.0) * strength
    return factor[days - days[0]]

"""Sale days, weekly rhythm, and the clock that runs fast when people are busy."""

from datetime import UTC, date, datetime

import numpy as np
import pytest

from simulation import Market
from simulation.calendar import DAY, Period, Rhythm, sale_days


@pytest.mark.parametrize(("year", "day"), [(2023, 24), (2024, 29), (2025, 28), (2026, 27)])
def test_black_friday_is_the_day_after_the_fourth_thursday_of_november(year: int, day: int) -> None:
    found = sale_days(date(year, 11, 13), date(year, 11, 30))
    assert min(found) == date(year, 11, day)
    assert found[date(year, 11, day)] == 1.0


def test_double_days_are_sale_days_and_singles_day_is_the_greatest() -> None:
    found = sale_days(date(2025, 1, 1), date(2025, 12, 31))
    assert {date(2025, month, month) for month in range(1, 13)} <= set(found)
    assert found[date(2025, 11, 11)] > found[date(2025, 5, 5)]


def test_a_period_is_whole_days_before_its_end() -> None:
    period = Period.before(date(2026, 1, 1), days=180)
    assert (period.end, period.days) == (int(datetime(2026, 1, 1, tzinfo=UTC).timestamp()), 180)


def test_the_clock_is_monotone_and_can_be_turned_back() -> None:
    period = Period.before(date(2026, 1, 1), days=30)
    rhythm = Rhythm(period, 7, 3.0)
    steady = np.linspace(period.start, period.end, 5_000)
    assert (np.diff(rhythm.moment(steady)) > 0).all()
    assert np.allclose(rhythm.steady(rhythm.moment(steady)), steady, atol=1e-3)


def test_orders_peak_on_sale_days(made: Market) -> None:
    days = (made.world.lines.at - made.world.period.start) // DAY
    counts = np.bincount(days, minlength=made.world.period.days)
    first = date(2026, 1, 1).toordinal() - made.world.period.days
    peak = date(2025, 11, 11).toordinal() - first
    assert counts[peak] > 1.6 * np.median(counts[peak - 28 : peak + 10])


def test_weekends_are_busier_than_tuesdays(made: Market) -> None:
    weekday = (made.world.posts.at // DAY + 3) % 7
    counts = np.bincount(weekday, minlength=7)
    assert counts[5] > 1.08 * counts[1]

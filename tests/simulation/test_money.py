"""Exchange rates: weekly, from before the period to its end."""

from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pytest

from simulation.calendar import Period
from simulation.money import rates
from simulation.regions import region


def test_each_currency_but_the_dollar_has_a_rate_a_week_that_drifts_little() -> None:
    period = Period.before(date(2026, 1, 1), days=90)
    found = rates(1, [region(code) for code in ("US", "DE", "FR", "VN")], period)
    assert {currency for currency, _, _ in found} == {"EUR", "VND"}
    days = [day for currency, day, _ in found if currency == "VND"]
    assert {b - a for a, b in pairwise(days)} == {timedelta(weeks=1)}
    assert days[0] < date(2025, 10, 1) - timedelta(days=50)
    assert days[-1] >= date(2025, 12, 25)
    euro = np.array([usd for currency, _, usd in found if currency == "EUR"])
    assert euro.mean() == pytest.approx(1.16, rel=0.08)

"""Exchange rates of the simulated market: weekly, drifting from a level near that of the end of 2025."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Final

import numpy as np

from simulation.calendar import Period
from simulation.chance import stream
from simulation.regions import Region

WEEKLY_DRIFT: Final = 0.004
"""Sd of the log of a week's change; assumed."""


def rates(seed: int, regions: Sequence[Region], period: Period) -> list[tuple[str, date, float]]:
    """Return currency, first day and US dollars per unit, for each currency other than the dollar, a week apart.

    They begin sixty days early, since offers and joining lie before the period.
    """
    first = datetime.fromtimestamp(period.start, UTC).date() - timedelta(days=60)
    weeks = period.days // 7 + 10
    found: list[tuple[str, date, float]] = []
    for currency, usd in sorted({(region.currency, region.usd) for region in regions if region.currency != "USD"}):
        walk = np.cumsum(stream(seed, f"rate {currency}").normal(0, WEEKLY_DRIFT, weeks))
        found.extend((currency, first + timedelta(weeks=week), float(f"{usd * np.exp(walk[week]):.6g}")) for week in range(weeks))
    return found

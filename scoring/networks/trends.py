"""Whether a tie between a creator and a brand grows, fades or sleeps."""

from enum import StrEnum
from typing import Final

from scoring.facts.period import DAY

RECENT: Final = 90 * DAY
NOTABLE: Final = 1.25
"""Change of sales from which a tie counts as growing, or, the other way, as fading."""


class Trend(StrEnum):
    """What becomes of a tie."""

    NEW = "NEW"
    GROWING = "GROWING"
    STEADY = "STEADY"
    FADING = "FADING"
    DORMANT = "DORMANT"


def trend(first_at: int, last_at: int, as_of: int, *, recent: float, before: float) -> Trend:
    """Return the trend of a tie from its first and last time, and its net sales of the last 90 days and of the 90 before.

    Without sales in both, a tie that is neither new nor dormant is steady. What sold nothing before and something lately grows.
    """
    if as_of - last_at > RECENT:
        return Trend.DORMANT
    if as_of - first_at <= RECENT:
        return Trend.NEW
    if recent > max(before, 0.0) * NOTABLE:
        return Trend.GROWING
    return Trend.FADING if before > max(recent, 0.0) * NOTABLE else Trend.STEADY

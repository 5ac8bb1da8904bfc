"""When what was not taken is sent again: as Standard Webhooks advises, over three days."""

from __future__ import annotations

from random import Random
from typing import Final

MINUTE: Final = 60
HOUR: Final = 3_600
WAITS: Final = (5, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR)
"""Seconds after each failed attempt but the last."""

JITTER: Final = 0.1
LONGEST: Final = 24 * HOUR
"""A receiver that asks us to wait longer is tried again after this."""

_RANDOM: Final = Random()


def next_attempt(failed: int, now: float, *, retry_after: float | None = None) -> float | None:
    """Return the moment of the next attempt after so many that failed, None after the last; never before a receiver asked for it.

    Up to a tenth is added at random, so that receivers that were away together are not met by all at once.
    """
    if failed > len(WAITS):
        return None
    wait = WAITS[failed - 1] * (1 + JITTER * _RANDOM.random())
    return max(now + wait, min(retry_after or 0.0, now + LONGEST))

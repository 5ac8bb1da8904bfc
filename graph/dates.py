"""Times as texts, with four digits of the year whatever the year is, which `strftime` does not promise."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

DAY: Final = 86_400
"""Seconds of a day in UTC, which has no leap seconds in Unix time."""


def iso_time(seconds: float) -> str:
    """Return Unix seconds as `2026-01-31T18:00:00Z`."""
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def iso_time_or_null(seconds: float | None) -> str | None:
    """Return Unix seconds as `iso_time` does; None where there are none."""
    return None if seconds is None else iso_time(seconds)


def iso_day(seconds: float) -> str:
    """Return the UTC day of Unix seconds as `2026-01-31`."""
    return datetime.fromtimestamp(seconds, UTC).date().isoformat()

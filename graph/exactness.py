"""How far whole numbers are exact where they are held as floating-point numbers, and what NaN says elsewhere: nothing."""

from __future__ import annotations

from typing import Final

EXACT: Final = 2**53
"""The largest whole number up to which a float tells each from the next."""


def number_or_none(value: float | None) -> float | None:
    """Return a number, or None for NaN."""
    return None if value is None or value != value else value

"""Amounts of money as they leave: to the cent, since what lies beyond tells in which order their parts were summed."""

from __future__ import annotations


def in_cents(amount: float) -> float:
    """Return an amount to the cent."""
    return round(amount, 2)

"""Counts of what the viewer may not see one by one."""

from __future__ import annotations

from api.access.table import SMALLEST_GROUP


def in_fives(count: int) -> int | None:
    """Return a count rounded down to a multiple of the smallest group, None below it.

    Counts that are told as they are can be taken from one another, until one that should not be told is left: of two
    windows, of two runs, of a whole and its part. Whole fives leave fives.
    """
    return count // SMALLEST_GROUP * SMALLEST_GROUP or None

"""Names of scopes and scorecards: a plan that knows them seeks one key."""

from __future__ import annotations

import hashlib
from typing import Final

ALL: Final = "*"
"""The category of everything."""

WORLD: Final = "*"
"""The region of every region."""

WINDOW: Final = 90
"""Days of the longest window: what is known of anything is known of it."""

BITS: Final = 63

OUTWARD: Final = "-outward"
"""What follows a run's id in that of its outward scorecards, which brands and partners see."""


def scope_key(run: str, window: int, category: str, region: str) -> int:
    """Return the number under which the scorecards of one run, window, category and region (or `WORLD`) are ordered.

    The first 63 bits of a SHA-256, so that it is a positive integer of the database; among a million scopes two collide
    once in ten million times.
    """
    digest = hashlib.sha256(f"{run}|{window}|{category}|{region}".encode()).digest()
    return int.from_bytes(digest[:8], "big") >> (64 - BITS)


def outward_id(run: str) -> str:
    """Return the id under which a run's outward scorecards are kept, ordered and remembered."""
    return f"{run}{OUTWARD}"


def kept_under(run: str) -> list[str]:
    """Return the ids under which what belongs to a run is kept: its own, and that of what goes out."""
    return [run, outward_id(run)]


def card_id(run: str, creator: str, window: int, category: str) -> str:
    """Return the id of a scorecard."""
    return f"{run}|{creator}|{window}|{category}"

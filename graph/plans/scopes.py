"""The number that marks the scorecards of one run, window, category and region: what an index seeks on."""

from __future__ import annotations

from hashlib import sha256


def scope_key(run: str, window: int, category: str, region: str) -> int:
    """Return the first 63 bits of the SHA-256 of the scope's name; region `*` is the world."""
    return int.from_bytes(sha256(f"{run}|{window}|{category}|{region}".encode()).digest()[:8], "big") >> 1

"""The one unit in which a column is kept."""

from __future__ import annotations

from enum import StrEnum


class Unit(StrEnum):
    """What a number counts, or how a text is written."""

    NONE = ""
    TIME = "Unix seconds, UTC"
    SECONDS = "seconds"
    SHARE = "share, 0–1"
    COUNT = "count"
    USD = "US dollars"
    STARS = "stars, 1–5"
    REGION = "ISO 3166-1 alpha-2"

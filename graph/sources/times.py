"""Times as sources write them, to Unix seconds."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from graph.sources.faults import BadValue

EARLIEST: Final = 1_451_606_400  # 2016-01-01: the platform did not exist before
LATEST: Final = 4_102_444_800  # 2100-01-01


def unix_time(value: object) -> int | None:
    """Return Unix seconds; None where the time is unknown (0, empty or missing).

    Thirteen digits are milliseconds. BadValue for what is no time between 2016 and 2100.
    """
    if value is None or value == "":
        return None
    number = _whole(value)
    if number == 0:
        return None
    seconds = number // 1000 if len(str(number)) == 13 else number
    return plausible(seconds, value)


def plausible(seconds: int, value: object) -> int:
    """Return `seconds` if they lie between 2016 and 2100, else raise BadValue that shows `value`."""
    if not EARLIEST <= seconds < LATEST:
        raise BadValue(value, "a time lies between 2016 and 2100", "write Unix seconds (or milliseconds), UTC")
    return seconds


def day(value: object) -> int | None:
    """Return the first second of a date (`2024-11-13`, `2024_11_13` or `20241113`), UTC; None where it is unknown."""
    if value in (None, "", "None", 0, "0"):
        return None
    text = str(value).strip().replace("_", "-")
    try:
        moment = datetime.fromisoformat(text[:10]).replace(tzinfo=UTC)
    except ValueError:
        raise BadValue(value, "a date is written YYYY-MM-DD", "write for example 2024-11-13") from None
    return plausible(int(moment.timestamp()), value)


def time_in_id(content_id: str, *, until: int) -> int | None:
    """Return the time that a content's id holds in its upper bits; None unless it lies between 2016 and `until`."""
    if not (content_id.isascii() and content_id.isdigit() and len(content_id) <= 20):
        return None
    seconds = int(content_id) >> 32
    return seconds if EARLIEST <= seconds <= until else None


def _whole(value: object) -> int:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, str):
        text = value.strip()
        if text.isascii() and text.isdigit() and len(text) <= 18:
            return int(text)
    raise BadValue(value, "a time is a number of seconds since 1970", "write Unix seconds (or milliseconds), UTC")

"""Times and spans of time as people and programs write them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, tzinfo
from math import floor
from typing import Final

from graph.sources.faults import BadValue

ISO: Final = "iso"
CLOCKS: Final = {"m:ss": 1, "h:mm": 60}
"""Units of spans of two parts, and the seconds in the second one."""

LONG_CLOCK: Final = re.compile(r"([0-9]{1,4}):([0-5]?[0-9]):([0-5][0-9])(\.[0-9]+)?")
SHORT_CLOCK: Final = re.compile(r"([0-9]{1,4}):([0-5]?[0-9])")
WORDS: Final = re.compile(
    r"(?:([0-9]+)\s?h(?:(?:ou)?rs?)?)?\s*(?:([0-9]+)\s?m(?:in(?:ute)?s?)?)?\s*(?:([0-9]+)(?:\.[0-9]+)?\s?s(?:ec(?:ond)?s?)?)?",
    re.IGNORECASE,
)
MILLISECONDS: Final = re.compile(r"[0-9]{13}")
SECONDS: Final = re.compile(r"-?[0-9]+(\.0+)?")


def span(text: str, unit: str | None) -> int | None:
    """Return the seconds of `1:02:03`, `1h 2m 3s`, or, in a unit of `CLOCKS`, of two parts; None for what is a plain number."""
    if clock := LONG_CLOCK.fullmatch(text):
        return int(clock[1]) * 3600 + int(clock[2]) * 60 + int(clock[3])
    if clock := SHORT_CLOCK.fullmatch(text):
        if unit not in CLOCKS:
            raise BadValue(text, "a time span of two parts has a unit", 'say which in the mapping: unit = "m:ss" or unit = "h:mm"')
        return (int(clock[1]) * 60 + int(clock[2])) * CLOCKS[unit]
    if text and (words := WORDS.fullmatch(text)):
        return sum(int(part or 0) * size for part, size in zip(words.groups(), (3600, 60, 1), strict=True))
    return None


def time(value: object) -> object:
    """Return a time in Unix seconds, also of the 13 digits of milliseconds; what is no text or number stays as it is."""
    text = str(value) if isinstance(value, (int, str)) and not isinstance(value, bool) else ""
    if MILLISECONDS.fullmatch(text):
        return int(text) // 1000
    if isinstance(value, str) and not SECONDS.fullmatch(value):
        raise BadValue(value, "a time is Unix seconds", 'say how it is written: date = "iso", or for example date = "%d/%m/%Y %H:%M"')
    return value


def moment(value: object, forms: Sequence[str], zone: tzinfo) -> int:
    """Return a date as Unix seconds; without a zone of its own it is in `zone`. BadValue where it has none of the forms."""
    found = value if isinstance(value, datetime) else _read(str(value), forms)
    return floor((found if found.tzinfo else found.replace(tzinfo=zone)).astimezone(UTC).timestamp())


def _read(text: str, forms: Sequence[str]) -> datetime:
    for form in forms:
        try:
            return datetime.fromisoformat(text) if form == ISO else datetime.strptime(text, form)
        except ValueError:
            continue
    raise BadValue(text, f"expected a date written as {' or '.join(forms)}", "correct the cell or the mapping's `date`")

"""Ranges as the platform shows them: `$150K+`, `$10-$20`, `1K-10K`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from decimal import Decimal
from typing import Final

from graph.sources.faults import BadValue
from graph.sources.partner_api import money
from graph.sources.partner_api.record import Record
from graph.sources.partner_api.shares import number
from graph.sources.scales import scaled

FIELD: Final = "formatted_range"
RULE: Final = "a range is two numbers, or one with + behind it"
BETWEEN: Final = re.compile(r"\s*(?:[-–—~]|\bto\b)\s*")
ABOVE: Final = re.compile(r"(?:[>≥]=?|over|above|more than|at least)\s*(.+?)\+?|(.+?)\s*(?:\+|or more|and above)", re.IGNORECASE)
BELOW: Final = re.compile(r"(?:[<≤]=?|under|below|less than|up to|at most)\s*(.+)", re.IGNORECASE)
SIGNS: Final = re.compile(r"[^\w.,]")

Ends = tuple[Decimal | None, Decimal | None]
OPEN: Final[Ends] = (None, None)


def shown_amounts(part: Record) -> Ends:
    """Return the ends of a range of money that is only shown; an open end, or what cannot be read (which is noted), is None."""
    return _noted(part, lambda text: money.amount(text, part.values.get("currency")))


def shown_counts(part: Record) -> Ends:
    """Return the ends of a range of counts that is only shown, likewise."""
    return _noted(part, lambda text: number(SIGNS.sub("", text).replace(",", ""), RULE))


def _noted(part: Record, read: Callable[[str], Decimal | None]) -> Ends:
    text = part.text(FIELD)
    if text is None:
        return OPEN
    try:
        return _ends(unicodedata.normalize("NFKC", text), read)
    except BadValue:
        part.tally.add("range that cannot be read", f"{part.endpoint}: {FIELD} = {text[:40]}")
        return OPEN


def _ends(text: str, read: Callable[[str], Decimal | None]) -> Ends:
    text = text.strip()
    if (found := ABOVE.fullmatch(text)) is not None:
        return _end(found[1] or found[2], read), None
    if (found := BELOW.fullmatch(text)) is not None:
        return None, _end(found[1], read)
    ends = [_end(part, read) for part in BETWEEN.split(text)]
    if len(ends) > 2 or None in ends:
        raise BadValue(text, RULE, "write for example 10-20")
    return ends[0], ends[-1]


def _end(text: str, read: Callable[[str], Decimal | None]) -> Decimal | None:
    bare, factor = scaled(text)
    found = read(bare)
    return None if found is None else found * factor

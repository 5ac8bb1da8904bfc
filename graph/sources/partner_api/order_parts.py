"""Orders that come a line at a time: records that follow each other and name one order are its lines, since an order is replaced whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any, Final, cast

from graph.sources.faults import BadValue
from graph.sources.partner_api.record import Record

MOST: Final = 1_000
"""Records that one order may have: a rejected line is kept with all of them."""


def parts(records: Iterable[Record]) -> Iterator[list[Record]]:
    """Yield the records of each order that follow each other."""
    yield from (list(found) for _, found in groupby(records, key=lambda each: _order(each.values)))


def check_length(records: list[Record]) -> None:
    """Raise BadValue for an order of too many lines."""
    if len(records) > MOST:
        raise BadValue(len(records), f"an order has at most {MOST:,} lines", "split it", column=records[0].path.rstrip("."))


def same_order(items: list[Any], number: int) -> tuple[int, int]:
    """Return where the records begin and end that stand together with one record and are of the same order."""
    order, first, last = _order(items[number]), number, number + 1
    while first and _order(items[first - 1]) == order:
        first -= 1
    while last < len(items) and _order(items[last]) == order:
        last += 1
    return first, last


def _order(item: Any) -> object:
    """Return the order that a record names; what equals nothing where it names none."""
    found = cast("dict[str, object]", item).get("id") if isinstance(item, dict) else None
    return str(found) if found else object()

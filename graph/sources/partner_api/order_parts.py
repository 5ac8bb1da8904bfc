"""Orders that come a line at a time, in several records: put together, since an order is replaced whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, cast

MOST_ORDERS: Final = 10_000
"""Orders whose lines are remembered: the records of one stand together, or a page ends between them."""

Line = dict[str, object]


@dataclass(slots=True)
class OrderParts:
    """The lines that earlier records of an export told of an order, by what tells a line from its neighbours."""

    _lines: dict[tuple[str, str, str], dict[str, Line]] = field(default_factory=dict[tuple[str, str, str], dict[str, Line]])

    def whole(self, owner: tuple[str, str], order_id: str, lines: Mapping[str, Line]) -> list[Line]:
        """Return the lines of an order so far, numbered; a line that is told again replaces what was told of it."""
        known = self._lines[(*owner, order_id)] = {**self._lines.pop((*owner, order_id), {}), **lines}
        while len(self._lines) > MOST_ORDERS:
            del self._lines[next(iter(self._lines))]
        return [line | {"id": f"{order_id}:{number}"} for number, line in enumerate(known.values(), start=1)]


def same_orders(items: list[Any], number: int) -> tuple[int, int]:
    """Return where the records begin and end that stand together with one record and are of the same order."""
    first, last, order_id = number, number + 1, _id(items[number])
    while order_id and first and _id(items[first - 1]) == order_id:
        first -= 1
    while order_id and last < len(items) and _id(items[last]) == order_id:
        last += 1
    return first, last


def _id(item: Any) -> str:
    return str(cast("dict[str, object]", item).get("id") or "") if isinstance(item, dict) else ""

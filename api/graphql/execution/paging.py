"""Pages of rows that are computed whole: cut by place, as a plan's pages are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from api.errors import BadUserInput
from api.graphql.execution.field_context import FieldContext
from api.graphql.types.page import PageInfo
from graph.plans.pages import rows_of_page

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """A page's rows with their cursors."""

    rows: list[tuple[Row, str]]
    info: PageInfo


def page(context: FieldContext, rows: Sequence[Row], place: Callable[[Row], Any], *, order: str) -> Page[Row]:
    """Return the page that `first`, `after`, `last` and `before` ask for; `order` is what its cursors are bound to."""
    sealed, given = context.cursors, context.arguments
    places = [place(row) for row in rows]

    def at(cursor: str) -> int:
        (found,) = sealed.read(cursor, order=order)
        if found not in places:
            raise BadUserInput(f"{cursor[:80]!r} is the cursor of a row that is no longer there; start from the first page")
        return places.index(found)

    low = 0 if given.get("after") is None else at(given["after"]) + 1
    high = len(rows) if given.get("before") is None else at(given["before"])
    start, end = _cut(low, max(low, high), given.get("first"), given.get("last"), most=context.state.limits.page)
    shown = [(rows[number], sealed.write([places[number]], order=order)) for number in range(start, end)]
    backward = given.get("last") is not None
    info = PageInfo(
        has_next_page=given.get("before") is not None if backward else end < high,
        has_previous_page=start > low if backward else given.get("after") is not None,
        start_cursor=shown[0][1] if shown else None,
        end_cursor=shown[-1][1] if shown else None,
    )
    return Page(shown, info)


def _cut(low: int, high: int, first: int | None, last: int | None, *, most: int) -> tuple[int, int]:
    size = rows_of_page(first, last, most=most)
    return (max(low, high - size), high) if last is not None else (low, min(high, low + size))

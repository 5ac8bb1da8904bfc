"""What of a creator's hidden rows is published: ranges of sales, counts of ties in fives. Worlds that agree in it must look alike."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import product
from typing import Any, Final, NamedTuple

from bench.leaks.goods import CLIENTS, Row, World, brand_of, categories_of
from bench.leaks.people import DAY, EARLIER, END
from graph.plans.ranges import COUNT_BOUNDS, USD_BOUNDS

DATES: Final = (EARLIER, END)
WINDOWS: Final = (7, 28, 90, None)
LONGER: Final = (7, 10, 28, 90, 112, None)
"""Windows of ties: few happen in one, so some count in four; what was promised within ten days does not count."""

SMALLEST: Final = 5
SCOPES: Final = ((), CLIENTS[:1], CLIENTS)
"""Brands that are left out of a count: none, those of the brand's key, those of the partner's."""


class Sold(NamedTuple):
    """What one line, or one sum, adds, and when it was first known."""

    at: int
    seen: int
    product: str
    content: str
    gmv: float
    orders: int
    units: int


def sold(rows: World) -> list[Sold]:
    """Return a creator's lines and sums, net of refunds."""
    posted = {each["id"]: each["published_at"] for each in rows["contents"]}
    lines = [_line(each) for each in rows["sales"]]
    return lines + [_sum(each, posted) for each in rows["features"] if each.get("orders") is not None]


def _line(row: Row) -> Sold:
    kept = (row["quantity"] - row["refunded_quantity"]) / row["quantity"]
    return Sold(row["at"], row["at"], row["product_id"], row["content_id"], row["gmv"] * kept, 1, round(row["quantity"] * kept))


def _sum(row: Row, posted: dict[str, int]) -> Sold:
    kept = (row["units"] - row["refunded_units"]) / row["units"] if row["units"] else 1.0
    content = row["content_id"]
    units = row["units"] - row["refunded_units"]
    return Sold(posted[content], row["seen_at"], row["product_id"], content, row["gmv"] * kept, row["orders"], units)


Published = tuple[dict[Any, Any], dict[Any, Any]]
"""What is told of sales, and of ties."""


def published(rows: World) -> Published:
    """Return all that may be told of a creator's sales and ties."""
    return dict(_sales(rows)), dict(_ties(rows))


def agree(rows: World, told: Published) -> bool:
    """Tell whether the same may be told of other rows; ties, which take longer, are looked at where sales agree."""
    return dict(_sales(rows)) == told[0] and dict(_ties(rows)) == told[1]


def _sales(rows: World) -> Iterator[tuple[Any, Any]]:
    sums: dict[Any, list[float]] = {}
    for each in sold(rows):
        keys: list[Any] = [("content", each.content)]
        for date, window in product(DATES, WINDOWS):
            if each.seen <= date and _within(each.at, date, window):
                keys += [("sales", date, window, category) for category in (None, *categories_of(each.product))]
        for key in keys:
            total = sums.setdefault(key, [0.0, 0, 0, 0])
            total[:] = total[0] + each.gmv, total[1] + each.orders, total[2] + each.units, total[3] + each.orders * (each.units > 0)
    nothing = _places(0.0)
    yield from ((key, place) for key, total in sums.items() if (place := _places(*total)) != nothing)


def _places(gmv: float, *counts: float) -> tuple[int, ...]:
    """Return the ranges of GMV, orders, units, and orders that were not refunded whole."""
    return bisect_right(USD_BOUNDS, gmv + 1e-9), *(bisect_right(COUNT_BOUNDS, each) for each in counts or (0, 0, 0))


def _within(at: int | None, date: int, window: int | None) -> bool:
    return at is not None and at <= date and (window is None or at > date - window * DAY)


EVENTS: Final[dict[str, Callable[[Row], int | None]]] = {
    "offered": lambda row: row["offered_at"],
    "answered": lambda row: row["answered_at"],
    "soon": lambda row: row["offered_at"] if (row["answered_at"] or END * 2) - row["offered_at"] <= 7 * DAY else None,
    "taken up": lambda row: row["answered_at"] if row["accepted"] else None,
    "declined": lambda row: row["answered_at"] if row["status"] == "DECLINED" else None,
    "due": lambda row: row["due_at"],
    "kept": lambda row: row["due_at"] if row["status"] == "DELIVERED" else None,
    "failed": lambda row: row["due_at"] if row["status"] == "FAILED" else None,
    "delivered": lambda row: row["delivered_at"],
    "late": lambda row: row["delivered_at"] if (row["delivered_at"] or 0) > (row["due_at"] or 0) else None,
    "rated": lambda row: row["rated_at"],
}


def _ties(rows: World) -> Iterator[tuple[Any, Any]]:
    told = nearest if shares_are_told(rows) else fives
    for key, each in _events(rows).items():
        many, beside = len(each), beside_one(each) >= SMALLEST
        if told(many):
            yield key, (fives(many), told(many), beside)
        if beside and key[0] == "rated":
            yield ("rating", *key[1:]), _half_stars(each)
    for date, window in product(DATES, LONGER):
        for (way, category), brands in _brands(rows, date, window).items():
            for left_out in SCOPES:
                if many := fives(len(brands - set(left_out))):
                    yield (way, category, left_out, date, window), many


def _events(rows: World) -> dict[Any, list[Row]]:
    """Return collaborations by what happened, brands left out, date, window and category."""
    found: dict[Any, list[Row]] = {}
    for row, left_out in product(rows["collaborations"], SCOPES):
        if row["brand_id"] in left_out:
            continue
        happened = {name: at(row) for name, at in EVENTS.items()}
        for date, window in product(DATES, LONGER):
            names = [name for name, at in happened.items() if _within(at, date, window)]
            categories = (None, *categories_of(row["product_ids"][0]))
            for key in product(names, [left_out], [date], [window], categories):
                found.setdefault(key, []).append(row)
    return found


def _brands(rows: World, date: int, window: int | None) -> dict[tuple[str, str | None], set[str]]:
    """Return brands by category: those worked with or sold for, and these with those that are shown."""
    posted = {each["id"]: each["published_at"] for each in rows["contents"]}
    worked = [each["product_ids"][0] for each in rows["collaborations"] if _within(EVENTS["taken up"](each), date, window)]
    kept = [each.product for each in sold(rows) if each.units and each.seen <= date and _within(each.at, date, window)]
    shown = [each["product_id"] for each in rows["features"] if _within(posted[each["content_id"]], date, window)]
    found: dict[tuple[str, str | None], set[str]] = {}
    for way, products in (("worked", worked + kept), ("shown", worked + kept + shown)):
        for each in products:
            for category in (None, *categories_of(each)):
                found.setdefault((way, category), set()).add(brand_of(each))
    return found


def shares_are_told(rows: World) -> bool:
    """Tell whether anything may be told of which collaborations came to something."""
    return beside_one(rows["collaborations"]) >= SMALLEST


def beside_one(deals: Sequence[Row]) -> int:
    """Return how many are with other brands than the one with most of them."""
    return len(deals) - max(Counter(each["brand_id"] for each in deals).values(), default=0)


def _half_stars(rated: Sequence[Row]) -> float:
    return round(2 * sum(each["rating"] for each in rated) / len(rated)) / 2


def fives(count: int) -> int:
    """Return a count as it may be told: in whole fives."""
    return count // SMALLEST * SMALLEST


def nearest(count: int) -> int:
    """Return a count to the nearest multiple of five, as shares are told where five attempts are beside one brand's."""
    return round(count / SMALLEST) * SMALLEST


def shared(one: Iterable[str], other: Iterable[str]) -> int:
    """Return how many two sets share, as it may be told."""
    return fives(len(set(one) & set(other)))


def worked(rows: World) -> set[str]:
    """Return the brands that a creator works with, or sold for, by lines or sums."""
    sold_for = [*rows["sales"], *(each for each in rows["features"] if each.get("orders"))]
    return {each["brand_id"] for each in rows["collaborations"] if each["accepted"]} | {brand_of(each["product_id"]) for each in sold_for}


def tied(rows: World) -> tuple[set[str], set[str], set[str]]:
    """Return the brands that a creator works with, those whose products are shown, and these products; other brands' alone."""
    products = {each["product_id"] for each in rows["features"] if brand_of(each["product_id"]) not in CLIENTS}
    return worked(rows) - set(CLIENTS), {brand_of(each) for each in products}, products

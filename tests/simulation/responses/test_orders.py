"""The three shapes of an order."""

import numpy as np
import pytest

from simulation import Market
from simulation.aftermath import NO_SALE, PLACED, REFUNDED
from simulation.calendar import DAY
from simulation.responses.book import Book, Export
from simulation.responses.orders import creator_orders, partner_orders, seller_orders


@pytest.fixture(scope="module")
def book(made: Market) -> Book:
    return Book(made.world)


@pytest.fixture(scope="module")
def last(book: Book) -> Export:
    return Export(book, book.world.period.end)


def test_a_shop_sees_plain_money_and_rates_as_text(last: Export) -> None:
    (order,) = seller_orders(last, last.lines[5:6])
    (sku,) = order["skus"]
    assert isinstance(sku["commission_rate"], str)
    assert float(sku["price"]["amount"]) == last.book.world.lines.price[last.lines[5]]
    assert sku["creator_username"] == last.handle(int(last.book.line_creator[last.lines[5]]))
    assert int(sku["quantity"]) == last.book.world.lines.quantity[last.lines[5]]


def test_a_creator_sees_money_as_spelled_and_no_name(last: Export) -> None:
    vietnam = [region.code for region in last.book.world.regions].index("VN")
    line = last.lines[last.book.world.goods.products.region[last.book.line_product[last.lines]] == vietnam][:1]
    (order,) = creator_orders(last, line)
    (sku,) = order["skus"]
    assert sku["price"]["amount"].endswith("₫")
    assert isinstance(sku["commission_rate"], int)
    assert "creator_username" not in sku
    assert order["status"] in ("ORDERED", "SETTLED", "REFUNDED", "INELIGIBLE", "FROZEN")


def test_a_partner_sees_one_line_that_is_no_list(last: Export) -> None:
    (order,) = partner_orders(last, last.lines[:1])
    assert isinstance(order["skus"], dict)


def test_an_order_of_two_lines_has_both(last: Export) -> None:
    lines = last.book.world.lines
    second = last.lines[lines.line[last.lines] == 2][0]
    (order,) = seller_orders(last, np.array([second - 1, second]))
    assert len(order["skus"]) == 2


def test_a_whole_order_is_refunded_or_cancelled_only_if_all_of_it_is(last: Export) -> None:
    second = int(np.flatnonzero(last.book.world.lines.line == 2)[0])
    pair = [second - 1, second]
    kept = last.status[pair].copy()
    try:
        for states, expected in (((REFUNDED, REFUNDED), REFUNDED), ((PLACED, REFUNDED), PLACED), ((NO_SALE, NO_SALE), NO_SALE)):
            last.status[pair] = states
            assert last.order_status(pair) == expected
    finally:
        last.status[pair] = kept


def test_a_later_export_holds_what_changed_since_the_earlier(book: Book) -> None:
    end = book.world.period.end
    whole, changed = Export(book, end), Export(book, end, earlier=end - 14 * DAY)
    assert set(changed.lines.tolist()) < set(whole.lines.tolist())
    fresh = whole.lines[book.world.lines.at[whole.lines] >= end - 14 * DAY]
    assert set(fresh.tolist()) <= set(changed.lines.tolist())
    settled = np.setdiff1d(whole.lines, changed.lines)
    assert (whole.status[settled] == Export(book, end - 14 * DAY).status[settled]).all()

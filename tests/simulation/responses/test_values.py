"""Values as the partner API writes them."""

import pytest

from graph.sources.partner_api.money import amount as parsed
from simulation.regions import REGIONS, region
from simulation.responses.values import hundredths, known, money, money_range, plain, spelled


@pytest.mark.parametrize(
    ("code", "amount", "text"),
    [
        ("US", 1_234.5, "$1,234.50"),
        ("GB", 12.99, "£12.99"),
        ("ID", 9_900.0, "Rp9.900"),
        ("VN", 1_000.0, "1.000\N{NO-BREAK SPACE}₫"),
        ("DE", 1_234.5, "1.234,50\N{NO-BREAK SPACE}€"),
    ],
)
def test_money_is_spelled_as_the_locale_does(code: str, amount: float, text: str) -> None:
    assert spelled(amount, region(code)) == text


@pytest.mark.parametrize("code", [each.code for each in REGIONS])
@pytest.mark.parametrize("value", [0.0, 7.0, 999.0, 1_234.0, 1_234_567.0])
def test_what_is_spelled_is_read_back(code: str, value: float) -> None:
    where = region(code)
    assert float(parsed(spelled(value, where), where.currency) or 0) == value


def test_plain_money_has_cents_only_where_the_currency_has() -> None:
    assert (plain(1_234.5, "USD"), plain(9_900.0, "VND")) == ("1234.50", "9900")
    assert money(3, "EUR") == {"amount": "3.00", "currency": "EUR"}


def test_rates_are_hundredths_of_a_percent() -> None:
    assert (hundredths(0.3), hundredths(0.1555), hundredths(1.0)) == (3_000, 1_555, 10_000)


def test_ranges_are_closed_open_or_nothing() -> None:
    us = region("US")
    assert money_range(0.0, 100.0, us) == {
        "minimum_amount": "0.00",
        "maximum_amount": "100.00",
        "currency": "USD",
        "formatted_range": "$0.00-$100.00",
    }
    assert money_range(10_000.0, None, us) == {"minimum_amount": "10000.00", "currency": "USD", "formatted_range": "$10,000.00+"}
    assert money_range(None, None, us) is None


def test_what_is_not_shared_is_left_out() -> None:
    assert known({"a": 1, "b": None, "c": ""}) == {"a": 1, "c": ""}

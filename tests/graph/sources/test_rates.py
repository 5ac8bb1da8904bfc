"""Exchange rates."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.sources import RateUnknown
from graph.sources.rates import Rates

VND = (("VND", date(2024, 6, 1), 0.00004), ("VND", date(2024, 1, 1), 0.00005))


def test_a_dollar_is_a_dollar() -> None:
    assert Rates().usd("USD", date(1990, 1, 1)) == 1.0


def test_the_banks_rates() -> None:
    rates = Rates()
    assert rates.usd("EUR", date(2024, 1, 5)) == 1.0921
    assert rates.usd("IDR", date(2024, 1, 5)) == pytest.approx(1.0921 / 16967.41, rel=1e-12)


def test_a_rate_holds_over_days_without_one() -> None:
    rates = Rates()
    assert rates.usd("EUR", date(2024, 1, 7)) == rates.usd("EUR", date(2024, 1, 5))


def test_the_banks_last_rate_holds_until_a_newer_release() -> None:
    assert Rates().usd("EUR", date(2090, 1, 1)) == Rates().usd("EUR", date(2091, 1, 1)) > 0


def test_given_rates_hold_from_their_day_until_the_next() -> None:
    rates = Rates(VND)
    days = date(2024, 1, 1), date(2024, 5, 31), date(2024, 6, 1), date(2030, 1, 1)
    assert [rates.usd("VND", day) for day in days] == [0.00005, 0.00005, 0.00004, 0.00004]


def test_given_rates_override_the_banks_from_their_day() -> None:
    rates = Rates([("EUR", date(2024, 1, 5), 2.0)])
    assert rates.usd("EUR", date(2024, 1, 4)) == Rates().usd("EUR", date(2024, 1, 4))
    assert [rates.usd("EUR", date(2024, 1, day)) for day in (5, 6)] == [2.0, 2.0]


@pytest.mark.parametrize(
    ("currency", "day"),
    [
        ("VND", date(2023, 12, 31)),
        ("XOF", date(2024, 1, 1)),
        ("EUR", date(1999, 1, 3)),
        ("IDR", date(2005, 3, 31)),
        ("RUB", date(2025, 1, 1)),
        ("HRK", date(2024, 1, 1)),
        ("ISK", date(2012, 1, 1)),
        ("", date(2024, 1, 1)),
    ],
)
def test_what_is_not_known_is_not_guessed(currency: str, day: date) -> None:
    with pytest.raises(RateUnknown, match="add one to the rates table"):
        Rates(VND).usd(currency, day)


@given(st.lists(st.tuples(st.integers(0, 400), st.floats(0.01, 100)), min_size=1, unique_by=lambda each: each[0]), st.integers(0, 500))
def test_the_latest_given_rate_before_a_day_holds(given_rates: list[tuple[int, float]], asked: int) -> None:
    start = date(2024, 1, 1)
    rates = Rates([("XOF", start + timedelta(days), usd) for days, usd in given_rates])
    known = [usd for days, usd in sorted(given_rates) if days <= asked]
    if known:
        assert rates.usd("XOF", start + timedelta(asked)) == known[-1]
    else:
        with pytest.raises(RateUnknown):
            rates.usd("XOF", start + timedelta(asked))

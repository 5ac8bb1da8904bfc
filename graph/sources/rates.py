"""Exchange rates to the US dollar: the European Central Bank's daily ones, with given ones before them."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache
from importlib import import_module
from typing import Any, Final

from graph.sources.faults import RateUnknown

# Banks close for days, never for a month: a longer gap means that the currency is no longer quoted.
LONGEST_GAP: Final = 31


class Rates:
    """US dollars for one unit of a currency on a day.

    A given rate holds from its day until the next given one of its currency and overrides the bank's; before the
    first one the bank's hold. After the bank's last day its last rates hold.
    """

    def __init__(self, overrides: Iterable[tuple[str, date, float]] = ()) -> None:
        given: defaultdict[str, dict[date, float]] = defaultdict(dict)
        for currency, day, usd in overrides:
            given[currency][day] = usd
        self._given = {currency: sorted(rates.items()) for currency, rates in given.items()}
        self._known: dict[tuple[str, date], float] = {}

    def usd(self, currency: str, day: date) -> float:
        """Return US dollars for one unit of `currency` on `day`; RateUnknown if none holds."""
        key = (currency, day)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._rate(currency, day)
        return found

    def _rate(self, currency: str, day: date) -> float:
        given = self._given.get(currency, [])
        place = bisect_right(given, day, key=lambda each: each[0])
        if place:
            return given[place - 1][1]
        if currency == "USD":
            return 1.0
        return _bank_rate(currency, day)


def _bank_rate(currency: str, day: date) -> float:
    bank = _bank()
    if currency not in bank.currencies:
        raise RateUnknown(f"{currency}: no rate is known; add one to the rates table, from {day} or before")
    last = min(day, bank.bounds[bank.ref_currency].last_date)
    for back in range(LONGEST_GAP + 1):
        found = _quoted(currency, last - timedelta(days=back))
        if found is not None:
            return found
    raise RateUnknown(f"{currency}: no rate is known for {day}; add one to the rates table, from {day} or before")


def _quoted(currency: str, day: date) -> float | None:
    try:
        return float(_bank().convert(1, currency, "USD", date=day))
    except _converter().RateNotFoundError:
        return None


@cache
def _bank() -> Any:
    return _converter().CurrencyConverter()


def _converter() -> Any:
    # Untyped, and loaded only when a currency other than given ones is asked for.
    return import_module("currency_converter")

"""How the partner API writes values: money plain or as locales spell it, rates in hundredths, ranges, pictures."""

from __future__ import annotations

import math
from functools import cache
from typing import Any, Final

from babel import Locale
from babel.numbers import get_currency_symbol

from simulation.regions import Region

WHOLE: Final = frozenset({"IDR", "VND", "JPY"})
"""Currencies that are written without decimals."""


def plain(amount: float, currency: str) -> str:
    """Return an amount as digits with a point: `1234.50`, or `9900` in a currency without cents."""
    return f"{amount:.0f}" if currency in WHOLE else f"{amount:.2f}"


def money(amount: float, currency: str) -> dict[str, str]:
    """Return an amount and its currency as the API has them."""
    return {"amount": plain(amount, currency), "currency": currency}


def spelled(amount: float, region: Region) -> str:
    """Return an amount as the region's locale spells it: `Rp9.900`, `1.234,50 €`, `$1,234.50`."""
    group, point, symbol, after = _signs(region)
    digits = 0 if region.currency in WHOLE else 2
    number = f"{amount:,.{digits}f}".translate({ord(","): group, ord("."): point})
    return f"{number}\N{NO-BREAK SPACE}{symbol}" if after else f"{symbol}{number}"


def spelled_money(amount: float, region: Region) -> dict[str, str]:
    """Return an amount as spelled, with its currency."""
    return {"amount": spelled(amount, region), "currency": region.currency}


def prices(low: float, high: float, currency: str) -> dict[str, str]:
    """Return a lowest and highest price."""
    return {"minimum_amount": plain(low, currency), "maximum_amount": plain(high, currency), "currency": currency}


def money_range(low: float | None, high: float | None, region: Region) -> dict[str, str] | None:
    """Return the range that stands in an amount's place, `$10,000+` where it is open; None where nothing is known."""
    if low is None or math.isnan(low):
        return None
    bounds = {"minimum_amount": plain(low, region.currency), "currency": region.currency}
    if high is None or math.isnan(high):
        return bounds | {"formatted_range": f"{spelled(low, region)}+"}
    ends = f"{spelled(low, region)}-{spelled(high, region)}"
    return bounds | {"maximum_amount": plain(high, region.currency), "formatted_range": ends}


def hundredths(share: float) -> int:
    """Return a share in hundredths of a percent: 0.3 is 3000."""
    return round(share * 10_000)


def picture(kind: str, name: str) -> str:
    """Return the address of a picture."""
    return f"https://pictures.example/{kind}/{name}.webp"


def known(fields: dict[str, Any]) -> dict[str, Any]:
    """Return the fields without those that are None: the API leaves out what a creator does not share."""
    return {name: value for name, value in fields.items() if value is not None}


@cache
def _signs(region: Region) -> tuple[str, str, str, bool]:
    locale = Locale.parse(region.locale)
    symbols = locale.number_symbols["latn"]
    after = locale.currency_formats["standard"].pattern.rstrip().endswith("¤")
    return symbols["group"], symbols["decimal"], get_currency_symbol(region.currency, region.locale), after

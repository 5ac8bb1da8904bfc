"""The codes that a source may use for currencies and regions."""

from __future__ import annotations

from functools import cache
from typing import Final

from babel.core import Locale, get_global
from babel.numbers import get_currency_precision, list_currencies

from graph.sources.faults import BadValue

# ISO 4217 codes of no money: tests, no currency, metals, bond units, the IMF's own.
NO_MONEY: Final = frozenset(("XXX", "XTS", "XAG", "XAU", "XPD", "XPT", "XBA", "XBB", "XBC", "XBD", "XDR", "XSU", "XUA"))
# Babel's list has more than countries: pseudo-locales and groups of states.
NO_REGION: Final = frozenset(("EU", "EZ", "QO", "UN", "XA", "XB"))
# The rupiah has sen by ISO 4217, but nobody has used them for decades.
WHOLE_BY_CUSTOM: Final = frozenset(("IDR",))


def currency_code(value: object) -> str:
    """Return an ISO 4217 code in upper case; BadValue for anything else."""
    code = str(value).strip().upper()
    if code not in _currencies():
        raise BadValue(value, "a currency is an ISO 4217 code", "write a code such as USD or IDR")
    return code


def region_code(value: object) -> str:
    """Return an ISO 3166-1 alpha-2 code in upper case, `ZZ` where the region is not known; BadValue for anything else."""
    code = str(value).strip().upper()
    if code not in regions():
        raise BadValue(value, "a region is an ISO 3166-1 alpha-2 code", "write a code such as US or GB, or ZZ where it is unknown")
    return code


@cache
def has_minor_unit(currency: str) -> bool:
    """Tell whether prices in a currency have decimals in everyday use."""
    return currency not in WHOLE_BY_CUSTOM and get_currency_precision(currency) > 0


@cache
def regional_currency(region: str) -> str | None:
    """Return the one currency that is legal tender in a region today; None where there are several or none."""
    spans = get_global("territory_currencies").get(region, [])
    current = [code for code, _, end, tender in spans if tender and end is None]
    return current[0] if len(current) == 1 else None


@cache
def _currencies() -> frozenset[str]:
    return frozenset(code for code in list_currencies() if len(code) == 3) - NO_MONEY


@cache
def regions() -> frozenset[str]:
    """Return the codes of all regions."""
    return frozenset(code for code in map(str, Locale("en").territories) if len(code) == 2 and code.isalpha()) - NO_REGION

"""Amounts of money, plain or as some locale writes them, to exact decimals.

Which of `.` and `,` parts the thousands is told by the amount and its currency alone, never by the reader's locale. A plain number with a
lone point is a decimal, whatever its currency: responses have up to six decimals.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from functools import cache
from typing import Final

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.languages import get_official_languages
from babel.numbers import get_currency_symbol

from graph.sources.codes import currency_code, has_minor_unit
from graph.sources.faults import BadValue
from graph.sources.partner_api.shares import number

RULE: Final = "an amount is a number, plain or formatted"
NEGATIVE: Final = "an amount is not negative"
REMEDY: Final = "write it plainly, for example 1234.50"
LARGEST: Final = Decimal(10) ** 15
DIGITS: Final = re.compile(r"[0-9][0-9.,' ]*|[.,][0-9]+")
# Signs that are in use on price tags and that no locale of the currency lists.
TAGS: Final = {
    "IDR": ("Rp", "Rp."),
    "JPY": ("円", "¥", "JP¥"),
    "MXN": ("MX$", "Mex$"),
    "SGD": ("S$",),
    "USD": ("US$",),
    "VND": ("₫", "đ", "VNĐ"),
}


def amount(value: object, currency: object) -> Decimal | None:
    """Return an amount as an exact decimal in `currency`; None where it is empty.

    BadValue for a negative amount, a symbol of another currency, an unknown currency, or what cannot be read.
    """
    if value is None or value == "":
        return None
    code = currency_code("" if currency is None else currency)
    found = number(value, RULE) if isinstance(value, (int, float)) else _formatted(value, code)
    if found < 0:
        raise BadValue(value, NEGATIVE, REMEDY)
    if found >= LARGEST:
        raise BadValue(value, f"an amount is less than {LARGEST:,}", "correct the number")
    return found


def _formatted(value: object, code: str) -> Decimal:
    if not isinstance(value, str):
        raise BadValue(value, RULE, REMEDY)
    text = plain(value)
    match = DIGITS.search(text)
    if match is None:
        raise BadValue(value, RULE, REMEDY)
    before, digits, after = text[: match.start()], match.group().rstrip(" "), text[match.end() :]
    if after.startswith("-") and digits[-1] in ",.":  # "Rp10.000,-"
        digits, after = digits[:-1], after[1:]
    _check_symbols(value, f"{before} {after}", code)
    return Decimal(with_point(value, digits, grouped=bool((before + after).strip()) and not has_minor_unit(code)))


def plain(value: str) -> str:
    """Return a text with one kind of digits, space, apostrophe and separator each."""
    text = unicodedata.normalize("NFKC", value)
    text = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)
    return " ".join(text.translate({0x2019: "'", 0x066B: ".", 0x066C: ",", 0x2212: "-"}).split())


def _check_symbols(value: str, around: str, code: str) -> None:
    for sign in around.split():
        if sign.casefold() not in _symbols(code):
            raise BadValue(value, _rule(sign, code), REMEDY)


def _rule(sign: str, code: str) -> str:
    """Return the rule that a sign beside an amount breaks."""
    if any(character.isdigit() for character in sign):
        return RULE
    if "-" in sign or "(" in sign:
        return NEGATIVE
    return f"the currency is {code}, and '{sign[:20]}' is not one of its signs"


def with_point(value: str, digits: str, *, grouped: bool = False) -> str:
    """Return the digits of `value` with a decimal point and nothing else; BadValue where the separators are those of no number.

    `grouped` tells that a lone point before three digits parts thousands.
    """
    kinds = sorted({c for c in digits if not c.isdigit()}, key=digits.rindex)
    if not kinds:
        return digits
    last = kinds[-1]
    if len(kinds) == 2 and last in ".,":
        whole, _, decimals = digits.rpartition(last)
        return f"{ungrouped(value, whole, kinds[0])}.{only_digits(value, decimals)}"
    if len(kinds) == 1 and not _groups(digits, last, grouped=grouped):
        whole, _, decimals = digits.partition(last)
        return f"{whole or '0'}.{only_digits(value, decimals)}"
    if len(kinds) == 1:
        return ungrouped(value, digits, last)
    raise BadValue(value, RULE, REMEDY)


def _groups(digits: str, separator: str, *, grouped: bool) -> bool:
    """Tell whether the only kind of separator parts thousands."""
    if separator in "' " or digits.count(separator) > 1:
        return True
    whole, _, rest = digits.partition(separator)
    return len(rest) == 3 and whole.lstrip("0") == whole and 1 <= len(whole) <= 3 and (separator == "," or grouped)


def ungrouped(value: str, digits: str, separator: str) -> str:
    """Return digits without the separator of their thousands; BadValue where these are not three to a group."""
    head, *groups = digits.split(separator)
    # Groups of two before the last are how India writes lakhs.
    sound = 1 <= len(head) <= 3 and head != "0" and all(len(g) in (2, 3) for g in groups) and len(groups[-1]) == 3
    if not sound:
        raise BadValue(value, "thousands separators stand before groups of three digits", REMEDY)
    return only_digits(value, head + "".join(groups))


def only_digits(value: str, digits: str) -> str:
    """Return digits as they are; BadValue where there is anything else."""
    if not digits.isdigit():
        raise BadValue(value, RULE, REMEDY)
    return digits


@cache
def _symbols(code: str) -> frozenset[str]:
    """Return what may stand beside an amount in a currency: its code, and its signs where it is at home and in English."""
    signs = {code, *TAGS.get(code, ())} | {get_currency_symbol(code, locale) for locale in _home_locales(code)}
    return frozenset(part.casefold() for sign in signs for part in plain(sign).split())


def _home_locales(code: str) -> list[Locale]:
    spans = get_global("territory_currencies")
    homes = [region for region, used in spans.items() if any(c == code and end is None for c, _, end, _ in used)]
    names = {f"{language}_{home}" for home in homes for language in get_official_languages(home, de_facto=True)}
    return [Locale("en"), *(locale for name in sorted(names) if (locale := _locale(name)))]


def _locale(name: str) -> Locale | None:
    try:
        return Locale.parse(name)
    except (UnknownLocaleError, ValueError):
        return None

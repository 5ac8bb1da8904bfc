"""Numbers as people and programs write them: `475.8m`, `1,019.90`, `5e+06`, `Rp1,5jt`.

Two kinds of separators: the last is the decimal one. A single separator before three digits parts thousands if it is a comma. A mapping
that names the decimal separator leaves nothing to tell.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from graph.sources.faults import BadValue
from graph.sources.partner_api.money import DIGITS, amount, only_digits, plain, ungrouped, with_point
from graph.sources.scales import scaled

PLAIN: Final = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)(e[+-]?[0-9]{1,2})?", re.IGNORECASE)
NUMBER: Final = re.compile(r"([+-]?)\s?([0-9.,' ]*[0-9])")
RULE: Final = "expected a number, such as 1234.5, 1,234.5, 1.2k, 3m or 5e+06"
REMEDY: Final = "correct the cell, or list it in `empty` if it means unknown"
SEPARATORS: Final = 'correct the cell, or set the decimal separator in [source]: decimal = ","'


def number_of(text: str, *, decimal: str | None = None) -> Decimal:
    """Return the number that a text is; `decimal` is its decimal separator, where that is known. BadValue for anything else."""
    if decimal != "," and PLAIN.fullmatch(text):
        return Decimal(text)
    written = plain(text)
    if decimal != "," and PLAIN.fullmatch(written):
        return Decimal(written)
    bare, factor = scaled(written)
    found = NUMBER.fullmatch(bare.strip())
    if found is None:
        raise BadValue(text, RULE, REMEDY)
    return Decimal(f"{found[1]}{_pointed(text, found[2], decimal)}") * factor


def amount_of(text: str, currency: str, *, decimal: str | None = None) -> Decimal | None:
    """Return the amount of money that a text is, with signs of its currency beside it or without. BadValue for anything else."""
    if decimal != "," and PLAIN.fullmatch(text):
        return Decimal(text)
    written = plain(text)
    if decimal != "," and PLAIN.fullmatch(written):
        return Decimal(written)
    bare, factor = scaled(written)
    if decimal is not None and (digits := DIGITS.search(bare)) is not None:
        number = _pointed(text, digits.group().strip(), decimal)
        bare = f"{bare[: digits.start()]}{Decimal(number):.6f} {bare[digits.end() :]}"
    found = amount(bare, currency)
    return None if found is None else found * factor


def _pointed(text: str, digits: str, decimal: str | None) -> str:
    """Return digits with a decimal point and no other separator."""
    if decimal is None:
        try:
            return with_point(text, digits)
        except BadValue as fault:
            raise BadValue(text, fault.rule, SEPARATORS) from None
    whole, point, decimals = digits.partition(decimal)
    kinds = {character for character in whole if not character.isdigit()}
    if len(kinds) > 1:
        raise BadValue(text, RULE, REMEDY)
    bare = ungrouped(text, whole, kinds.pop()) if kinds else whole or "0"
    return f"{bare}.{only_digits(text, decimals)}" if point else bare

"""The one rule for ids, whatever route they come by.

Two things must never become one because a program in between has shortened their ids, or written the same word for "none".
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import Final
from uuid import UUID

from graph.exactness import EXACT
from graph.sources.faults import BadValue

LONGEST: Final = 256
NOTHING: Final = frozenset(
    {"nan", "-nan", "inf", "+inf", "-inf", "none", "null", "nat", "undefined", "n/a", "#n/a", "<na>", "<null>", "(null)", "\\n"}
    | {"#value!", "#ref!", "#name?", "#num!", "#null!", "#div/0!"}
    | {"-", "--", "–", "—", "?", "[]", "{}", "[object object]"}
)
"""What programs and people write where there is nothing, or where a formula failed; case-folded."""

SUSPECT_LENGTH: Final = 18
"""Shorter numbers end in zeros by chance too often."""

# Hashes have digits around an `e` too, so a bare exponent counts only where the number is as long as the platform's ids.
EXPONENT: Final = re.compile(r"[+-]?(\d+[.,]\d*e[+-]?\d+|\d+e[+-]\d+|\de(1[5-9]|2\d))")
"""A number with an exponent, alone."""

WITHIN: Final = re.compile(r"(?<![\w.,])\d+([.,]\d+)?e\+\d+(?!\w)")
"""One within a longer id, such as `order-5.79e+17`."""

OPENING: Final = frozenset("'=\"‘“”„«")

PARTS: Final = re.compile(r"[:|]")
NO_PARTS: Final = frozenset({"nan", "none", "null", "nat", "undefined", "<na>"})
DECIMALS: Final = re.compile(r"[+-]?\d+[.,]0+")
GROUPED: Final = re.compile(r"\d{1,3}([.,'’\s]\d{3}){2,}|[1-9]\d{0,2}[,'’]\d{3}|\d{1,4}([.,'’\s]\d{4}){2,}|\d+(\s\d+){2,}")
PROTECTED: Final = re.compile(
    r"""=\s*"([^"]*)"|=\s*T(?:EXT)?\s*\(\s*"([^"]*)"\s*(?:[,;]\s*"[@0]"\s*)?\)|["“”„«]([^"“”„«»]*)["“”«»]|['‘]([^'’]*)['’]|'(.*)""",
    re.DOTALL | re.IGNORECASE,
)
"""Marks and formulas by which spreadsheets are kept from reading an id as a number, and quotes of those who read it twice."""
INVISIBLE: Final = "\u200b\u200c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"

LOST: Final = "export the ids as text from where they are complete"


class RoundedInteger(int):
    """A whole number of a JSON document that has been rounded to a floating-point number, as JavaScript does."""


def identifier(value: object, *, longest: int = LONGEST) -> str:
    """Return an id as it is kept: trimmed, without what spreadsheets put around it; empty where there is none.

    BadValue for what has lost digits or never was an id: floating-point numbers, exponents, grouped digits, `nan`.
    """
    if type(value) is str and value.isascii() and value.isdigit() and len(value) <= longest:
        return value  # what nearly all ids are
    text = _bare(_written(value))
    if text.isascii() and text.isdigit() and len(text) <= longest:
        return text
    if text.isdecimal() and not text.isascii():
        text = "".join(str(unicodedata.decimal(c)) for c in text)
    if len(text) > longest:
        raise BadValue(text, f"an id has at most {longest} characters", "shorten it")
    if text:
        check_name(text)
        _check_digits(text)
    return text


def check_name(text: str) -> None:
    """Raise BadValue for an id or user name that says that there is none, that has an exponent, or is no sound Unicode."""
    if text.startswith("="):
        raise BadValue(text, "an id is no formula", "write the id itself, as text")
    plain = text.lower() if text.isascii() else unicodedata.normalize("NFKC", text).casefold()
    parts = PARTS.split(plain)
    if plain in NOTHING or not NO_PARTS.isdisjoint(parts):
        raise BadValue(text, "this word stands for a missing value and is not an id", "leave it empty, or write the id")
    if "e" in plain and (any(EXPONENT.fullmatch(part) for part in parts) or WITHIN.search(plain)):
        raise BadValue(text, "an id in exponent notation has lost digits", LOST)
    if "\x00" in text or (not text.isascii() and any("\ud800" <= c <= "\udfff" or c == "\ufffd" for c in text)):
        raise BadValue(text.encode("utf-8", "replace").decode(), "an id is valid Unicode text without NUL", "write it again as UTF-8")


def is_rounded(number: float) -> bool:
    """Tell whether a large number is what JavaScript makes of one that is too long for it: few digits, then zeros."""
    if abs(number) <= EXACT:
        return False
    return isinstance(number, float) or (number % 100 == 0 and number == int(Decimal(repr(float(number)))))


def looks_rounded(text: str) -> bool:
    """Tell whether a long id ends as spreadsheets (after 15 digits) or JavaScript (after 16 or 17) round it."""
    if not (SUSPECT_LENGTH <= len(text) <= 20 and text.isascii() and text.isdigit()):
        return False
    return not text[15:].strip("0") or is_rounded(int(text))


def _written(value: object) -> str:
    if isinstance(value, RoundedInteger):
        raise BadValue(int(value), "an id above 2^53 that comes as a JSON number has been rounded", "write ids as texts in quotes")
    if isinstance(value, float):
        raise BadValue(value, "an id that comes as a floating-point number may have lost digits", LOST)
    if isinstance(value, bytes):
        return _decoded(value)
    if isinstance(value, Decimal) and value.is_finite() and value == value.to_integral_value():
        return str(int(value))
    if isinstance(value, bool) or not isinstance(value, (str, int, UUID)):
        raise BadValue(value, "an id is a text or a whole number", "write it as a text")
    return str(value)


def _decoded(value: bytes) -> str:
    try:
        return value.decode()
    except UnicodeDecodeError:
        raise BadValue(value, "an id is a text or a whole number, and these bytes are not UTF-8", "write it as a text") from None


def _bare(text: str) -> str:
    """Return a text without white space and invisible marks around it, and without a spreadsheet's protection."""
    text = text.strip()
    text = text if text.isascii() else text.strip(INVISIBLE).strip()
    protected = PROTECTED.fullmatch(text) if text[:1] in OPENING else None
    return text if protected is None else (protected[protected.lastindex or 0] or "").strip().strip(INVISIBLE).strip()


def _check_digits(text: str) -> None:
    """Raise BadValue for a number that is written as no id is."""
    plain = unicodedata.normalize("NFKC", text)
    if not plain[-1:].isdigit():
        return
    if DECIMALS.fullmatch(plain):
        raise BadValue(text, "an id with decimals may have lost digits", LOST)
    if GROUPED.fullmatch(plain):
        raise BadValue(text, "an id has no separators between groups of digits", "write its digits only")

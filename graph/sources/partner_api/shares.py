"""Rates as the partner API writes them, to shares from 0 to 1."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from graph.sources.faults import BadValue


def hundredths(value: object) -> float | None:
    """Return hundredths of a percent as a share: `3000` → 0.3; None where empty.

    BadValue for a fraction of one: `0.3` and `12.5` are shares or percentages in the wrong field.
    """
    rule = "a rate is given in hundredths of a percent, a whole number from 0 to 10000"
    return _share(value, 10_000, rule, integral=True)


def fraction(value: object) -> float | None:
    """Return a fraction as it is: `"0.3035"` → 0.3035; None where empty."""
    return _share(value, 1, "a share lies between 0 and 1")


def percent(value: object) -> float | None:
    """Return a percentage, with or without `%`, as a share: `"60.85%"` → 0.6085; None where empty."""
    bare = value.strip().removesuffix("%").strip() or "%" if isinstance(value, str) and value else value
    return _share(bare, 100, "a percentage lies between 0 and 100")


def _share(value: object, whole: int, rule: str, *, integral: bool = False) -> float | None:
    if value is None or value == "":
        return None
    found = number(value, rule)
    share = found / whole
    if not 0 <= share <= 1 or (integral and found != found.to_integral_value()):
        raise BadValue(value, rule, "write the rate in this field's unit")
    return float(share)


def number(value: object, rule: str) -> Decimal:
    """Return a JSON number or a plain string of one; BadValue with `rule` for anything else."""
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        raise BadValue(value, rule, "write a number")
    text = str(value).strip()
    try:
        found = Decimal(text) if text.isascii() and "_" not in text else Decimal("NaN")
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite():
        raise BadValue(value, rule, "write a number")
    return found

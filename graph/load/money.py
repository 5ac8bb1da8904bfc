"""Amounts in US dollars, and the names of categories: the properties that follow from what sources say."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from graph.load.registers import Register, observed_at
from graph.load.shapes import FEATURES, SHAPES, Shape

UsdPerUnit = Callable[[str, int], float | None]
"""Currency and Unix seconds → US dollars for one unit on that day; None where no rate is known."""

LATEST: Final = 253_402_214_400
"""The last day there is: the rate of something undated is the last one known."""

TIMES: Final = {"Sale": "at", "Report": "at", "FEATURES": "seenAt"}
"""The property that tells on which day an amount is of; a product's price is of the day it was seen."""

PRICED: Final[dict[str, Shape]] = {label: shape for label, shape in SHAPES.items() if shape.in_usd} | {"FEATURES": FEATURES}


def derived(label: str, fields: dict[str, Any], register: Register, rate: UsdPerUnit) -> dict[str, Any]:
    """Return the properties that follow from a node's fields and their ages."""
    if label == "Category":
        return _names(register)
    return in_usd(label, fields, register, rate) if label in PRICED else {}


def in_usd(label: str, fields: dict[str, Any], register: Register, rate: UsdPerUnit) -> dict[str, Any]:
    """Return the amounts among `fields` in US dollars, at the rate of the day they are of."""
    currency = fields.get("currency")
    amounts = [(usd, fields[name]) for name, usd in PRICED[label].in_usd if fields.get(name) is not None]
    if not amounts or not currency:
        return {}
    per_unit = 1.0 if currency == "USD" else rate(currency, day(label, fields, register))
    return {} if per_unit is None else {usd: amount * per_unit for usd, amount in amounts}


def lacks_rate(label: str, fields: dict[str, Any], at: int, rate: UsdPerUnit) -> str | None:
    """Return the currency of an observation that has an amount and no rate on its day; None where all is well."""
    currency = fields.get("currency")
    if label not in PRICED or not currency or currency == "USD":
        return None
    used = any(fields.get(name) is not None for name, _ in PRICED[label].in_usd)
    return currency if used and rate(currency, fields.get(TIMES.get(label, "")) or at or LATEST) is None else None


def day(label: str, fields: dict[str, Any], register: Register) -> int:
    """Return a time on the day whose rate counts."""
    known = fields.get(TIMES.get(label, ""))
    if known:
        return known
    ages = [register[name][0] for name, _ in PRICED[label].in_usd if name in register]
    return (observed_at(max(ages)) if ages else 0) or LATEST


def _names(register: Register) -> dict[str, Any]:
    """Return a category's names by region as parallel lists."""
    by_region = {key.removeprefix("name@"): value for key, (_, value) in sorted(register.items()) if key.startswith("name@")}
    return {"nameRegions": list(by_region), "regionNames": list(by_region.values())} if by_region else {}

"""What the columns of a table's row have to do with each other."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from graph.dates import DAY, iso_day, iso_time
from graph.model import TABLES, Property, Reference, Unit, columns
from graph.sources.codes import has_minor_unit
from graph.sources.faults import BadValue
from graph.sources.handles import compared, handle, user_name_as_id

PLANNED: Final = frozenset({"approval_due_at", "shipment_due_at", "due_at", "starts_at", "ends_at"})
"""Times that may lie ahead; all others are of what has happened."""

ANNOUNCED: Final = frozenset({"published_at", "ended_at"})
"""Times that lists of posts and streams may tell ahead of theirs; they are held to now alone."""

AMOUNTS: Final = {
    each.name: tuple(name for name, column in columns(each).items() if isinstance(column, Property) and column.unit is Unit.MONEY)
    for each in TABLES
    if "currency" in columns(each)
}

DAILY: Final = re.compile(r":[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")


def check_row(table: str, values: dict[str, Any]) -> None:
    """Raise BadValue where the values of a row do not fit each other; a creator's handle is written as it is kept."""
    RULES.get(table, _no_rule)(values)
    if "currency" not in values and table in AMOUNTS:
        amount = next((name for name in AMOUNTS[table] if name in values), None)
        if amount is not None:
            raise BadValue(values[amount], "an amount has a currency", "fill in currency, or leave the amount empty", column=amount)


class PastTimes:
    """The times in a table's rows of what has happened: none lies more than a day after the row was observed, or after now."""

    def __init__(self, of: Mapping[str, Property | Reference]) -> None:
        times = [name for name, each in of.items() if isinstance(each, Property) and each.unit is Unit.TIME]
        self._names = [name for name in times if name not in PLANNED]
        self._latest = int(time.time()) + DAY

    def check(self, values: Mapping[str, Any], observed_at: int) -> None:
        """Raise BadValue for a time that had not come; `observed_at` is 0 where nobody says when the row was observed."""
        known = min(observed_at + DAY, self._latest) if observed_at else self._latest
        for name in self._names:
            at = values.get(name)
            newest = at if at is None or type(at) is int else max(at)
            if newest is not None and newest > (self._latest if name in ANNOUNCED else known):
                self._refuse(name, newest, observed_at)

    def _refuse(self, name: str, newest: int, observed_at: int) -> None:
        if newest <= self._latest:
            rule, remedy = f"nothing happens more than a day after it was observed ({iso_time(observed_at)})", "correct it, or observed_at"
        else:
            rule, remedy = "nothing has happened that lies more than a day ahead of now", "write Unix seconds, UTC, of the past"
        raise BadValue(newest, f"{rule}; this is {iso_time(newest)}", remedy, column=name)


def _no_rule(_values: dict[str, Any]) -> None: ...


def _creator(values: dict[str, Any]) -> None:
    written, key = values["handle"], values["id"]
    try:
        name = handle(written)
    except BadValue as fault:
        raise fault.at("handle") from None
    if name is None:
        raise BadValue(written, "a handle has a letter or digit", "write the user name", column="handle")
    if key.startswith("@") or (key == written and key != compared(key)):
        raise user_name_as_id(key).at("id")
    values["handle"] = name
    open_id = values.get("open_id", key)
    if open_id != key:
        rule = f"the id of a creator is its open_id ({open_id}), here and in every column that refers to the creator"
        raise BadValue(key, rule, f"write {open_id}, or leave open_id empty", column="id")


def _sale(values: dict[str, Any]) -> None:
    refunded, quantity = values.get("refunded_quantity", 0), values["quantity"]
    if refunded > quantity:
        raise BadValue(refunded, f"no more is refunded than was ordered ({quantity})", "check both", column="refunded_quantity")
    _states(values, "statuses", "refunded_quantities")
    key, order = values["id"], values["order_id"]
    if ":" in key and (not key.startswith(f"{order}:") or key.endswith(":")):
        raise BadValue(key, "an id of order:line has the row's order_id before the colon", f"write {order}: and its line", column="id")
    _check_gmv(values)


def _check_gmv(values: dict[str, Any]) -> None:
    """Check that GMV is price × quantity, as far as prices that are rounded to the smallest coin can tell."""
    price, quantity, gmv = values.get("price"), values["quantity"], values["gmv"]
    if price is None:
        return
    coin = 0.01 if has_minor_unit(values["currency"]) else 1.0
    if abs(price * quantity - gmv) > coin / 2 * (quantity + 1) + 1e-9 * gmv:
        rule = f"GMV is price × quantity, before discounts and refunds ({price:g} × {quantity})"
        raise BadValue(gmv, rule, "correct one of the three, or leave the price empty", column="gmv")


def _states(values: dict[str, Any], *lists: str) -> None:
    """Check the parallel lists of what was known from when on."""
    seen = values.get("seen_at", [])
    if seen != sorted(seen):
        raise BadValue(seen, "times stand in ascending order", "sort them, and the lists beside them", column="seen_at")
    for name in lists:
        if name in values and len(values[name]) != len(seen):
            raise BadValue(values[name], "it has as many items as seen_at", "give one for each time", column=name)


def _content(values: dict[str, Any]) -> None:
    if values.get("ended_at", values.get("published_at", 0)) < values.get("published_at", 0):
        raise BadValue(values["ended_at"], "a stream ends after it began", "check both times", column="ended_at")


def _category(values: dict[str, Any]) -> None:
    if values.get("parent_id") == values["id"]:
        raise BadValue(values["id"], "a category is not its own parent", "write its parent, or 0 for none", column="parent_id")


def _rate(values: dict[str, Any]) -> None:
    if values["usd_per_unit"] <= 0:
        raise BadValue(values["usd_per_unit"], "a rate is more than 0", "write US dollars for one unit", column="usd_per_unit")
    try:
        values["date"] = date.fromisoformat(values["date"]).isoformat()
    except ValueError:
        raise BadValue(values["date"], "a date is written YYYY-MM-DD", "write for example 2024-11-13", column="date") from None


def _report(values: dict[str, Any]) -> None:
    own = f"{values['creator_id']}:{iso_day(values['at'])}"
    if DAILY.search(values["id"]) and values["id"] != own:
        rule = "an id of creator and day has the row's creator_id and the day of its time (UTC)"
        raise BadValue(values["id"], rule, f"write {own}", column="id")
    for name, low in values.items():
        if name.endswith("_low") and low > (high := values.get(f"{name.removesuffix('_low')}_high", low)):
            raise BadValue(low, f"the lower end of a range is at most the upper ({high})", "check both", column=name)


RULES: Final[dict[str, Callable[[dict[str, Any]], None]]] = {
    "creators": _creator,
    "sales": _sale,
    "collaborations": lambda values: _states(values, "statuses"),
    "contents": _content,
    "categories": _category,
    "rates": _rate,
    "reports": _report,
}

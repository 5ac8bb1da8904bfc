"""What the columns of a table's row have to do with each other."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from graph.dates import DAY, iso_time
from graph.model import TABLES, Property, Reference, Unit, columns
from graph.sources.faults import BadValue
from graph.sources.handles import compared, handle, user_name_as_id

PLANNED: Final = frozenset({"approval_due_at", "shipment_due_at", "due_at", "starts_at", "ends_at"})
"""Times that may lie ahead; all others are of what has happened."""

ANNOUNCED: Final = frozenset({"published_at", "ended_at"})
"""Times that lists of posts and streams may tell ahead of theirs."""

AHEAD: Final = 366 * DAY
"""How far ahead of now a time may lie: clocks differ, and what was simulated need not be of the past; beyond it a unit is wrong."""

AMOUNTS: Final = {
    each.name: tuple(name for name, column in columns(each).items() if isinstance(column, Property) and column.unit is Unit.MONEY)
    for each in TABLES
    if "currency" in columns(each)
}


def check_row(table: str, values: dict[str, Any]) -> None:
    """Raise BadValue where the values of a row do not fit each other; a creator's handle is written as it is kept."""
    RULES.get(table, _no_rule)(values)
    if "currency" not in values and table in AMOUNTS:
        amount = next((name for name in AMOUNTS[table] if values.get(name)), None)
        if amount is not None:
            raise BadValue(values[amount], "an amount has a currency", f"fill in currency, or leave {amount} empty", column=amount)


class PastTimes:
    """The times in a table's rows of what has happened: none lies more than a day after the row was observed, or far ahead of now."""

    def __init__(self, of: Mapping[str, Property | Reference]) -> None:
        times = [name for name, each in of.items() if isinstance(each, Property) and each.unit is Unit.TIME]
        self._names = [name for name in times if name not in PLANNED]
        self._latest = int(time.time()) + AHEAD

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
            rule, remedy = "nothing has happened that lies more than a year ahead of now", "write Unix seconds, UTC"
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

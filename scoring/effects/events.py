"""What can be left out of a creator's event tables: one content, collaboration or report, or the order lines of one product."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

import numpy as np

from scoring.facts.arrays import Ints
from scoring.facts.events.arrow import Table, Tables

LINES: Final = ("sales", "earlier_sales")
Rows = Mapping[str, Ints]
"""Table → places of rows that are left out together."""


class EventKind(StrEnum):
    """What kind of thing an event is; its id is the content's, collaboration's or report's, of sales the product's."""

    CONTENT = "CONTENT"
    COLLABORATION = "COLLABORATION"
    REPORT = "REPORT"
    SALES = "SALES"


@dataclass(frozen=True, slots=True)
class Event:
    """Rows of a creator's event tables that belong together. `at` is when it happened, of sales the last line; None where unknown."""

    kind: EventKind
    id: str
    at: int | None
    rows: Rows

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from others."""
        return self.kind.value, self.id


def events(tables: Tables) -> list[Event]:
    """Return all events of one creator's tables, of which `reports` and `report_history` have a column `id` beside those declared."""
    return [*_contents(tables), *_collaborations(tables), *_reports(tables), *_sales(tables)]


def missing(tables: Tables, others: Tables) -> Rows:
    """Return the rows of one creator's events that the same tables of others lack; nothing of a table that lacks none."""
    names = ("contents", "features", "collaborations", "deliveries", "promotions", *LINES)
    found = {name: _beyond(tables[name], others[name]) for name in names}
    return {name: places for name, places in found.items() if len(places)}


def _beyond(table: Table, other: Table) -> Ints:
    left = Counter(_tuples(other))
    places: list[int] = []
    for place, row in enumerate(_tuples(table)):
        if left[row]:
            left[row] -= 1
        else:
            places.append(place)
    return np.array(places, dtype=np.int64)


def _tuples(table: Table) -> Iterator[Any]:
    return _pairs(table, *table.column_names)


def union(chosen: Sequence[Event]) -> Rows:
    """Return the rows of several events."""
    names = {name for event in chosen for name in event.rows}
    return {name: np.unique(np.concatenate([event.rows[name] for event in chosen if name in event.rows])) for name in names}


def _contents(tables: Tables) -> Iterator[Event]:
    features = _places(tables["features"], "content_id")
    for place, (name, at) in enumerate(_pairs(tables["contents"], "id", "published_at")):
        yield Event(EventKind.CONTENT, name, at, {"contents": _one(place), "features": features.get(name, _NONE)})


def _collaborations(tables: Tables) -> Iterator[Event]:
    beside = {name: _places(tables[name], "collaboration_id") for name in ("deliveries", "promotions")}
    for place, (name, at) in enumerate(_pairs(tables["collaborations"], "id", "offered_at")):
        more = {table: found.get(name, _NONE) for table, found in beside.items()}
        yield Event(EventKind.COLLABORATION, name, at, {"collaborations": _one(place), **more})


def _reports(tables: Tables) -> Iterator[Event]:
    latest, history = _places(tables["reports"], "id"), _places(tables["report_history"], "id")
    times: dict[str, int] = dict(_pairs(tables["report_history"], "id", "at"))
    for name in sorted({*latest, *history}):
        rows = {"reports": latest.get(name, _NONE), "report_history": history.get(name, _NONE)}
        yield Event(EventKind.REPORT, name, times.get(name), rows)


def _sales(tables: Tables) -> Iterator[Event]:
    lines = {name: _places(tables[name], "product_id") for name in LINES}
    times = {name: np.asarray(tables[name]["at"].to_pylist(), dtype=np.int64) for name in LINES}
    for product in sorted({*lines["sales"], *lines["earlier_sales"]}):
        rows = {name: lines[name].get(product, _NONE) for name in LINES}
        last = max(int(times[name][places].max(initial=0)) for name, places in rows.items())
        yield Event(EventKind.SALES, product, last, rows)


_NONE: Final[Ints] = np.zeros(0, dtype=np.int64)


def _one(place: int) -> Ints:
    return np.array([place], dtype=np.int64)


def _pairs(table: Table, *names: str) -> Iterator[Any]:
    return zip(*(table[name].to_pylist() for name in names), strict=True)


def _places(table: Table, name: str) -> dict[str, Ints]:
    """Return where each value of a column stands."""
    found: dict[str, list[int]] = {}
    for place, value in enumerate(table[name].to_pylist()):
        found.setdefault(value, []).append(place)
    return {value: np.array(places, dtype=np.int64) for value, places in found.items()}

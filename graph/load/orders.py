"""An order: replaced whole by its latest observation, while what was known of a line at any time stays known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from graph.load import names
from graph.load.credit import WITHOUT_CREATOR
from graph.load.registers import NEVER
from graph.load.shapes import SHAPES
from graph.load.states import Derive, State
from graph.rows import undated

SALE: Final = SHAPES["Sale"]
HISTORY: Final = ("seenAt", "statuses", "refundedQuantities")
PROGRAMMES: Final = "_programmes"

Point = tuple[str, str, int]
"""Age, status and refunded quantity, as known from one second on."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its latest observation, and every state in which it was ever seen, by second.

    `whole` tells that the latest observation was of the whole order, so that lines it lacks are gone.
    """

    age: str
    whole: bool
    fields: dict[str, Any]
    points: dict[int, Point]


@dataclass(frozen=True, slots=True)
class Order:
    """The lines of one order by id, and the age of its latest observation as a whole (empty: never)."""

    lines: dict[str, Line] = field(default_factory=dict[str, Line])
    age: str = ""

    def gone(self, line: str) -> bool:
        """Whether a newer observation of the whole order no longer had that line."""
        return self.lines[line].age < self.age


def with_lines(order: Order, seen: Mapping[str, Line], age: str, *, whole: bool) -> Order:
    """Return the order once `seen` is known of it, in whatever order observations come.

    Of whole observations of one age, as exports of the same second have, the one imported last replaces the others.
    """
    lines = dict(order.lines)
    if whole and age == order.age:
        lines |= {key: replace(line, age=NEVER) for key, line in lines.items() if line.age == age and key not in seen}
    for key, line in seen.items():
        lines[key] = _later(lines[key], line) if key in lines else line
    return Order(lines, max(order.age, age) if whole else order.age)


def _later(one: Line, other: Line) -> Line:
    """Return what is known of a line; `other` came after, which counts where their ages do not tell."""
    newest = other if undated(one.age, other.age) else max((other, one), key=lambda line: (line.age, line.whole))
    return Line(newest.age, newest.whole, newest.fields, _united(one.points, other.points))


def _united(one: Mapping[int, Point], other: Mapping[int, Point]) -> dict[int, Point]:
    return {second: _newest(one.get(second), other.get(second)) for second in sorted({*one, *other})}


def _newest(one: Point | None, other: Point | None) -> Point:
    if one is not None and other is not None:
        return other if undated(one[0], other[0]) else max((other, one), key=lambda point: point[0])
    known = one or other
    assert known is not None
    return known


def points(values: Mapping[str, Any], age: str, *, since: int) -> dict[int, Point]:
    """Return the states that a row tells, at the times it gives or else from `since` on."""
    seconds: Sequence[int] = values.get("seen_at") or [since]
    statuses: Sequence[str] = values.get("statuses") or [values["status"]] * len(seconds)
    newest = values.get("refunded_quantity") or 0
    refunded: Sequence[int] = values.get("refunded_quantities") or [*[0] * (len(seconds) - 1), newest]
    return {second: (age, status, units) for second, status, units in zip(seconds, statuses, refunded, strict=False)}


def state_of(order: Order, key: str, derive: Derive) -> State:
    """Return how a line is stored; a line that is gone keeps its properties and loses its references."""
    line = order.lines[key]
    fields = {name: value for name, value in line.fields.items() if name in SALE.names or name == PROGRAMMES}
    references = {link.column: (line.fields[link.column],) for link in SALE.links if line.fields.get(link.column)}
    properties = fields | _history(line) | derive("Sale", line.fields, {}) | {"id": key, "_age": line.age}
    properties |= {"_whole": True} if line.whole else {}
    if order.gone(key):
        return State(properties=properties | {"_dropped": order.age})
    if "creator_id" not in references and "content_id" in references:
        properties[WITHOUT_CREATOR] = True
    named = handle_key(line.fields.get("creator_id"))
    properties |= {"handleKey": named} if named else {}
    return State({"": (line.age, line.fields)}, (), properties, references)


def _history(line: Line) -> dict[str, Any]:
    known = list(line.points.items())
    lists = {
        "seenAt": [second for second, _ in known],
        "statuses": [status for _, (_, status, _) in known],
        "refundedQuantities": [units for _, (_, _, units) in known],
    }
    same = all(age == line.age for _, (age, _, _) in known)
    return lists if same else lists | {"_points": [age for _, (age, _, _) in known]}


def order_of(states: Iterable[State]) -> Order:
    """Return the order that stored lines, present and gone, and its mark where it is empty, make up."""
    lines: dict[str, Line] = {}
    age = ""
    for state in states:
        properties = state.properties
        age = max(age, properties.get("_dropped", ""), properties["_age"] if properties.get("_whole") else "")
        if not properties["id"].endswith(":"):
            lines[properties["id"]] = _line(state)
    return Order(lines, age)


def _line(state: State) -> Line:
    properties = state.properties
    age = properties["_age"]
    fields = {name: value for name, value in properties.items() if (name in SALE.observed or name == PROGRAMMES) and name not in HISTORY}
    fields |= {column: keys[0] for column, keys in state.references.items()}
    times = properties["seenAt"]
    ages = properties.get("_points", [age] * len(times))
    known = zip(times, ages, properties["statuses"], properties["refundedQuantities"], strict=True)
    return Line(age, properties.get("_whole", False), fields, {second: (told, status, units) for second, told, status, units in known})


def empty_mark(order_id: str, age: str) -> State:
    """Return what remembers that an order's latest observation had no lines, where no line was ever seen."""
    return State(properties={"id": f"{order_id}:", "orderId": order_id, "_age": age, "_whole": True, "_dropped": age})


def handle_key(reference: str | None) -> str | None:
    """Return the user name of a reference by name."""
    if reference is None or not reference.startswith(names.MARK):
        return None
    return reference.partition(":")[2]

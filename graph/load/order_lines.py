"""Rows of `orders` and `sales`: merged with what is stored of their orders, a batch in one transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final, LiteralString

from graph.load import names, statements
from graph.load.batches import Batch, Orphans, Tx, read_sliced, run, state_in
from graph.load.credit import BY_CONTENT, NAMES_NEITHER, take_back
from graph.load.money import UsdPerUnit, lacks_rate
from graph.load.nodes import no_rate, pass_on
from graph.load.observations import Passing, references
from graph.load.orders import HISTORY, PROGRAMMES, SALE, Line, Order, empty_mark, order_of, points, state_of, with_lines
from graph.load.programmes import link_sales
from graph.load.states import ABSENT, State, difference
from graph.load.tally import Outcome
from graph.load.writing import write
from graph.rows import ORDER_LINES, CreatorRef, Reject, Row


async def take(tx: Tx, table: str, rows: Sequence[Row], rate: UsdPerUnit) -> Outcome:
    """Merge and write a batch of order lines; `table` is `orders` (each replaces its order whole) or `sales` (a line each)."""
    batch, passing = Batch(rate), Passing()
    seen = [each for row in rows if (each := _seen(row, passing, batch))]
    before = await _stored(tx, {order for order, _, _ in seen})
    orders = {key: order_of(lines.values()) for key, lines in before.items()}
    for key, age, lines in seen:
        was = orders.get(key, Order())
        now = orders[key] = with_lines(was, lines, age, whole=table == "orders")
        batch.outcome.add(table, _outcome(was, now, lines, table))
    await pass_on(tx, passing, batch)
    changes = [change for key, order in orders.items() for change in _changes(key, order, before.get(key, {}), batch)]
    batch.outcome.written |= bool(changes)
    await _write(tx, batch, changes)
    return batch.outcome


Change = tuple[str, State, State]


def _seen(row: Row, passing: Passing, batch: Batch) -> tuple[str, str, dict[str, Line]] | None:
    """Return order, age and lines of a row; a line without a rate is rejected alone."""
    age = row.age.text()
    whole = row.table == "orders"
    said: list[dict[str, Any]] = row.values["lines"] if whole else [row.values]
    lines: dict[str, Line] = {}
    rejects: list[Reject] = []
    for values in said:
        fields = SALE.properties_in(values)
        currency = lacks_rate("Sale", fields | {"gmv": 0.0}, row.age.observed_at, batch.rate)
        if currency:
            rejects.append(no_rate(row, row.table, currency, values))
        else:
            line = lines[values["id"]] = line_of(row, values, passing)
            if not names_either(line):
                batch.outcome.notes[NAMES_NEITHER] += 1
            elif not line.fields.get("creator_id"):
                batch.outcome.uncredited.add(values["id"])
    order_id = row.values.get("order_id") or said[0]["order_id"]
    # Where no line is left, the first reject is that of the order.
    batch.outcome.rejects += [replace(each, kind=ORDER_LINES) if number or lines else each for number, each in enumerate(rejects)]
    if said and not lines:
        return None
    return order_id, age, lines


def names_either(line: Line) -> bool:
    """Tell whether a line names a creator, or a content whose creator it can be credited to."""
    return bool(line.fields.get("creator_id") or line.fields.get("content_id"))


def line_of(row: Row, values: dict[str, Any], passing: Passing) -> Line:
    """Return a line of a row as it was observed; a table's line is known from its own time on where it tells no other."""
    age, whole = row.age.text(), row.table == "orders"
    known = points(values, age, since=row.age.observed_at if whole else row.age.observed_at or values["at"])
    fields = {name: value for name, value in SALE.properties_in(values).items() if name not in HISTORY}
    if "gmv" not in fields and "price" in fields:
        fields["gmv"] = fields["price"] * fields["quantity"]
    creator = values.get("creator_id")
    if isinstance(creator, CreatorRef) and creator.region:
        fields.setdefault("region", creator.region)
    fields |= references(values, SALE, age, passing)
    programmes: list[str] | str = values.get("programme_id", [])
    if programmes and "collaboration_id" not in fields:
        fields[PROGRAMMES] = programmes if isinstance(programmes, list) else [programmes]
    return Line(age, whole, fields, known)


STORED_MARK: Final = ":"
ORDERS_AT_ONCE: Final = 500
"""Orders that are read at once, each of which may have many lines."""


async def _stored(tx: Tx, orders: set[str]) -> dict[str, dict[str, State]]:
    """Return the stored lines of orders, by order and id."""
    found: dict[str, dict[str, State]] = defaultdict(dict)
    for record in await read_sliced(tx, statements.read_orders(), sorted(orders), size=ORDERS_AT_ONCE):
        state = state_in(SALE, record)
        if PROGRAMMES in state.properties:
            state.references.pop("collaboration_id", None)
        if BY_CONTENT in state.properties:
            state.references.pop("creator_id", None)
        found[record["orderId"]][state.properties["id"]] = state
    return found


def _outcome(was: Order, now: Order, lines: dict[str, Line], table: str) -> str:
    known = {key for key in was.lines if not was.gone(key)}
    if table == "sales":
        known &= lines.keys()
    if not known:
        return "created" if now != was else "unchanged"
    return "changed" if _shown(was, was.lines.keys()) != _shown(now, now.lines.keys()) else "unchanged"


def _shown(order: Order, keys: Any) -> dict[str, dict[str, Any]]:
    return {key: order.lines[key].fields for key in keys if not order.gone(key)}


def _changes(order_id: str, order: Order, before: dict[str, State], batch: Batch) -> list[Change]:
    """Return the lines of an order that must be written."""
    after = {key: state_of(order, key, batch.derive) for key in order.lines}
    if order.age and not order.lines:
        after = {f"{order_id}{STORED_MARK}": empty_mark(order_id, order.age)}
    changes = [(key, before.get(key, ABSENT), state) for key, state in after.items()]
    changes += [(key, state, ABSENT) for key, state in before.items() if key not in after]
    return [change for change in changes if _differs(*change[1:])]


def _differs(before: State, after: State) -> bool:
    changed = difference(before.properties, after.properties).keys() - {BY_CONTENT}
    return bool(changed) or before.references != after.references


async def _write(tx: Tx, batch: Batch, changes: Sequence[Change]) -> None:
    """Write lines that stand, drop those that are gone, and lead both to their programmes' collaborations."""
    gone = [change for change in changes if "_dropped" in change[2].properties or change[2] is ABSENT]
    back = [
        key
        for key, before, after in changes
        if "_dropped" in before.properties and "_dropped" not in after.properties and after is not ABSENT
    ]
    if back:
        await run(tx, TAKE_BACK, ids=back)
    moved = [key for key, before, after in changes if before.properties.get(PROGRAMMES) not in (None, after.properties.get(PROGRAMMES))]
    if moved:
        await run(tx, LEAVE_PROGRAMME, ids=moved)
    await take_back(tx, [key for key, before, _ in changes if BY_CONTENT in before.properties])
    for key, before, after in changes:
        if "_dropped" not in after.properties and after is not ABSENT:
            batch.put("Sale", key, before, after)
    await write(tx, batch)
    await _drop(tx, gone)
    await link_sales(tx, [key for key, _, after in changes if PROGRAMMES in after.properties and "_dropped" not in after.properties])


TAKE_BACK: Final[LiteralString] = """
UNWIND $ids AS id
MATCH (n:DroppedSale {id: id})
REMOVE n:DroppedSale
SET n:Sale
"""

LEAVE_PROGRAMME: Final[LiteralString] = """
UNWIND $ids AS id
MATCH (:Sale {id: id})-[r:UNDER]->()
DELETE r
"""

DROP: Final[LiteralString] = """
UNWIND $rows AS row
MERGE (n:DroppedSale {id: row.id})
SET n = row.properties
"""

FORGET: Final[LiteralString] = """
UNWIND $ids AS id
CALL (id) {
  MATCH (n:Sale {id: id}) RETURN n
  UNION ALL
  MATCH (n:DroppedSale {id: id}) RETURN n
}
DETACH DELETE n
"""


async def _drop(tx: Tx, gone: Sequence[Change]) -> None:
    """Take lines out of the graph that readers see; what was known of them stays, in case they come again."""
    if not gone:
        return
    orphans = Orphans()
    for _, before, _ in gone:
        for link in SALE.links:
            keys = before.references.get(link.column, ())
            orphans.suspect(link.target, (key for key in keys if not key.startswith(names.MARK)))
            by_name = [key[1:] for key in keys if key.startswith(names.MARK)]
            orphans.suspect("Name", by_name)
            orphans.suspect("Creator", by_name)
    await run(tx, FORGET, ids=[key for key, _, _ in gone])
    await run(tx, DROP, rows=[{"id": key, "properties": after.properties} for key, _, after in gone if after is not ABSENT])
    await orphans.sweep(tx)

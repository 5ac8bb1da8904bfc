"""What version 1 made of partner-API responses, brought to what the responses mean, in a database that it has filled.

Done twice, or again after a kill, it comes out the same: each step changes only what still has the older form.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Any, Final, LiteralString

from neo4j import AsyncManagedTransaction, AsyncSession

from graph.load.batches import Batch, states
from graph.load.registers import COUNT, FIRST_SEEN, NEVER, OF_PROGRAMME, SECOND, Register, dumped, is_part, loaded, observed_at
from graph.load.reports import observations_in
from graph.load.shapes import SHAPES
from graph.load.states import Derive, State, of_creator, renewed
from graph.load.writing import write

APPLICATIONS: Final = "seller-search-sample-applications"
FULFILMENTS: Final = "seller-search-sample-applications-fulfillments"
PLANS: Final = "search-open-collaboration"
NAMING: Final = (FULFILMENTS, "affiliate-orders", "get-affiliate-campaign-creator-product-content-statistics")
"""Parts of the files' names whose responses name single contents and list nobody's whole."""

REFUSED: Final = frozenset({"REJECTED", "DECLINED", "EXPIRED"})
AT_ONCE: Final = 2000


async def correct(session: AsyncSession) -> None:
    """Bring samples, plans, reports and first sights to their meaning."""
    await _in_batches(session, HEARD, _correct_heard)
    await _in_batches(session, COLLABORATIONS, partial(_correct_nodes, label="Collaboration"))
    await _in_batches(session, REPORTS, partial(_correct_nodes, label="Report"))
    await (await session.run(MOVE_PAID_ORDERS, slug=FULFILMENTS)).consume()
    await (await session.run(SEE_CONTENTS, naming=list(NAMING))).consume()
    await (await session.run(SEE_FEATURES)).consume()
    await (await session.run(COUNT_UP)).consume()


HEARD: Final[LiteralString] = """
MATCH (n:Heard)
WHERE n.id > $after
RETURN n.id AS id
ORDER BY id
LIMIT $limit
"""

COLLABORATIONS: Final[LiteralString] = """
MATCH (n:Collaboration)
WHERE n.id > $after
RETURN n.id AS id
ORDER BY id
LIMIT $limit
"""

REPORTS: Final[LiteralString] = """
MATCH (n:Report)
WHERE n.id > $after
RETURN n.id AS id
ORDER BY id
LIMIT $limit
"""

Step = Callable[[AsyncManagedTransaction, list[str]], Awaitable[None]]


async def _in_batches(session: AsyncSession, page: LiteralString, step: Step) -> None:
    """Do `step` for the ids that a query pages through, a batch in one transaction."""
    after = ""
    while ids := [record["id"] async for record in await session.run(page, after=after, limit=AT_ONCE)]:
        await session.execute_write(step, ids)
        after = ids[-1]


READ_HEARD: Final[LiteralString] = """
UNWIND $ids AS id
MATCH (h:Heard {id: id})
RETURN id, h.label AS label, h.register AS register
"""

WRITE_HEARD: Final[LiteralString] = """
UNWIND $rows AS row
MATCH (h:Heard {id: row.id})
SET h.register = row.register
"""


async def _correct_heard(tx: AsyncManagedTransaction, ids: list[str]) -> None:
    """Correct what was said by name, and the terms of programmes."""
    found = [record.data() async for record in await tx.run(READ_HEARD, ids=ids)]
    rows = [
        {"id": each["id"], "register": dumped(CORRECTED[each["label"]](loaded(each["register"])))}
        for each in found
        if each["label"] in CORRECTED
    ]
    await (await tx.run(WRITE_HEARD, rows=rows)).consume()


async def _correct_nodes(tx: AsyncManagedTransaction, ids: list[str], *, label: str) -> None:
    """Correct what was said of nodes by id, and show them anew with what was said by name."""
    shape, batch = SHAPES[label], Batch(lambda _currency, _at: None)
    for key, state in (await states(tx, label, ids)).items():
        own = CORRECTED[label](state.own) if state.own else state.own
        creator = next(iter(state.references.get("creator_id", ())), None)
        after = of_creator(renewed(shape, state, own, _in_usd_of(state), key=key), creator)
        if state.known and after.properties != state.properties:
            batch.put(label, key, state, after)
    await write(tx, batch)


def _in_usd_of(state: State) -> Derive:
    """Return a way to reckon amounts that takes those in dollars as they stand."""

    def derive(label: str, fields: dict[str, Any], _register: Register) -> dict[str, Any]:
        return {usd: state.properties[usd] for name, usd in SHAPES[label].in_usd if name in fields and usd in state.properties}

    return derive


def collaboration(register: Register) -> Register:
    """Return what was said of a collaboration, by what it means."""
    told = {key: (age, _application(value) if key.endswith(APPLICATIONS) else value) for key, (age, value) in terms(register).items()}
    raw = next((str(value.get("rawStatus")) for key, (_, value) in told.items() if key.endswith(APPLICATIONS)), "")
    told |= {key: (age, _state(str(value), raw)) for key, (age, value) in told.items() if key.startswith(SECOND)}
    parts = {key: entry for key, entry in told.items() if is_part(key) and not key.startswith(OF_PROGRAMME)}
    counted = {
        f"{COUNT}{observed_at(age)}": (age, value["contentCount"])
        for age, value in parts.values()
        if "contentCount" in value and observed_at(age) and not any(key.startswith(COUNT) for key in told)
    }
    seen = [observed_at(age) for key, (age, _) in told.items() if key in parts or key.startswith(SECOND)]
    first = told.get(FIRST_SEEN, (NEVER, 0))[1] or min(seen, default=0)
    return told | counted | {FIRST_SEEN: (NEVER, first)}


def _application(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return an application's fields: its deadline is the seller's, a failed fulfilment no delivery, a refusal not the creator's."""
    told = {name: value for name, value in fields.items() if name != "endsAt"}
    told |= {"approvalDueAt": fields["endsAt"]} if "endsAt" in fields else {}
    raw = str(fields.get("rawStatus"))
    return told | {"status": _state(fields["status"], raw)} | ({"accepted": True} if _failed(raw) else {})


def _state(status: str, raw: str) -> str:
    """Return what a state of an application was, from how the source named its newest."""
    if status == "DELIVERED" and _failed(raw):
        return "FAILED"
    return "CANCELLED" if status in ("DECLINED", "EXPIRED") and raw.partition(" / ")[0] in REFUSED else status


def _failed(raw: str) -> bool:
    return raw.endswith("/ FAILED") and not raw.startswith(("PENDING", "REJECTED", "CANCEL"))


def terms(register: Register) -> Register:
    """Return the terms of a programme: an open plan's beginning is no offer."""
    old, new = f"{OF_PROGRAMME}offeredAt", f"{OF_PROGRAMME}startsAt"
    age, value = register.get(old, ("", {}))
    if PLANS not in age:
        return register
    return {key: entry for key, entry in register.items() if key != old} | {new: (age, {"startsAt": value["offeredAt"]})}


def report(register: Register) -> Register:
    """Return what was said of a report, without means over nothing, and without a table's count of posts, which was of shoppable ones."""
    fields = observations_in({name: value for name, (_, value) in register.items()})
    return {name: entry for name, entry in register.items() if name in fields and (name != "contentCount" or APPLICATIONS in entry[0])}


CORRECTED: Final[Mapping[str, Callable[[Register], Register]]] = {"Collaboration": collaboration, "Programme": terms, "Report": report}
"""Label of a node, or of what was said by name → what its register means."""

MOVE_PAID_ORDERS: Final[LiteralString] = """
MATCH (n:Content)-[r:FEATURES]->(:Product)
WHERE r.orders IS NOT NULL
WITH n, r, coalesce(
  [each IN coalesce(r._older, []) WHERE each STARTS WITH 'orders ' | substring(each, 7)][0], r._age, ''
) AS age
WHERE age CONTAINS $slug
CALL (n, r, age) {
  SET n._older = CASE WHEN age = n._age THEN n._older ELSE
    coalesce([each IN n._older WHERE NOT each STARTS WITH 'paidOrders '], []) + ['paidOrders ' + age] END
  SET n.paidOrders = CASE WHEN n.paidOrders > r.orders THEN n.paidOrders ELSE r.orders END
  SET r.seenAt = CASE WHEN coalesce(r.gmv, r.units, r.refundedUnits) IS NULL THEN null ELSE r.seenAt END
  REMOVE r.orders
} IN TRANSACTIONS OF 10000 ROWS
"""
"""Nothing about a product: a sample's content was paid for so often, whatever was bought."""

SEE_CONTENTS: Final[LiteralString] = """
MATCH (n:Content)
WHERE n._age IS NOT NULL AND n.firstSeenAt IS NULL
CALL (n) {
  WITH n, [each IN coalesce(n._older, []) WHERE NOT each STARTS WITH 'time_in_id ' | substring(each, size(split(each, ' ')[0]) + 1)]
    + [n._age] AS ages
  OPTIONAL MATCH (n)<-[:THROUGH]-(s:Sale)
  WITH n, ages, min(s.seenAt[0]) AS sold
  WITH n, ages, sold, reduce(first = toInteger(split(n._age, ' ')[0]), age IN ages |
    CASE WHEN toInteger(split(age, ' ')[0]) < first THEN toInteger(split(age, ' ')[0]) ELSE first END) AS told
  SET n.firstSeenAt = CASE WHEN told = 0 THEN null WHEN sold < told THEN sold ELSE told END
  SET n.selected = CASE WHEN all(age IN ages WHERE any(part IN $naming WHERE age CONTAINS part)) THEN true END
} IN TRANSACTIONS OF 10000 ROWS
"""

SEE_FEATURES: Final[LiteralString] = """
MATCH (:Content)-[r:FEATURES]->(:Product)
WHERE r._age IS NOT NULL AND r.firstSeenAt IS NULL
CALL (r) {
  WITH r, [each IN coalesce(r._older, []) | split(each, ' ')[1]] + [split(r._age, ' ')[0]] AS heads
  WITH r, reduce(first = toInteger(heads[0]), head IN heads |
    CASE WHEN toInteger(head) < first THEN toInteger(head) ELSE first END) AS told
  SET r.firstSeenAt = CASE WHEN told = 0 THEN null ELSE told END
} IN TRANSACTIONS OF 10000 ROWS
"""

COUNT_UP: Final[LiteralString] = """
MATCH (s:State {id: 'data'})
SET s.version = s.version + 1
"""

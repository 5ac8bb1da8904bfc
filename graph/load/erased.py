"""Rows of creators who were erased: nothing of them is taken in again, whatever an import knows them by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from time import time
from typing import Any, Final

from graph.load.batches import Tx
from graph.load.names import creator_key, name_id
from graph.load.tally import Outcome
from graph.rights.erasure import erased
from graph.rights.gate import Passed, passed, peeked
from graph.rights.tombstones import Trace, buried, bury, only_names, settle
from graph.rows import CreatorRef, Row

LINES: Final = ("order lines of erased creators", "taken without creator, content and collaboration, since they are the brand's sales")
"""Note of an import."""

OWNED: Final = frozenset({"contents", "collaborations", "reports", "audiences", "mentions"})
"""Tables whose rows are of one creator, or name one."""

OWN: Final[Mapping[str, str]] = {"contents": "Content", "collaborations": "Collaboration"}
"""Tables whose own ids are remembered, and of what kind they are."""

LED: Final = frozenset({"creator_id", "content_id", "collaboration_id", "programme_id", "commission_rate"})
"""What leads from a line of an order to its creator, or says what the creator earned."""


async def without_erased(tx: Tx, table: str, rows: Sequence[Row], *, dry: bool) -> tuple[list[Row], Outcome]:
    """Return the rows that may be taken, and what came of the others; the gate is held, so that nobody is erased meanwhile.

    A dry run holds up nobody.
    """
    outcome = Outcome()
    gate = await (peeked(tx) if dry else passed(tx))
    if not gate.erased:
        return list(rows), outcome
    known = await _known(tx, rows, gate)
    taken: list[Row] = []
    for row in rows:
        if table in ("orders", "sales"):
            taken.append(_without_creator(row, known, outcome))
        elif known.isdisjoint(_own_traces(row)):
            taken.append(_without_contents(row, known))
        else:
            outcome.add(table, "erased")
    return taken, outcome


async def _known(tx: Tx, rows: Sequence[Row], gate: Passed) -> frozenset[Trace]:
    """Return the traces of erased creators among the rows, those that the rows lead to from others too.

    A user name that an erased creator is seen with is theirs from then on; so is the first id that is seen with a user name by which
    alone somebody was known. What was taken under either before it was told whose it is goes now.
    """
    known = await buried(tx, {trace for row in rows for trace in _traces(row)}, gate.key)
    if not known:
        return known
    alone = await only_names(tx, {trace for trace in known if trace[0] == "Name"}, gate.key)
    more = {trace for row in rows for ref in _creators(row) for trace in _led_to(ref, known, alone)} - known
    if more:
        now = int(time())
        await bury(tx, more, gate.key, now=now)
        await settle(tx, alone, gate.key)
        for _, own_id in sorted(more):
            await erased(tx, own_id, now=now)
    return known | more


def _led_to(ref: CreatorRef, known: frozenset[Trace], alone: frozenset[Trace]) -> Iterator[Trace]:
    ids = [trace for trace in _of_creator(ref) if trace[0] == "Creator"]
    named = [trace for trace in _of_creator(ref) if trace[0] == "Name"]
    if not known.isdisjoint(ids):
        yield from (*ids, *named)
    elif not alone.isdisjoint(named):
        yield from ids


def _traces(row: Row) -> Iterator[Trace]:
    """Yield all that a row names of creators, whether it is theirs or only leads to them."""
    yield from _own_traces(row)
    for line in _lines(row):
        yield from _of_line(line)
    for content in row.values.get("content_ids") or ():
        yield "Content", content


def _own_traces(row: Row) -> Iterator[Trace]:
    """Yield what a row knows its creator by, and the ids of what is the creator's own."""
    if row.table not in ("orders", "sales"):
        for ref in _creators(row):
            yield from _of_creator(ref)
    if row.values.get("id") and row.table in OWN:
        yield OWN[row.table], str(row.values["id"])
    if row.table in ("features", "mentions"):
        yield "Content", str(row.values["content_id"])


def _creators(row: Row) -> Iterator[CreatorRef]:
    """Yield the creators whom a row names, as it names them."""
    values = row.values
    if row.table == "creators":
        ref = _ref(values.get("id"))
        told = (ref.id, values.get("open_id") or ref.open_id, values.get("handle") or ref.handle, values.get("region") or ref.region)
        yield CreatorRef(*told)
    elif row.table in OWNED:
        yield _ref(values.get("creator_id"))
    for line in _lines(row):
        yield _ref(line.get("creator_id"))


def _ref(given: CreatorRef | str | None) -> CreatorRef:
    return given if isinstance(given, CreatorRef) else CreatorRef(creator_key(given))


def _of_creator(ref: CreatorRef) -> Iterator[Trace]:
    """Yield every id and name by which a creator is named: any of them tells who it is."""
    yield from (("Creator", each) for each in (ref.id, ref.open_id) if each)
    if ref.handle:
        yield "Name", name_id(ref.handle, ref.region)


def _lines(row: Row) -> list[dict[str, Any]]:
    return row.values["lines"] if row.table == "orders" else [row.values] if row.table == "sales" else []


def _of_line(line: Mapping[str, Any]) -> Iterator[Trace]:
    yield from _of_creator(_ref(line.get("creator_id")))
    for column, kind in (("content_id", "Content"), ("collaboration_id", "Collaboration")):
        if line.get(column):
            yield kind, str(line[column])


def _without_creator(row: Row, known: frozenset[Trace], outcome: Outcome) -> Row:
    """Return an order, or a line of one, with nothing that leads to an erased creator."""

    def line(values: dict[str, Any]) -> dict[str, Any]:
        if known.isdisjoint(_of_line(values)):
            return values
        outcome.notes[LINES] += 1
        return {name: value for name, value in values.items() if name not in LED}

    if row.table == "sales":
        return replace(row, values=line(row.values))
    return replace(row, values=row.values | {"lines": [line(each) for each in row.values["lines"]]})


def _without_contents(row: Row, known: frozenset[Trace]) -> Row:
    if not row.values.get("content_ids"):
        return row
    return replace(row, values=row.values | {"content_ids": [each for each in row.values["content_ids"] if ("Content", each) not in known]})

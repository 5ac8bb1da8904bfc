"""Rows of node tables: merged into what is stored of their nodes, a batch in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from graph.load.adoption import adopt, delivered, give_back
from graph.load.batches import Batch, Tx, states
from graph.load.heard import hear
from graph.load.holders import see
from graph.load.money import UsdPerUnit, lacks_rate
from graph.load.observations import Observation, Passing, observed
from graph.load.pending import note_pending
from graph.load.programmes import Pair, link_pairs, pairs
from graph.load.registers import Register, merged
from graph.load.shapes import LABELS, SHAPES
from graph.load.states import ABSENT, Derive, State, renewed, shows_another
from graph.load.tally import Outcome
from graph.load.writing import write
from graph.rows import Reject, Row


@dataclass(slots=True)
class Merging:
    """States of one label's nodes while rows are merged into them."""

    label: str
    derive: Derive
    before: dict[str, State]
    now: dict[str, State] = field(default_factory=dict[str, State])

    def take(self, key: str, register: Register) -> str:
        """Merge what a row says of node `key`, and return what came of it."""
        state = self.now.get(key) or self.before.get(key, ABSENT)
        own = merged(state.own, register)
        if own is state.own:
            return "unchanged"
        after = self.now[key] = renewed(SHAPES[self.label], state, own, self.derive, key=key)
        if not state.known:
            return "created"
        return "changed" if shows_another(state, after) else "unchanged"

    def put_into(self, batch: Batch) -> None:
        """Hand the states that differ over to be written."""
        for key, after in self.now.items():
            batch.put(self.label, key, self.before.get(key, ABSENT), after)


async def take(tx: Tx, table: str, rows: Sequence[Row], rate: UsdPerUnit) -> Outcome:
    """Merge and write a batch of one node table's rows."""
    batch, passing, label = Batch(rate), Passing(), LABELS[table]
    seen = [each for row in rows if (each := _observation(row, passing, batch))]
    by_id = [each for each in seen if each.name is None]
    keys = {each.key for each in by_id} | (set(passing.creators) if label == "Creator" else set[str]())
    merging = Merging(label, batch.derive, await states(tx, label, keys))
    for each in by_id:
        batch.outcome.add(table, merging.take(each.key, each.register))
    await pass_on(tx, passing, batch, merging)
    merging.put_into(batch)
    await _write(tx, batch)
    await hear(tx, table, [each for each in seen if each.name is not None], batch.outcome)
    await note_pending(tx, batch)
    batch.outcome.written |= bool(batch.changes)
    return batch.outcome


async def _write(tx: Tx, batch: Batch) -> None:
    """Write a batch, and lead sales and contents along with the collaborations and contents that it changes."""
    changed = batch.changes.get("Collaboration", {})
    under, contents = (await pairs(tx, changed), await delivered(tx, changed)) if changed else (set[Pair](), set[str]())
    await give_back(tx, batch)
    await write(tx, batch)
    if changed:
        await link_pairs(tx, under | await pairs(tx, changed))
        contents |= await delivered(tx, changed)
    unclaimed = {key for key, (_, after) in batch.changes.get("Content", {}).items() if not after.references.get("creator_id")}
    await adopt(tx, contents | unclaimed)


def _observation(row: Row, passing: Passing, batch: Batch) -> Observation | None:
    label = LABELS[row.table]
    fields = SHAPES[label].properties_in(row.values)
    currency = lacks_rate(label, fields, row.age.observed_at, batch.rate)
    if currency is None:
        return observed(row, passing)
    batch.outcome.rejects.append(no_rate(row, row.table, currency, row.values))
    return None


def no_rate(row: Row, table: str, currency: str, values: dict[str, Any]) -> Reject:
    """Return the reject of a row in a currency without a rate."""
    return Reject(
        row.where,
        "currency",
        currency,
        f"{currency} has no exchange rate on that day",
        "add it to a `rates` table or `rates.csv` (currency,date,usd_per_unit) and import again",
        row.raw or values,
        table,
        row.page,
    )


async def pass_on(tx: Tx, passing: Passing, batch: Batch, merging: Merging | None = None) -> None:
    """Merge what rows said in passing: names of creators and brands, and who was seen with which name."""
    batch.outcome.written |= await see(tx, passing.sightings) if passing.sightings else False
    for label, told in (("Creator", passing.creators), ("Brand", passing.brands)):
        others = merging if merging and merging.label == label else Merging(label, batch.derive, await states(tx, label, told))
        if others is merging:
            others.before |= await states(tx, label, set(told) - others.before.keys())
        for key, register in told.items():
            others.take(key, register)
        if others is not merging:
            others.put_into(batch)

"""Rows of `features`: what a content shows, with the sums known of it, merged field by field."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, LiteralString

from graph.load.batches import Batch, Tx, read, run
from graph.load.money import UsdPerUnit, lacks_rate
from graph.load.nodes import no_rate
from graph.load.observations import register_of
from graph.load.registers import Register, merged
from graph.load.shapes import FEATURES
from graph.load.states import ABSENT, State, difference, renewed, shows_another, stored
from graph.load.tally import Outcome
from graph.rows import Row

READ_FEATURES: Final[LiteralString] = """
UNWIND $pairs AS pair
MATCH (:Content {id: pair[0]})-[r:FEATURES]->(:Product {id: pair[1]})
RETURN collect({pair: pair, properties: properties(r)}) AS rows
"""

PLACE_CONTENTS: Final[LiteralString] = """
UNWIND $contents AS id
MERGE (:Content {id: id})
"""

PLACE_PRODUCTS: Final[LiteralString] = """
UNWIND $products AS id
MERGE (:Product {id: id})
"""

WRITE_FEATURES: Final[LiteralString] = """
UNWIND $rows AS row
MATCH (a:Content {id: row.pair[0]})
MATCH (b:Product {id: row.pair[1]})
MERGE (a)-[r:FEATURES]->(b)
SET r += row.properties
"""

Pair = tuple[str, str]


async def take(tx: Tx, rows: Sequence[Row], rate: UsdPerUnit) -> Outcome:
    """Merge and write a batch of `features`, field by field."""
    batch = Batch(rate)
    told = [each for row in rows if (each := _feature(row, batch))]
    before = {
        (each["pair"][0], each["pair"][1]): stored(FEATURES, each["properties"], {}, ())
        for each in await read(tx, READ_FEATURES, pairs=sorted({pair for pair, _ in told}))
    }
    now = dict(before)

    for pair, register in told:
        state = now.get(pair, ABSENT)
        own = merged(state.own, register)
        if own is state.own:
            batch.outcome.add("features", "unchanged")
            continue
        now[pair] = renewed(FEATURES, state, own, batch.derive, key="")
        batch.outcome.add("features", "created" if not state.known else "changed" if shows_another(state, now[pair]) else "unchanged")
    await _write_features(tx, {pair: (before.get(pair, ABSENT), state) for pair, state in now.items()}, batch.outcome)
    return batch.outcome


def _feature(row: Row, batch: Batch) -> tuple[Pair, Register] | None:
    fields = FEATURES.properties_in(row.values)
    currency = lacks_rate("FEATURES", fields, row.age.observed_at, batch.rate)
    if currency:
        batch.outcome.rejects.append(no_rate(row, "features", currency, row.values))
        return None
    pair = (row.values["content_id"], row.values["product_id"])
    # The pair itself is something that was observed, also where the row says no more.
    return pair, register_of(FEATURES, fields | {"id": ""}, row)


async def _write_features(tx: Tx, changes: dict[Pair, tuple[State, State]], outcome: Outcome) -> None:
    differing = {pair: difference(before.properties, after.properties) for pair, (before, after) in changes.items()}
    rows = [{"pair": list(pair), "properties": changed} for pair, changed in differing.items() if changed]
    if rows:
        outcome.written = True
        await run(tx, PLACE_CONTENTS, contents=sorted({pair[0] for pair in differing}))
        await run(tx, PLACE_PRODUCTS, products=sorted({pair[1] for pair in differing}))
        await run(tx, WRITE_FEATURES, rows=rows)

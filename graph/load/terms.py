"""What all collaborations of one programme share: kept once, and shown on each of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, LiteralString

from graph.load.batches import Batch, Tx, run, states
from graph.load.money import UsdPerUnit
from graph.load.nodes import pass_on
from graph.load.observations import Passing, references
from graph.load.pending import PROGRAMME, done
from graph.load.programmes import Pair
from graph.load.registers import OF_PROGRAMME, Register, dumped, loaded, merged
from graph.load.shapes import SHAPES
from graph.load.states import of_creator, renewed
from graph.load.tally import Outcome
from graph.load.writing import write
from graph.rows import Row

COLLABORATION: Final = SHAPES["Collaboration"]
SHARED: Final = frozenset({"name", "offeredAt", "startsAt", "endsAt", "commissionRate", "product_ids", "brand_id", "partner_id"})

TERMS: Final[LiteralString] = """
UNWIND $ids AS id
MATCH (h:Heard {id: id})
RETURN id, h.register AS register
"""

WRITE_TERMS: Final[LiteralString] = """
UNWIND $rows AS row
MERGE (h:Heard {id: row.id})
SET h.register = row.register, h.label = 'Programme', h.key = row.programme
MERGE (:Pending {id: row.pending})
"""


async def take(tx: Tx, rows: Sequence[Row], rate: UsdPerUnit) -> Outcome:
    """Merge a batch of `programmes`, field by field, and note those whose collaborations must be shown anew."""
    batch, passing = Batch(rate), Passing()
    told = [(str(row.values["programme_id"]), _register(row, passing)) for row in rows]
    before = {each["id"]: loaded(each["register"]) for each in await run(tx, TERMS, ids=sorted({terms_id(key) for key, _ in told}))}
    now: dict[str, Register] = {}
    for programme, register in told:
        key = terms_id(programme)
        known = now.get(key, before.get(key, {}))
        after = merged(known, register)
        if after is not known:
            now[key] = after
        batch.outcome.add("programmes", "unchanged" if after is known else "changed" if known else "created")
    await pass_on(tx, passing, batch)
    await write(tx, batch)
    if now:
        batch.outcome.written = True
        await run(tx, WRITE_TERMS, rows=[_stored(key, register) for key, register in now.items()])
    return batch.outcome


def terms_id(programme: str) -> str:
    """Return the id of the node that keeps a programme's terms."""
    return f"programme|{programme}"


def _stored(key: str, register: Register) -> dict[str, Any]:
    programme = key.partition("|")[2]
    return {"id": key, "register": dumped(register), "programme": programme, "pending": PROGRAMME + programme}


def _register(row: Row, passing: Passing) -> Register:
    """Return a programme's fields as parts of a collaboration, so that each is overlaid by its own age."""
    age = row.age.text()
    fields = COLLABORATION.properties_in(row.values) | references(row.values, COLLABORATION, age, passing)
    return {f"{OF_PROGRAMME}{name}": (age, {name: value}) for name, value in fields.items() if name in SHARED} | {
        OF_PROGRAMME: (age, {"programmeId": str(row.values["programme_id"])})
    }


COLLABORATIONS: Final[LiteralString] = """
UNWIND $programmes AS programme
MATCH (h:Heard {id: 'programme|' + programme})
CALL (h) {
  MATCH (k:Collaboration {programmeId: h.key}) RETURN k
  UNION
  MATCH (h)-[:HEARD_AS]->(k) RETURN k
}
RETURN programme, k.id AS id
ORDER BY programme, id
"""


async def collaborations(tx: Tx, programmes: Sequence[str]) -> list[Pair]:
    """Return the collaborations that show the terms of programmes, or ought to, each after its programme."""
    return [(each["programme"], each["id"]) for each in await run(tx, COLLABORATIONS, programmes=list(programmes))]


SHOW_TERMS: Final[LiteralString] = """
UNWIND $pairs AS pair
MATCH (h:Heard {id: 'programme|' + pair[0]})
MATCH (k:Collaboration {id: pair[1]})
WHERE k.programmeId = h.key
MERGE (h)-[:HEARD_AS]->(k)
"""

HIDE_TERMS: Final[LiteralString] = """
UNWIND $pairs AS pair
MATCH (:Heard {id: 'programme|' + pair[0]})-[r:HEARD_AS]->(k:Collaboration {id: pair[1]})
WHERE k.programmeId <> pair[0]
DELETE r
"""


async def show(tx: Tx, pairs: Sequence[Pair], rate: UsdPerUnit) -> None:
    """Show the terms of programmes on some of their collaborations."""
    told = [list(pair) for pair in pairs]
    await run(tx, HIDE_TERMS, pairs=told)
    await run(tx, SHOW_TERMS, pairs=told)
    batch = Batch(rate)
    for key, state in (await states(tx, COLLABORATION.label, [key for _, key in pairs])).items():
        creator = next(iter(state.references.get("creator_id", ())), None)
        after = of_creator(renewed(COLLABORATION, state, state.own, batch.derive, key=key), creator)
        if (after.properties, after.references) != (state.properties, state.references):
            batch.put(COLLABORATION.label, key, state, after)
    await write(tx, batch)


async def shown(tx: Tx, programmes: Sequence[str]) -> None:
    """Note that the terms of programmes are shown."""
    for programme in programmes:
        await done(tx, PROGRAMME + programme)

"""What was said of a creator by name alone: kept as it was said, and shown on whoever held the name at the time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Final, LiteralString

from graph.load.batches import Tx, read, run
from graph.load.observations import Observation
from graph.load.registers import Register, dumped, loaded, merged
from graph.load.tally import Outcome

HEARD: Final[LiteralString] = """
UNWIND $stems AS stem
MATCH (h:Heard)
WHERE h.id STARTS WITH stem
RETURN collect({stem: stem, id: h.id, register: h.register}) AS rows
"""

HEAR: Final[LiteralString] = """
UNWIND $rows AS row
MERGE (h:Heard {id: row.id})
SET h.register = row.register, h.label = row.label, h.key = row.key, h.at = row.at
MERGE (n:Name {id: row.name})
SET n:Told
MERGE (h)-[:SAID_OF]->(n)
"""


async def hear(tx: Tx, table: str, observations: Sequence[Observation], outcome: Outcome) -> None:
    """Keep observations by name, one for each name, key and second, and mark the names for `resolve`."""
    if not observations:
        return
    known: dict[str, dict[str, Register]] = defaultdict(dict)
    for each in await read(tx, HEARD, stems=sorted({_stem(each) for each in observations})):
        known[each["stem"]][each["id"]] = loaded(each["register"])
    rows: dict[str, dict[str, Any]] = {}
    for each in observations:
        stem, before = _stem(each), known[_stem(each)]
        key = f"{stem}{each.at:011d}"
        register = merged(before.get(key, {}), each.register)
        outcome.add(table, "unchanged" if before.get(key) is register else "changed" if before else "created")
        if before.get(key) is not register:
            before[key] = register
            rows[key] = {"id": key, "register": dumped(register), "label": each.label, "key": each.key, "at": each.at, "name": each.name}
    if rows:
        outcome.written = True
        await run(tx, HEAR, rows=list(rows.values()))


def _stem(each: Observation) -> str:
    return f"{each.name}|{each.label}|{each.key}|"

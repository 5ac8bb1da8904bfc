"""What one transaction reads and will write: states of nodes, as stored and as they will be."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, LiteralString

from neo4j import AsyncManagedTransaction, AsyncTransaction

from graph.load import statements
from graph.load.money import UsdPerUnit, derived
from graph.load.names import MARK
from graph.load.registers import Register
from graph.load.shapes import SHAPES, Link, Shape
from graph.load.states import State, assumed, stored
from graph.load.tally import Outcome

Tx = AsyncManagedTransaction | AsyncTransaction


@dataclass(slots=True)
class Batch:
    """What a transaction will write: per label, id → (as stored, as it will be); and what came of its rows."""

    rate: UsdPerUnit
    outcome: Outcome = field(default_factory=Outcome)
    changes: dict[str, dict[str, tuple[State, State]]] = field(default_factory=dict[str, Any])

    def derive(self, label: str, fields: dict[str, Any], register: Register) -> dict[str, Any]:
        """Return the properties that follow from a node's fields."""
        return derived(label, fields, register, self.rate)

    def put(self, label: str, key: str, before: State, after: State) -> None:
        """Note that a node changes."""
        self.changes.setdefault(label, {})[key] = (before, after)


async def run(tx: Tx, query: LiteralString, **parameters: Any) -> list[dict[str, Any]]:
    """Run a query and return its records as maps."""
    result = await tx.run(query, parameters)
    return [dict(zip(record.keys(), record.values(), strict=True)) async for record in result]


async def read(tx: Tx, query: LiteralString, **parameters: Any) -> list[dict[str, Any]]:
    """Run a query that collects what it finds as `rows`, and return these.

    The driver waits twice for each record, under a time limit of its own each time: 0.2 ms, be it small or large.
    """
    record = await (await tx.run(query, parameters)).single(strict=True)
    return record["rows"]


async def read_sliced(tx: Tx, query: LiteralString, ids: Sequence[str], *, size: int) -> list[dict[str, Any]]:
    """Return the rows of `read`, asked for so many ids at a time: what is collected counts towards the memory of a transaction."""
    return [row for start in range(0, len(ids), size) for row in await read(tx, query, ids=ids[start : start + size])]


async def states(tx: Tx, label: str, ids: Iterable[str]) -> dict[str, State]:
    """Return the stored states of those nodes that are there."""
    wanted = sorted(set(ids))
    shape = SHAPES[label]
    return {record["id"]: state_in(shape, record) for record in await read(tx, statements.read_nodes(shape), ids=wanted)} if wanted else {}


def state_in(shape: Shape, record: dict[str, Any]) -> State:
    """Return the state that a record of `read_nodes` or `read_orders` holds; a name stands before whom it leads to."""
    references: dict[str, tuple[str, ...]] = {
        link.column: tuple(sorted(keys)) for link, keys in zip(shape.links, record["references"], strict=True) if keys
    }
    for column, name in record["named"]:
        if column in shape.link:
            references[column] = (MARK + name,)
    return stored(shape, record["properties"], references, sorted(record["heard"]))


@dataclass(slots=True)
class Orphans:
    """Nodes to which a relationship has gone, and which may have been there only for it."""

    ids: dict[str, set[str]] = field(default_factory=dict[str, set[str]])

    def suspect(self, label: str, ids: Iterable[str]) -> None:
        """Note nodes that may be unneeded now."""
        self.ids.setdefault(label, set()).update(ids)

    async def sweep(self, tx: Tx) -> None:
        """Remove those that are."""
        for label, ids in self.ids.items():
            if label == "Name":
                await run(tx, SWEEP_NAMES, ids=sorted(ids))
            elif ids:
                await run(tx, statements.sweep(label), ids=sorted(ids))


SWEEP_NAMES: Final[LiteralString] = """
UNWIND $ids AS id
MATCH (n:Name {id: id})
WHERE n.seen IS NULL AND NOT EXISTS { (n)--() }
DELETE n
"""


async def draw(tx: Tx, label: str, link: Link, pairs: Sequence[tuple[str, str]]) -> None:
    """Draw relationships, to nodes made for them where there are none."""
    if pairs:
        await place(tx, link.target, {other for _, other in pairs})
        await run(tx, statements.draw(label, link), pairs=list(pairs))


async def place(tx: Tx, label: str, ids: Collection[str]) -> None:
    """Make nodes for those ids that have none."""
    await run(tx, statements.place(label), rows=[_placeholder(label, key) for key in sorted(ids)])


def _placeholder(label: str, key: str) -> dict[str, Any]:
    return {"id": key, "properties": {"id": key} | assumed(label, key, {})}

"""Nodes that are not there yet: each created in one go with its relationships, once what it refers to is there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from graph.load import statements
from graph.load.batches import Tx, place, run
from graph.load.holders import named_at, sightings
from graph.load.names import MARK, holder
from graph.load.shapes import EXTRA_LABELS, SHAPES, Link
from graph.load.states import State

Kind = tuple[str | None, tuple[str, ...], tuple[str, ...]]
"""The second label, the columns of references and those of them that are by name: one statement creates all nodes of a kind."""


async def create(tx: Tx, label: str, states: Mapping[str, State]) -> None:
    """Create nodes with all relationships but those of columns with several references; creators by name are the names' holders."""
    links = [link for link in SHAPES[label].links if not link.many]
    names = {
        key[1:]
        for state in states.values()
        for link in links
        if link.creator
        for key in state.references.get(link.column, ())
        if key.startswith(MARK)
    }
    if names:
        await run(tx, statements.PLACE_NAMES, ids=sorted(names))
    seen = await sightings(tx, names) if names else {}
    others: dict[str, set[str]] = {}
    kinds: dict[Kind, list[dict[str, Any]]] = {}
    for state in states.values():
        told = [(link, state.references[link.column][0]) for link in links if state.references.get(link.column)]
        by_name = [(link, key[1:], named_at(label, state, link.column)) for link, key in told if link.creator and key.startswith(MARK)]
        holders = {link.column: holder(seen.get(name, []), at) or name for link, name, at in by_name}
        led = [(link, holders.get(link.column, key)) for link, key in told]
        for link, key in led:
            others.setdefault(link.target, set()).add(key)
        row: dict[str, Any] = {"properties": state.properties, "others": [key for _, key in led]}
        row |= {"names": [name for _, name, _ in by_name], "at": [at for _, _, at in by_name]} if by_name else {}
        kind = second_label(label, state), tuple(link.column for link, _ in told), tuple(link.column for link, _, _ in by_name)
        kinds.setdefault(kind, []).append(row)
    for target, keys in others.items():
        await place(tx, target, keys)
    for (extra, linked, named), rows in kinds.items():
        query = statements.create_nodes(label, extra, _links(label, linked), _links(label, named))
        made = (await (await tx.run(query, rows=rows)).consume()).counters.nodes_created
        if made != len(rows):  # what a row refers to was placed above: one that is not found would cost its node in silence
            raise RuntimeError(f"{made} of {len(rows)} new nodes {label} were created; nothing of their batch is written")


def _links(label: str, columns: Iterable[str]) -> tuple[Link, ...]:
    return tuple(SHAPES[label].link[column] for column in columns)


def second_label(label: str, state: State) -> str | None:
    """Return the second label that a node's kind gives it."""
    return EXTRA_LABELS.get(state.properties.get("kind", "")) if label == "Content" else None

"""Responses of every specified endpoint: what was read of them is what the graph holds, in any order of files."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
from neo4j import AsyncDriver

from graph.load.folders import items_of
from graph.load.names import creator_key
from graph.model import columns, table
from graph.rows import Item, Row
from tests.graph.load.market import digest, loaded, shown
from tests.graph.sources.partner_api import generated
from tests.graph.sources.partner_api.generated import SPECIFICATIONS, WHY_ABSENT

pytestmark = pytest.mark.skipif(not SPECIFICATIONS.is_dir(), reason=WHY_ABSENT)

NAMED = {"products": "Product", "contents": "Content", "categories": "Category", "creators": "Creator", "orders": "Sale"}


def saved(folder: Path, *, seed: int = 0) -> list[Item]:
    """Return the rows of one document of every endpoint."""
    generated.write_folder(folder, seed=seed, region="ID", records=2)
    return list(items_of([folder]))


def told(items: list[Item]) -> dict[tuple[str, str], dict[str, Any]]:
    """Return what the rows say of each node: of one field the latest."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for row in sorted((item for item in items if isinstance(item, Row) and item.table in NAMED), key=lambda row: row.age):
        for values in row.values["lines"] if row.table == "orders" else [row.values]:
            key = creator_key(values["id"]) if row.table == "creators" else values["id"]
            names = columns(table("sales" if row.table == "orders" else row.table))
            fields = {names[name].name: value for name, value in values.items() if hasattr(names.get(name), "name") and name != "id"}
            found.setdefault((NAMED[row.table], str(key)), {}).update(fields)
    return found


@pytest.mark.parametrize("seed", [1, 2])
async def test_what_was_read_is_what_the_graph_holds(graph: AsyncDriver, tmp_path: Path, seed: int) -> None:
    items = saved(tmp_path, seed=seed)
    tally = await loaded(graph, items)
    assert tally.reasons == []
    held = {
        (label, key): properties
        for labels, key, properties in await shown(graph, "MATCH (n) RETURN labels(n), n.id, properties(n)")
        for label in labels
    }
    for node, fields in told(items).items():
        if "@" not in node[1]:
            assert {name: held[node].get(name) for name in fields} == fields, node


async def test_files_in_any_order_make_one_graph(graph: AsyncDriver, tmp_path: Path) -> None:
    items = [*saved(tmp_path / "a", seed=1), *saved(tmp_path / "b", seed=2)]
    await loaded(graph, items)
    once = await digest(graph)
    for seed in range(3):
        await graph.execute_query("MATCH (n) DETACH DELETE n")
        mixed = sorted(items, key=lambda item: not (isinstance(item, Row) and item.table == "rates"))
        rates = sum(isinstance(item, Row) and item.table == "rates" for item in mixed)
        rest = random.Random(seed).sample(mixed[rates:], len(mixed) - rates)
        await loaded(graph, [*mixed[:rates], *rest[::2]], [*mixed[:rates], *rest[1::2], *rest[:50]])
        assert await digest(graph) == once

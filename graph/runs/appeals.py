"""Appeals of products and categories, derived by each run and marked with it, so that readers of one run see no other's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, LiteralString, Protocol

import numpy as np
from neo4j import AsyncManagedTransaction
from numpy.typing import NDArray

from graph.runs.building import Building

BATCH: Final = 10_000


class Appeals(Protocol):
    """Products or categories, each once: ratio to the typical one with the ends of 90 %, posts, and whether it stands apart."""

    @property
    def id(self) -> NDArray[np.str_]: ...
    @property
    def ratio(self) -> NDArray[np.float64]: ...
    @property
    def low(self) -> NDArray[np.float64]: ...
    @property
    def high(self) -> NDArray[np.float64]: ...
    @property
    def posts(self) -> NDArray[np.float64]: ...
    @property
    def apart(self) -> NDArray[np.bool_]: ...


PRODUCTS: Final[LiteralString] = """
MATCH (run:BuildingRun {id: $run, token: $token})
UNWIND $rows AS row
MATCH (of:Product {id: row.id})
CREATE (appeal:SalesAppeal {id: $run + '|Product|' + row.id, runId: $run})-[:APPEAL_OF]->(of)
SET appeal += row.properties
RETURN count(appeal) AS made
"""

CATEGORIES: Final[LiteralString] = """
MATCH (run:BuildingRun {id: $run, token: $token})
UNWIND $rows AS row
MATCH (of:Category {id: row.id})
CREATE (appeal:SalesAppeal {id: $run + '|Category|' + row.id, runId: $run})-[:APPEAL_OF]->(of)
SET appeal += row.properties
RETURN count(appeal) AS made
"""

QUERIES: Final[Mapping[str, LiteralString]] = {"Product": PRODUCTS, "Category": CATEGORIES}


async def store_appeals(building: Building, appeals: Mapping[str, Appeals]) -> None:
    """Write the appeals by kind of node; readers see them once the run is published."""
    async with building.driver.session(database=building.database) as session:  # pyright: ignore[reportUnknownMemberType] -- untyped options
        for kind, query in QUERIES.items():
            rows = _rows(appeals[kind])
            for start in range(0, len(rows), BATCH):
                building.refuse_lost(await session.execute_write(_written, building, query, rows[start : start + BATCH]))


async def _written(tx: AsyncManagedTransaction, building: Building, query: LiteralString, rows: list[dict[str, object]]) -> int:
    record = await (await tx.run(query, run=building.id, token=building.token, rows=rows)).single(strict=True)
    return int(record["made"])


def _rows(of: Appeals) -> list[dict[str, object]]:
    posts = np.rint(of.posts).astype(np.int64)
    columns = {"ratio": of.ratio, "low": of.low, "high": of.high, "posts": posts, "apart": of.apart}
    values = zip(*(column.tolist() for column in columns.values()), strict=True)
    return [{"id": name, "properties": dict(zip(columns, each, strict=True))} for name, each in zip(of.id.tolist(), values, strict=True)]

"""Appeals of products and categories, derived by each run and marked with it, so that readers of one run see no other's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, LiteralString, Protocol

import numpy as np
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


def _storing(kind: LiteralString) -> LiteralString:
    return f"""
MATCH (run:BuildingRun {{id: $run, token: $token}})
UNWIND $rows AS row
MATCH (of:{kind} {{id: row.id}})
CREATE (appeal:SalesAppeal {{id: $run + '|{kind}|' + row.id, runId: $run}})-[:APPEAL_OF]->(of)
SET appeal += row.properties
RETURN count(appeal) AS made
"""


QUERIES: Final[Mapping[str, LiteralString]] = {"Product": _storing("Product"), "Category": _storing("Category")}


async def store_appeals(building: Building, appeals: Mapping[str, Appeals]) -> None:
    """Write the appeals by kind of node; readers see them once the run is published."""
    for kind, query in QUERIES.items():
        rows = _rows(appeals[kind])
        await building.write(query, ({"rows": rows[at]} for at in building.batches(len(rows), BATCH)))


def _rows(of: Appeals) -> list[dict[str, object]]:
    posts = np.rint(of.posts).astype(np.int64)
    columns = {"ratio": of.ratio, "low": of.low, "high": of.high, "posts": posts, "apart": of.apart}
    values = zip(*(column.tolist() for column in columns.values()), strict=True)
    return [{"id": name, "properties": dict(zip(columns, each, strict=True))} for name, each in zip(of.id.tolist(), values, strict=True)]

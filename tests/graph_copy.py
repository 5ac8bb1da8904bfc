"""A copy of a whole graph, which is put back for each test that begins with it: a fraction of what scoring it anew takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, LiteralString

from neo4j import AsyncDriver

BATCH: Final = 5_000

NODES: Final[LiteralString] = """
MATCH (n)
RETURN elementId(n) AS id, labels(n) AS labels, properties(n) AS properties
"""

RELATIONSHIPS: Final[LiteralString] = """
MATCH (a)-[r]->(b)
RETURN elementId(a) AS start, elementId(b) AS end, type(r) AS type, properties(r) AS properties
"""

CREATED_NODES: Final[LiteralString] = """
UNWIND $rows AS row
CREATE (n:$(row.labels))
SET n = row.properties
RETURN row.id AS copied, elementId(n) AS created
"""

CREATE_RELATIONSHIPS: Final[LiteralString] = """
UNWIND $rows AS row
MATCH (a) WHERE elementId(a) = row.start
MATCH (b) WHERE elementId(b) = row.end
CREATE (a)-[r:$(row.type)]->(b)
SET r = row.properties
"""


@dataclass(frozen=True, slots=True)
class GraphCopy:
    """All nodes and relationships with what they hold; indexes and constraints are the database's.

    Whatever a process remembers by the id of a run must not outlive a test: copies have the same ids.
    """

    nodes: Sequence[Mapping[str, Any]]
    relationships: Sequence[Mapping[str, Any]]

    @classmethod
    async def of(cls, driver: AsyncDriver) -> GraphCopy:
        """Return a copy of what the database holds now."""
        found = [(await driver.execute_query(query, database_="neo4j")).records for query in (NODES, RELATIONSHIPS)]
        nodes, relationships = ([record.data() for record in records] for records in found)
        return cls(nodes, relationships)

    async def put_back(self, driver: AsyncDriver) -> None:
        """Fill the emptied database with the copy."""
        created: dict[str, str] = {}
        for rows in _batches(self.nodes):
            records = (await driver.execute_query(CREATED_NODES, rows=rows, database_="neo4j")).records
            created |= {record["copied"]: record["created"] for record in records}
        placed = [{**each, "start": created[each["start"]], "end": created[each["end"]]} for each in self.relationships]
        for rows in _batches(placed):
            await driver.execute_query(CREATE_RELATIONSHIPS, rows=rows, database_="neo4j")


def _batches(rows: Sequence[Mapping[str, Any]]) -> list[Sequence[Mapping[str, Any]]]:
    return [rows[at : at + BATCH] for at in range(0, len(rows), BATCH)]

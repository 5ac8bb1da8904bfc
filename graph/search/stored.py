"""Makes what an earlier version has stored searchable; loading does so for what it writes."""

from __future__ import annotations

from typing import Any, Final, LiteralString

from neo4j import AsyncManagedTransaction, AsyncSession

from graph.search.terms import searchable

AT_ONCE: Final = 1_000

LEFT: Final[dict[str, LiteralString]] = {
    "Creator": """
MATCH (n:Creator)
WHERE n.id > $after AND n._searchForms IS NULL
RETURN n.id AS id, n {.handle, .nickname, .bio, .region} AS properties
ORDER BY id
LIMIT $limit
""",
    "Brand": """
MATCH (n:Brand)
WHERE n.id > $after AND n._searchForms IS NULL
RETURN n.id AS id, n {.name, .region} AS properties
ORDER BY id
LIMIT $limit
""",
    "Product": """
MATCH (n:Product)
WHERE n.id > $after AND n._searchForms IS NULL
RETURN n.id AS id, n {.title, .region} AS properties
ORDER BY id
LIMIT $limit
""",
    "Category": """
MATCH (n:Category)
WHERE n.id > $after AND n._searchForms IS NULL
RETURN n.id AS id, n {.name, .regionNames} AS properties
ORDER BY id
LIMIT $limit
""",
}

WRITE: Final[dict[str, LiteralString]] = {
    "Creator": "UNWIND $rows AS row MATCH (n:Creator {id: row.id}) SET n += row.properties",
    "Brand": "UNWIND $rows AS row MATCH (n:Brand {id: row.id}) SET n += row.properties",
    "Product": "UNWIND $rows AS row MATCH (n:Product {id: row.id}) SET n += row.properties",
    "Category": "UNWIND $rows AS row MATCH (n:Category {id: row.id}) SET n += row.properties",
}


async def make_searchable(session: AsyncSession) -> None:
    """Give what has a name the properties that it is found by, some at a time; after a kill, those that still lack them."""
    for label in LEFT:
        after: str | None = ""
        while after is not None:
            after = await session.execute_write(_some, label, after)


async def _some(tx: AsyncManagedTransaction, label: str, after: str) -> str | None:
    """Write the next nodes of a label behind an id, and return the last one's; None where there are no more."""
    left = [record.data() async for record in await tx.run(LEFT[label], after=after, limit=AT_ONCE)]
    rows: list[dict[str, Any]] = [{"id": each["id"], "properties": searchable(label, each["id"], each["properties"])} for each in left]
    await (await tx.run(WRITE[label], rows=rows)).consume()
    return rows[-1]["id"] if rows else None

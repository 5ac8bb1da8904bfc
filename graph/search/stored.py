"""Makes what an earlier version has stored searchable; loading does so for what it writes."""

from __future__ import annotations

from typing import Any, Final, LiteralString

from neo4j import AsyncManagedTransaction, AsyncSession

from graph.search.terms import searchable

AT_ONCE: Final = 1_000


def _left(label: LiteralString, properties: LiteralString) -> LiteralString:
    return f"""
MATCH (n:{label})
WHERE n.id > $after AND n._searchForms IS NULL
RETURN n.id AS id, n {{{properties}}} AS properties
ORDER BY id
LIMIT $limit
"""


def _write(label: LiteralString) -> LiteralString:
    return f"UNWIND $rows AS row MATCH (n:{label} {{id: row.id}}) SET n += row.properties"


QUERIES: Final[dict[str, tuple[LiteralString, LiteralString]]] = {
    "Creator": (_left("Creator", ".handle, .nickname, .bio, .region"), _write("Creator")),
    "Brand": (_left("Brand", ".name, .region"), _write("Brand")),
    "Product": (_left("Product", ".title, .region"), _write("Product")),
    "Category": (_left("Category", ".name, .regionNames"), _write("Category")),
}
"""What finds the nodes of a label that are left, and what writes to them."""


async def make_searchable(session: AsyncSession) -> None:
    """Give what has a name the properties that it is found by, some at a time; after a kill, those that still lack them."""
    for label in QUERIES:
        after: str | None = ""
        while after is not None:
            after = await session.execute_write(_some, label, after)


async def _some(tx: AsyncManagedTransaction, label: str, after: str) -> str | None:
    """Write the next nodes of a label behind an id, and return the last one's; None where there are no more."""
    find, write = QUERIES[label]
    left = [record.data() async for record in await tx.run(find, after=after, limit=AT_ONCE)]
    rows: list[dict[str, Any]] = [{"id": each["id"], "properties": searchable(label, each["id"], each["properties"])} for each in left]
    await (await tx.run(write, rows=rows)).consume()
    return rows[-1]["id"] if rows else None

"""Rows made by hand, and what the graph shows of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import permutations
from typing import Any, Final, LiteralString

from neo4j import AsyncDriver

from graph.digest import content_digest
from graph.load import Tally, load
from graph.rows import Age, CreatorRef, Item, Row, Where

BOOKS: Final = ("Lock", "Schema", "State", "DomainEvent")
DAY: Final = 86_400


def row(table: str, observed: int = 0, /, *, path: str = "a", position: int = 0, part: str = "", **values: Any) -> Row:
    """Return a row of a table that was observed at a time."""
    return Row(table, values, Age(observed, path, position), Where(path, str(position)), part)


def sale(line: str = "o:1", **values: Any) -> dict[str, Any]:
    """Return the values of a line of an order."""
    known = {"id": line, "order_id": line.partition(":")[0], "at": 1000, "status": "PLACED", "quantity": 2, "price": 5.0, "currency": "USD"}
    return known | {"product_id": "p1"} | values


def order(at: int, *lines: dict[str, Any], order_id: str = "o", **where: Any) -> Row:
    """Return the row of an order as it was observed at `at`."""
    return row("orders", at, order_id=order_id, lines=list(lines), **where)


def by_name(handle: str, region: str = "US") -> CreatorRef:
    """Return a creator who is only named."""
    return CreatorRef(handle=handle, region=region)


def known_as(open_id: str, handle: str, region: str = "US") -> CreatorRef:
    """Return a creator who is named with an open id."""
    return CreatorRef(open_id=open_id, handle=handle, region=region)


async def loaded(graph: AsyncDriver, *imports: Iterable[Item], **options: Any) -> Tally:
    """Import one after another and return the last tally."""
    return [await load(graph, rows, **options) for rows in imports][-1]


async def shown(graph: AsyncDriver, query: LiteralString, **parameters: Any) -> list[Any]:
    """Return the rows of a query, those of one column as values."""
    records = (await graph.execute_query(query, parameters)).records
    return [record[0] if len(record) == 1 else tuple(record) for record in records]


async def digest(graph: AsyncDriver) -> str:
    """Return the digest of all that is content, the hidden books among it."""
    return await content_digest(graph, ignoring=BOOKS)


EMPTY: Final[LiteralString] = """
MATCH (n)
DETACH DELETE n
"""


async def digests_of_all_orders(graph: AsyncDriver, imports: Sequence[Sequence[Row]], *, at_most: int = 6) -> dict[str, tuple[int, ...]]:
    """Return the digests that imports in every order lead to, with an order that leads there; one means that order is no matter."""
    found: dict[str, tuple[int, ...]] = {}
    for chosen in list(permutations(range(len(imports))))[:: max(1, _orders(len(imports)) // at_most)]:
        await graph.execute_query(EMPTY)
        await loaded(graph, *(imports[place] for place in chosen))
        found.setdefault(await digest(graph), chosen)
    return found


def _orders(count: int) -> int:
    return len(list(permutations(range(count))))

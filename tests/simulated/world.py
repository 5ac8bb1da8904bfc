"""The market of a schedule: four creators, two brands, one published run; drawn by an import once, and laid out anew for each schedule."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, LiteralString

from neo4j import AsyncDriver

from api.runs.scoring_run import score
from graph.load import load
from graph.rows import Row
from tests.graph.load.market import row, sale
from tests.simulated.cards import DAY

CREATORS: Final = ("ana", "ben", "cat", "zoe")
BRANDS: Final = ("b1", "b2")

NODES: Final[LiteralString] = "MATCH (n) RETURN elementId(n) AS at, labels(n) AS labels, properties(n) AS properties"
EDGES: Final[LiteralString] = "MATCH (a)-[r]->(b) RETURN elementId(a) AS a, type(r) AS type, properties(r) AS properties, elementId(b) AS b"
AGAIN: Final[LiteralString] = """
MATCH (n)
DETACH DELETE n
WITH count(*) AS gone
UNWIND $nodes AS node
CREATE (n:$(node.labels))
SET n = node.properties
WITH collect(n) AS made
UNWIND $edges AS edge
WITH made[edge.a] AS a, made[edge.b] AS b, edge
CREATE (a)-[r:$(edge.type)]->(b)
SET r = edge.properties
"""


def rows(number: int, *, creators: tuple[str, ...] = CREATORS) -> list[Row]:
    """Return what one export says, the higher its number the newer: followers, a collaboration and an order of each creator."""
    found = [
        row("creators", number, id=each, handle=f"name-{each}", region="US", follower_count=number, sales_consent=True) for each in creators
    ]
    offer = {"brand_id": "b1", "kind": "TARGETED", "status": "OFFERED"}
    found += [row("collaborations", number, id=f"k-{each}", creator_id=each, **offer) for each in creators]
    for place, each in enumerate(creators):
        line = sale(f"o{number}-{place}:1", creator_id=each, product_id="p1", price=number + 0.25)
        found.append(row("orders", number, order_id=line["order_id"], lines=[line]))
    return found


def base() -> list[Row]:
    """Return what is there at the beginning."""
    brands = [row("brands", 1, id=each, name=f"Brand {each}", region="US") for each in BRANDS]
    goods = [row("products", 1, id="p1", title="Product", brand_id="b1")]
    return [*brands, *goods, *rows(1)]


@dataclass(frozen=True)
class Layout:
    """All nodes and relationships of a graph."""

    nodes: list[dict[str, Any]]
    edges: list[dict[str, Any]]

    @classmethod
    async def drawn(cls, driver: AsyncDriver) -> Layout:
        """Import and score once, in an emptied database."""
        await load(driver, base())
        await score(driver, as_of=DAY)
        nodes = [each.data() for each in (await driver.execute_query(NODES)).records]
        place = {each.pop("at"): at for at, each in enumerate(nodes)}
        edges = [each.data() for each in (await driver.execute_query(EDGES)).records]
        return cls(nodes, [{**each, "a": place[each["a"]], "b": place[each["b"]]} for each in edges])

    async def lay_out(self, driver: AsyncDriver) -> None:
        """Have the database hold this and nothing else."""
        await driver.execute_query(AGAIN, nodes=self.nodes, edges=self.edges)

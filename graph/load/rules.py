"""Constraints and indexes on what loading keeps for itself, beside those of the declared graph."""

from __future__ import annotations

from typing import Final, LiteralString

from neo4j import AsyncDriver

RULES: Final[tuple[tuple[str, LiteralString], ...]] = (
    ("name_id", "CREATE CONSTRAINT name_id IF NOT EXISTS FOR (n:Name) REQUIRE n.id IS UNIQUE"),
    ("heard_id", "CREATE CONSTRAINT heard_id IF NOT EXISTS FOR (n:Heard) REQUIRE n.id IS UNIQUE"),
    ("pending_id", "CREATE CONSTRAINT pending_id IF NOT EXISTS FOR (n:Pending) REQUIRE n.id IS UNIQUE"),
    ("dropped_sale_id", "CREATE CONSTRAINT dropped_sale_id IF NOT EXISTS FOR (n:DroppedSale) REQUIRE n.id IS UNIQUE"),
    ("dropped_sale_order", "CREATE INDEX dropped_sale_order IF NOT EXISTS FOR (n:DroppedSale) ON (n.orderId)"),
    ("sale_programmes", "CREATE INDEX sale_programmes IF NOT EXISTS FOR (n:Sale) ON (n._programmes)"),
    ("sale_uncredited", "CREATE INDEX sale_uncredited IF NOT EXISTS FOR (n:Sale) ON (n._uncredited, n.id)"),
)

RULE_NAMES: Final[LiteralString] = """
SHOW INDEXES
YIELD name
RETURN name
"""

AWAIT_INDEXES: Final[LiteralString] = """
CALL db.awaitIndexes(600)
"""


async def prepare(driver: AsyncDriver, *, database: str = "neo4j") -> None:
    """Bring about the constraints and indexes on what loading keeps for itself."""
    present = {record["name"] for record in (await driver.execute_query(RULE_NAMES, database_=database)).records}
    missing: list[LiteralString] = [statement for name, statement in RULES if name not in present]
    for statement in missing:
        await driver.execute_query(statement, database_=database)
    if missing:
        await driver.execute_query(AWAIT_INDEXES, database_=database)

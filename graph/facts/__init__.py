"""The facts: nodes and relationships as columns, one row a creator, window and category."""

from __future__ import annotations

from collections.abc import Sequence

from neo4j import AsyncDriver

from graph.facts.arrays import Columns
from graph.facts.columns import COLUMNS, GROUP, SOLVED, Column
from graph.facts.market import Market, market
from graph.facts.network import Network, Pairs, network
from graph.facts.period import WINDOWS, Period
from graph.facts.reading import Reader
from graph.facts.tables import table

__all__ = [
    "COLUMNS",
    "GROUP",
    "SOLVED",
    "WINDOWS",
    "Column",
    "Columns",
    "Market",
    "Network",
    "Pairs",
    "Period",
    "Reader",
    "facts",
    "market",
    "network",
    "table",
]


async def facts(driver: AsyncDriver, as_of: int, *, windows: Sequence[int] = WINDOWS, database: str = "neo4j") -> Columns:
    """Return one row for each creator, window and category with evidence, sorted by window, category and creator.

    Only what was known at `as_of` (Unix seconds) counts; the windows end with the last complete UTC day before it.
    """
    return table(await market(Reader(driver, database), Period(as_of, tuple(windows))))

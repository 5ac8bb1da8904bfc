"""Reads that end by themselves: in a session that cannot write, and no longer than the server is told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, LiteralString

from neo4j import AsyncDriver

from graph.plans.visibility import Reach, Visibility
from graph.retrying import read_rows


@dataclass(frozen=True, slots=True)
class Reading:
    """Where to read, for how many seconds a query at most, and what the reader may see."""

    driver: AsyncDriver
    database: str
    seconds: float
    visibility: Visibility

    async def rows(self, query: LiteralString, /, **values: Any) -> list[list[Any]]:
        """Return a query's rows; its parameters are `values`, `$regions` and `$brands`, each of the two null where all are seen."""
        bounded = {"regions": self.regions, "brands": self.brands, **values}
        return await read_rows(self.driver, query, bounded, database=self.database, seconds=self.seconds)

    @property
    def regions(self) -> list[str] | None:
        """Regions whose creators the reader sees; None for all, empty for those who do not look for creators."""
        match self.visibility.creators:
            case Reach.ALL:
                return None
            case Reach.REGIONS:
                return list(self.visibility.regions)
            case _:
                return []

    @property
    def brands(self) -> list[str] | None:
        """Brands whose ties the reader sees one by one; None for all."""
        return None if self.visibility.others is Reach.ALL else list(self.visibility.brands)

    def sees_ties_of(self, brand: str) -> bool:
        """Tell whether the reader sees who works with a brand."""
        return self.brands is None or brand in self.brands

"""The regions in which somebody sells, looked up once and remembered for a while: a query need not look each time."""

from __future__ import annotations

from collections.abc import Sequence
from time import monotonic
from typing import Final

from neo4j import AsyncDriver

from graph.existing import absent

SECONDS: Final = 60.0
"""A region in which nobody sells any more is taken for one with nothing in it for so long, which it is."""

KINDS: Final[dict[tuple[str, ...], str]] = {("Creator",): "Region", ("Brand", "Creator"): "MarketRegion"}
"""What a region is, by the labels of those who may sell there."""


class Regions:
    """Regions that were found, and until when that holds."""

    def __init__(self) -> None:
        """Start with none known."""
        self._found: dict[tuple[str, tuple[str, ...]], float] = {}

    async def absent(self, driver: AsyncDriver, database: str, regions: Sequence[str], labels: tuple[str, ...]) -> str | None:
        """Return the first of the regions in which nobody with one of the labels sells; None where there is none such."""
        now = monotonic()
        unsure = [each for each in regions if self._found.get((each, labels), 0) < now]
        if not unsure:
            return None
        if missing := await absent(driver, KINDS[labels], unsure, database=database):
            return missing[0]
        self._found.update({(each, labels): now + SECONDS for each in unsure})
        return None

"""Who is active in a category."""

from __future__ import annotations

from typing import Final, LiteralString

from graph.recommendations.reading import Reading
from graph.runs import WINDOW, WORLD, scope_key

ACTIVE: Final[LiteralString] = """
MATCH (card:Scorecard)
WHERE card.world = $world AND card.overallWorldOrdinal >= 0
RETURN collect(card.creatorId) AS ids
"""


async def active(reading: Reading, run: str, category: str) -> list[str]:
    """Return the creators of all regions who have a scorecard in a category over 90 days."""
    ((ids,),) = await reading.rows(ACTIVE, world=scope_key(run, WINDOW, category, WORLD))
    return ids

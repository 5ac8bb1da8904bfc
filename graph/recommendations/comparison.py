"""Scorecards of a few creators, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, LiteralString, NamedTuple

from graph.recommendations.reading import Reading
from graph.runs import ALL
from graph.runs.run import Run


class Card(NamedTuple):
    """One creator's scores in the order of the run's indicators; NaN stands for null in floats, an empty text for no reason."""

    values: list[float | None]
    lows: list[float]
    highs: list[float]
    percentiles: list[float]
    evidence: list[int]
    reasons: list[str]


CARDS: Final[LiteralString] = """
UNWIND $creators AS id
MATCH (card:Scorecard {id: $cards + '|' + id + $end})-[:RATES]->(c:Creator)
WHERE $regions IS NULL OR c.region IN $regions
RETURN id, [name IN $names | card[name]] AS value, card.lows AS lows, card.highs AS highs, card.percentiles AS percentiles,
  card.evidence AS evidence, card.reasons AS reasons
"""


async def cards_of(reading: Reading, run: Run, creators: Sequence[str], *, window: int, category: str | None) -> dict[str, Card]:
    """Return the scorecards of creators in a window and category (None: over everything), by creator; those without one are left out."""
    end = f"|{window}|{ALL if category is None else category}"
    rows = await reading.rows(CARDS, cards=run.cards, names=list(run.names), creators=list(creators), end=end)
    return {row[0]: Card(*row[1:]) for row in rows}

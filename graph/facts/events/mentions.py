"""Which creators named which others in the content of the longest window."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, LiteralString

import numpy as np

from graph.facts.arrays import ABSENT, Columns, Ints, codes, ints, ordered, stacked
from graph.facts.events.creators import Creators
from graph.facts.period import Period
from graph.facts.reading import Reader, by_time


@dataclass(frozen=True, slots=True)
class Mentions:
    """One row a content and creator named, sorted; who names himself is left out."""

    source: Ints
    target: Ints
    at: Ints


MENTIONS: Final[LiteralString] = """
MATCH (t:Content)-[:MENTIONS]->(named:Creator)
WHERE t.publishedAt >= $from AND t.publishedAt < $until
MATCH (t)<-[:PUBLISHED]-(c:Creator)
RETURN collect(c.id) AS source, collect(named.id) AS target, collect(t.publishedAt) AS at
"""

COUNT: Final[LiteralString] = """
MATCH ()-[mention:MENTIONS]->()
RETURN count(mention) AS rows
"""


async def mentions(reader: Reader, period: Period, creators: Creators) -> Mentions:
    """Return the mentions of the longest window."""
    (rows,) = await reader.read(COUNT, [{}], lambda record: int(record["rows"]))

    def take(record: Mapping[str, Any]) -> Columns:
        return {
            "source": codes(record.get("source", []), creators.positions),
            "target": codes(record.get("target", []), creators.positions),
            "at": ints(record.get("at", [])),
        }

    batches = by_time(period, rows) if rows else []
    columns = ordered(stacked(await reader.read(MENTIONS, batches, take), take({})), "source", "target", "at")
    others = (columns["source"] != columns["target"]) & (columns["source"] != ABSENT) & (columns["target"] != ABSENT)
    return Mentions(**{name: np.asarray(column[others]) for name, column in columns.items()})

"""Who works with a brand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, LiteralString, NamedTuple

from graph.recommendations.reading import Reading


class Partner(NamedTuple):
    """A creator who works with a brand: accepted collaborations, and net dollars together."""

    creator: str
    handle: str
    times: int
    gmv_usd: float


PARTNERS: Final[LiteralString] = """
UNWIND $of AS of
MATCH (:Brand {id: of})<-[tie:COLLABORATED_WITH]-(c:Creator)
WHERE tie.runId = $run
RETURN c.id AS creator, c.handle AS handle, sum(tie.times) AS times, sum(tie.gmvUsd) AS gmvUsd
ORDER BY creator
"""


async def partners(reading: Reading, run: str, brands: Sequence[str]) -> list[Partner]:
    """Return who works with any of the brands, in any region, as of a run; the caller has seen to it that the reader may know."""
    return [Partner(*row) for row in await reading.rows(PARTNERS, run=run, of=list(brands))]

"""`COLLABORATED_WITH`, derived by each run and marked with it, so that readers of one run see no other's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, LiteralString, Protocol

import numpy as np
from numpy.typing import NDArray

from graph.runs.building import Building

BATCH: Final = 10_000


class Ties(Protocol):
    """Creators and brands that have worked together, each pair once."""

    @property
    def creator(self) -> NDArray[np.str_]: ...
    @property
    def brand(self) -> NDArray[np.str_]: ...
    @property
    def times(self) -> NDArray[np.int64]: ...
    @property
    def gmv_usd(self) -> NDArray[np.float64]: ...
    @property
    def first_at(self) -> NDArray[np.int64]: ...
    @property
    def last_at(self) -> NDArray[np.int64]: ...


TIE: Final[LiteralString] = """
MATCH (run:BuildingRun {id: $run, token: $token})
UNWIND range(0, size($creator) - 1) AS i
MATCH (c:Creator {id: $creator[i]})
MATCH (b:Brand {id: $brand[i]})
CREATE (c)-[tie:COLLABORATED_WITH {runId: $run, times: $times[i], gmvUsd: $gmvUsd[i], firstAt: $firstAt[i], lastAt: $lastAt[i]}]->(b)
RETURN count(tie) AS made
"""


async def store_ties(building: Building, ties: Ties) -> None:
    """Write the ties, one batch after the other: brands are few, and two writers would wait for each other's."""
    await building.write(TIE, (_columns(ties, at) for at in building.batches(len(ties.creator), BATCH)))


def _columns(ties: Ties, at: slice) -> Mapping[str, object]:
    return {
        "creator": ties.creator[at].tolist(),
        "brand": ties.brand[at].tolist(),
        "times": ties.times[at].tolist(),
        "gmvUsd": ties.gmv_usd[at].tolist(),
        "firstAt": ties.first_at[at].tolist(),
        "lastAt": ties.last_at[at].tolist(),
    }

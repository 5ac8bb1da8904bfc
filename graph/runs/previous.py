"""The values of an earlier run, for the next one to stand beside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, LiteralString, TypeAlias

import numpy as np
from neo4j import AsyncDriver
from numpy.typing import NDArray

from graph.reader import Reader
from graph.runs.scopes import outward_id

BATCH: Final = 500

Key: TypeAlias = tuple[str, int, str]
"""Creator, window and category."""

CURRENT: Final[LiteralString] = """
MATCH (run:ScoringRun {status: 'current'})
RETURN run.id AS id
ORDER BY id DESC
LIMIT 1
"""

VALUES: Final[LiteralString] = """
UNWIND $ids AS id
MATCH (c:Creator {id: id})<-[:RATES]-(card:Scorecard)
WHERE card.runId = $run
RETURN
  collect(card.creatorId) AS creator,
  collect(card.window) AS window,
  collect(card.categoryId) AS category,
  collect([name IN $names | card[name]]) AS values
"""


async def previous_values(
    driver: AsyncDriver, keys: Sequence[Key], names: Sequence[str], *, database: str, outward: bool = False
) -> NDArray[np.float64]:
    """Return what the current run says of creators, windows and categories: one column for each of `names`, NaN where it says nothing."""
    previous = np.full((len(keys), len(names)), np.nan)
    records = (await driver.execute_query(CURRENT, database_=database)).records
    if not records:
        return previous
    place = {key: at for at, key in enumerate(keys)}
    creators, run = sorted({key[0] for key in place}), records[0]["id"]
    batches = [
        {"ids": creators[at : at + BATCH], "run": outward_id(run) if outward else run, "names": list(names)}
        for at in range(0, len(creators), BATCH)
    ]

    def take(record: Mapping[str, Any]) -> None:
        for *key, values in zip(record["creator"], record["window"], record["category"], record["values"], strict=True):
            at = place.get(tuple(key))
            if at is not None:
                previous[at] = np.array(values, dtype=np.float64)

    await Reader(driver, database).read(VALUES, batches, take)
    return previous

"""Places by forecast, given to the scorecards of runs that were made before scoring gave them."""

from __future__ import annotations

from typing import Final, LiteralString

from neo4j import AsyncSession

BATCH: Final = 5_000

UNPLACED_WORLDS: Final[LiteralString] = """
MATCH (card:Scorecard)
WHERE card.forecastOrdinal IS NULL
RETURN DISTINCT card.world AS world, card.runId AS run
ORDER BY world
"""

BY_FORECAST: Final[LiteralString] = """
MATCH (card:Scorecard)
WHERE card.world = $world AND card.overallWorldOrdinal >= 0
OPTIONAL MATCH (forecast:Forecast {id: $run + '|Creator:' + card.creatorId})
WITH card.id AS id, coalesce(forecast.forForecast, -1.0) AS place, card.overallWorldOrdinal AS overall
ORDER BY place DESC, overall
RETURN id
"""

PLACE: Final[LiteralString] = """
UNWIND $rows AS row
MATCH (card:Scorecard {id: row[0]})
SET card.forecastOrdinal = row[1]
"""


async def place_by_forecast(session: AsyncSession) -> None:
    """Give every scorecard its place by forecast; run again after a kill, it places the worlds that are not whole anew."""
    worlds = [record.data() async for record in await session.run(UNPLACED_WORLDS)]
    for world in worlds:
        ids = [record["id"] async for record in await session.run(BY_FORECAST, world)]
        for start in range(0, len(ids), BATCH):
            rows = [[id_, ordinal] for ordinal, id_ in enumerate(ids[start : start + BATCH], start)]
            await (await session.run(PLACE, rows=rows)).consume()

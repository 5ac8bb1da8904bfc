"""The market of a dozen creators, scored, with audiences, terms and reports, and a thirteenth creator of whom nothing is known.

Brand `b0` is the viewers' own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, LiteralString

from neo4j import AsyncDriver

from api.access.viewer import Role, Viewer
from api.graphql.execution.execution import execute
from api.graphql.execution.request import GraphQLRequest
from api.process.state import State
from tests.api.drawn_market import END, draw_market
from tests.api.scored_market import draw_scored

VIEWERS: Final = {
    "admin": Viewer("k1", "root", Role.ADMIN),
    "analyst": Viewer("k2", "lab", Role.ANALYST),
    "partner": Viewer("k3", "agency", Role.PARTNER, ("US", "GB"), ("b0", "b1")),
    "brand": Viewer("k4", "b0", Role.BRAND, ("US",), ("b0",)),
    "wide": Viewer("k5", "b0 everywhere", Role.BRAND, ("*",), ("b0",)),
    "stranger": Viewer("k6", "b5", Role.BRAND, ("US",), ("b5",)),
    "nowhere": Viewer("k8", "b0 in France", Role.BRAND, ("FR",), ("b0",)),
    "creator": Viewer("k7", "c01", Role.CREATOR, creator="c01"),
}

MORE: Final[LiteralString] = """
CREATE (:Creator {id: 'c13', handle: 'nobody', region: 'US'})
CREATE (:Rate {id: 'EUR:2020-01-01', currency: 'EUR', date: '2020-01-01', usdPerUnit: 9.0}),
       (:Rate {id: 'EUR:2024-01-01', currency: 'EUR', date: '2024-01-01', usdPerUnit: 1.25})
WITH 1 AS one
MATCH (c:Creator)
WHERE c.id < 'c13'
WITH c, toInteger(substring(c.id, 1)) AS n
SET c.salesConsent = n % 2 = 0
CREATE (c)-[:HAS_AUDIENCE]->(:Audience {id: c.id + ':GENDER:FEMALE', dimension: 'GENDER', bucket: 'FEMALE', share: n / 13.0}),
       (c)-[:HAS_AUDIENCE]->(:Audience {id: c.id + ':GENDER:MALE', dimension: 'GENDER', bucket: 'MALE', share: 1 - n / 13.0}),
       (c)<-[:ABOUT]-(:Report {id: c.id + ':2024-01-01', at: $end - 86400, commissionRateLow: 0.1, commissionRateHigh: 0.2,
                               commissionRate: 0.15})
WITH c, n
MATCH (c)<-[:WITH]-(k:Collaboration)<-[:OFFERED]-(:Brand {id: 'b0'})
SET k.commissionRate = 0.05, k.fee = 40.0, k.currency = 'EUR'
"""


@dataclass
class Finding:
    """A process on the market, and a way to ask."""

    driver: AsyncDriver
    state: State

    async def result(self, who: str, query: str, **variables: Any) -> dict[str, Any]:
        """Return the whole answer."""
        return await execute(GraphQLRequest(query, variables=variables), VIEWERS[who], self.state)

    async def ask(self, who: str, query: str, **variables: Any) -> Any:
        """Return the data; the test fails on an error."""
        result = await self.result(who, query, **variables)
        assert "errors" not in result, result["errors"]
        return result["data"]

    async def code(self, who: str, query: str, **variables: Any) -> str:
        """Return the code of the only error."""
        (error,) = (await self.result(who, query, **variables))["errors"]
        return error["extensions"]["code"]


async def draw_finding(driver: AsyncDriver) -> None:
    """Fill the database, which must be empty, with the scored market."""
    await draw_scored(driver, draw=_draw)


async def _draw(driver: AsyncDriver) -> None:
    await draw_market(driver)
    async with driver.session() as session:
        await (await session.run(MORE, end=END)).consume()

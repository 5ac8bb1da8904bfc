"""The drawn market, scored and served by a process of its own, with a key of each role."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from time import time
from typing import LiteralString

from api.access.grants import Grant
from api.access.store import Store
from api.access.viewer import Role
from api.runs.scoring_run import score
from tests.api.drawn_market import END, draw_market
from tests.api.serving import serving
from tests.conftest import EMPTY, TestServer

GRANTS = {
    Role.ADMIN: Grant("the admin", Role.ADMIN),
    Role.ANALYST: Grant("the analyst", Role.ANALYST),
    Role.PARTNER: Grant("the partner", Role.PARTNER, ("US",), ("b1",)),
    Role.BRAND: Grant("the brand", Role.BRAND, ("US",), ("b1",)),
    Role.CREATOR: Grant("the creator", Role.CREATOR, creator="c01"),
}


@dataclass(frozen=True)
class ServedMarket:
    """Where it is served, from which home, and the keys by role."""

    url: str
    home: Path
    keys: dict[Role, str]
    environment: dict[str, str]

    def key_of(self, creator: str) -> str:
        """Return a new key of a creator, for a test that takes them out of the scores of all the others."""
        store = Store(self.home)
        try:
            return store.create(Grant(f"creator {creator}", Role.CREATOR, creator=creator), now=int(time())).text
        finally:
            store.close()


@asynccontextmanager
async def served_market(
    neo4j: TestServer, home: Path, *, scored_at: Sequence[int] = (END,), more: Sequence[LiteralString] = (), **settings: str
) -> AsyncIterator[ServedMarket]:
    """Draw, score and serve the market until the block ends; no test meanwhile may empty the graph.

    `more` are queries that draw into it before it is scored, `settings` variables.
    """
    async with neo4j.driver() as driver:
        async with driver.session() as session:
            await (await session.run(EMPTY)).consume()
        await draw_market(driver, more=more)
        for at in scored_at:
            await score(driver, as_of=at)
    store = Store(home)
    keys = {role: store.create(grant, now=int(time())).text for role, grant in GRANTS.items()}
    store.close()
    environment = {
        "NEO4J_URI": neo4j.uri,
        "NEO4J_USERNAME": neo4j.auth[0],
        "NEO4J_PASSWORD": neo4j.auth[1],
        "CREATORGRAPH_QUERY_SECONDS": "60",  # a busy machine plans the first query of a kind for long, which is no failure
        **settings,
    }
    with serving(home, environment) as served:
        yield ServedMarket(served.url, home, keys, environment)

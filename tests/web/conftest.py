from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Final, LiteralString

import pytest

from api.pages.packages import packages
from tests.api.drawn_market import END
from tests.api.served_market import ServedMarket, served_market
from tests.browser import browser, built
from tests.conftest import TestServer
from tests.node import said

__all__ = ["browser", "built"]

ROOT: Final = Path(__file__).parents[2]
EARLIER: Final = END - 28 * 86_400

HOSTILE: Final = "<img src=x onerror=alert(1)>😀 שלום‮ é̂"
NAMED: Final[LiteralString] = "MATCH (c:Creator {id: $id}) SET c.nickname = $name, c.bio = $name"
THAILAND: Final[LiteralString] = """
MATCH (lips:Category {id: '11'})
CREATE (:Brand {id: 'siam', name: 'Siam', region: 'TH'})-[:SELLS]->(p:Product {id: 'balm', title: 'Balm'})-[:IN_CATEGORY]->(lips)
WITH p
UNWIND range(1, 5) AS n
CREATE (c:Creator {id: 't' + n, handle: 'thai' + n, region: 'TH', followerCount: 900 * n, joinedAt: $end - 100 * $day})
WITH p, c, n
UNWIND range(1, 12) AS m
CREATE (c)-[:PUBLISHED]->(t:Content:Video {id: 'w' + n + '-' + m, kind: 'VIDEO', publishedAt: $end - (m * 5 - n % 4) * $day,
                                           views: 2000 + 100 * m, likes: 3 * m, comments: n, shares: m % 3}),
       (t)-[:FEATURES {clicks: 60}]->(p)
WITH p, c, n, m, t
UNWIND range(1, 1 + n * 2 % 5) AS order
CREATE (s:Sale {id: 'st' + n + '-' + m + '-' + order, orderId: 'st' + n + '-' + m + '-' + order, status: 'PLACED',
                at: t.publishedAt + 60 * order, quantity: 1, refundedQuantity: 0, gmvUsd: 9.0}),
       (s)-[:OF]->(p), (s)-[:CREDITED_TO]->(c), (s)-[:THROUGH]->(t)
"""
"""Five creators of another region, who sell what nobody else does; the best is 2, then come 4, 1, 3 and 5."""


@pytest.fixture(scope="session")
def checked_out(cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the explorer's sources with its packages, and the types that its documents are checked against."""
    work = tmp_path_factory.mktemp("explorer")
    shutil.copytree(ROOT / "web", work / "web", ignore=shutil.ignore_patterns("node_modules", "dist", "*.local.*"))
    (work / "api").mkdir()
    shutil.copyfile(ROOT / "api" / "schema.graphql", work / "api" / "schema.graphql")
    (work / "web" / "node_modules").symlink_to(packages(ROOT / "web", cache))
    said(["node", "node_modules/gql.tada/bin/cli.js", "generate-output"], work / "web")
    return work / "web"


@pytest.fixture(scope="session")
async def market(neo4j: TestServer, built: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[ServedMarket]:
    """Serve the drawn market, scored twice, with a creator whose name is markup, an emoji, and right to left."""
    home, scored_at = tmp_path_factory.mktemp("home"), (EARLIER, END)
    async with served_market(neo4j, home, scored_at=scored_at, more=(THAILAND,), CREATORGRAPH_CACHE=str(built)) as served:
        async with neo4j.driver() as driver:
            await driver.execute_query(NAMED, id="c04", name=HOSTILE, database_="neo4j")
        yield served

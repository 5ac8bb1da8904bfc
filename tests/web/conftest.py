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
    async with served_market(neo4j, home, scored_at=scored_at, CREATORGRAPH_CACHE=str(built)) as served:
        async with neo4j.driver() as driver:
            await driver.execute_query(NAMED, id="c04", name=HOSTILE, database_="neo4j")
        yield served

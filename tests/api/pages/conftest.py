from __future__ import annotations

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from api.access.grants import Grant
from api.access.store import Store
from api.access.viewer import Role
from api.pages.ide.install import install
from api.pages.packages import InstallFailed
from tests.api.serving import Served, serving
from tests.browser import browser, built
from tests.conftest import TestServer, emptied

__all__ = ["browser", "built"]


@pytest.fixture(scope="session")
def ide(cache: Path) -> Path:
    """Have the IDE's files fetched; without a network that is a reason to skip, except on CI."""
    try:
        install(cache)
    except InstallFailed as error:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(error.message)
    return cache


@pytest.fixture(scope="session")
async def served(neo4j: TestServer, _schema: None, ide: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Served]:
    """Serve as `creatorgraph serve` does, in a process of its own, on an emptied database."""
    async with neo4j.driver() as driver:
        await emptied(driver)
    home = tmp_path_factory.mktemp("home")
    environment = {"NEO4J_URI": neo4j.uri, "NEO4J_PASSWORD": neo4j.auth[1], "CREATORGRAPH_CACHE": str(ide)}
    with serving(home, environment) as found:
        yield found


@pytest.fixture(scope="session")
def key(served: Served) -> str:
    store = Store(served.home)
    try:
        return store.create(Grant("the admin", Role.ADMIN), now=1).text
    finally:
        store.close()

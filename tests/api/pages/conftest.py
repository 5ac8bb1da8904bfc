from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, async_playwright

from api.access.grants import Grant
from api.access.store import Store
from api.access.viewer import Role
from api.pages.explorer.install import install as build
from api.pages.ide.install import install
from api.pages.packages import InstallFailed
from tests.api.serving import Served, serving
from tests.conftest import TestServer

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


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
def built(cache: Path) -> Path:
    """Have the explorer built; without a network its packages may be a reason to skip, except on CI."""
    try:
        build(cache)
    except InstallFailed as error:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(error.message)
    return cache


@pytest.fixture(scope="session")
def served(neo4j: TestServer, ide: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Serve as `creatorgraph serve` does, in a process of its own."""
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


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    """Start Chromium once; where it is missing, tests are skipped on a laptop and fail on CI."""
    if not CHROMIUM.exists():
        reason = f"{CHROMIUM} is missing: install the package chromium"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    async with async_playwright() as playwright:
        opened = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield opened
        await opened.close()

"""One real Neo4j for each process of tests, emptied before each test that asks for the graph."""

import os
import subprocess
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, LiteralString

import platformdirs
import pytest
from hypothesis import settings
from neo4j import AsyncDriver
from xdist.scheduler import LoadScopeScheduling

from graph.connection import open_driver
from graph.errors import JarUnavailable
from graph.migrations import migrate
from graph.server import Memory, PrivateServer

settings.register_profile("house", deadline=None)
settings.load_profile("house")
# A busy machine is no failure: tests that wait have limits of their own.

TOGETHER: Final = ("tests/clients/python", "tests/api/mcp", "tests/api/pages", "tests/validation", "tests/simulation", "tests/leaks")
"""Folders whose tests share what is costly to make: where tests are spread over processes, each folder stays in one, else each file."""

MEMORY: Final = Memory(heap=768, page_cache=128)
QUICK_START: Final = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
"""A third less work to start, for a server that a test starts for itself."""
LONG_RUN: Final = ("-XX:+UseSerialGC",)
"""For a server that plans new queries for minutes, which takes half as long once the compiler has optimised its planner."""

INDICATORS: Final = (
    "overall",
    "cooperation",
    "diligence",
    "influence",
    "contentVolume",
    "contentSuccess",
    "salesAbility",
    "collaboration",
    "consistency",
)

EMPTY: Final[LiteralString] = """
MATCH (n)
CALL (n) {
  DETACH DELETE n
} IN TRANSACTIONS OF 10000 ROWS
"""


class Together(LoadScopeScheduling):
    """Spreads tests over processes by file, and by folder where the files share what is costly."""

    def _split_scope(self, nodeid: str) -> str:
        path = nodeid.split("::", 1)[0]
        return next((folder for folder in TOGETHER if path.startswith(f"{folder}/")), path)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Together:
    """Have `pytest -n` spread tests so."""
    return Together(config, log)


@dataclass(frozen=True)
class TestServer:
    """The server that every test of the session shares."""

    __test__ = False

    uri: str
    auth: tuple[str, str]

    def driver(self) -> AsyncDriver:
        """Return a new driver; close it."""
        return open_driver(self.uri, auth=self.auth)


@pytest.fixture(scope="session")
def cache() -> Path:
    """Return the folder with the server's jars, which the user's own servers share."""
    return Path(os.environ.get("CREATORGRAPH_CACHE") or platformdirs.user_cache_path("creatorgraph"))


@pytest.fixture(scope="session")
def neo4j(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Iterator[TestServer]:
    """Start Neo4j once; where it cannot be had, tests are skipped on a laptop and fail on CI."""
    home = os.environ.get("CREATORGRAPH_TEST_HOME")
    folder = Path(home) if home else tmp_path_factory.mktemp("neo4j")
    server = PrivateServer(folder / "neo4j", cache=cache, memory=MEMORY, java_options=LONG_RUN)
    try:
        server.start()
    except JarUnavailable as error:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(str(error))
    try:
        yield TestServer(server.uri, server.auth)
    finally:
        server.stop()


@pytest.fixture(scope="session")
async def _schema(neo4j: TestServer) -> None:
    """Bring about constraints and indexes, those of scorecards too, once for all tests."""
    async with neo4j.driver() as driver:
        await _empty(driver)
        await migrate(driver, indicators=INDICATORS)


@pytest.fixture
async def graph(neo4j: TestServer, _schema: None) -> AsyncIterator[AsyncDriver]:
    """Return a driver on an emptied database that has its constraints and indexes."""
    async with neo4j.driver() as driver:
        await _empty(driver)
        yield driver


async def _empty(driver: AsyncDriver) -> None:
    """Remove all nodes; a transaction of its own for each batch needs a plain session."""
    async with driver.session() as session:
        await (await session.run(EMPTY)).consume()


@pytest.fixture
def read_only(tmp_path: Path) -> Iterator[Path]:
    """Mount a folder in which nothing can be written; only root may."""
    path = tmp_path / "read-only"
    path.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "ro", "tmpfs", str(path)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("only root can mount a folder")
    try:
        yield path
    finally:
        subprocess.run(["umount", "--lazy", str(path)], check=True)


@pytest.fixture
def neo4j_env(neo4j: TestServer) -> dict[str, str]:
    """Return the variables that point a child process at the test server; add them to `os.environ`."""
    user, password = neo4j.auth
    return {
        "NEO4J_URI": neo4j.uri,
        "NEO4J_USERNAME": user,
        "NEO4J_PASSWORD": password,
        "NEO4J_DATABASE": "neo4j",
    }

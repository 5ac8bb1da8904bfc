"""One real Neo4j for each process of tests, emptied before each test that asks for the graph."""

import faulthandler
import os
import subprocess
from collections import Counter
from collections.abc import AsyncIterator, Generator, Iterator
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

TOGETHER: Final = (
    "tests/clients/python",
    "tests/api/mcp",
    "tests/api/pages",
    "tests/validation",
    "tests/simulation",
    "tests/leaks",
    "tests/web",
)
"""Folders whose tests share what is costly to make: where tests are spread over processes, each folder stays in one, else each file."""

LONGEST_FIRST: Final = (
    "tests/api/commands/test_interrupting.py",
    "tests/leaks",
    "tests/api/process/test_full_disk.py",
    "tests/api/commands/test_serve.py",
    "tests/graph/server/test_backup.py",
    "tests/graph/load/test_bulk.py",
    "tests/api/features/test_predictions.py",
    "tests/web",
    "tests/api/mcp",
    "tests/validation",
    "tests/clients/python",
)
"""What takes minutes is begun first, so that no process is left with it at the end, when all others have nothing to do."""

SECONDS_TOGETHER: Final = 900
"""What a test of these folders may take: the first of them makes what all share."""

LONGEST: Final = 1200
"""Seconds after which a test that even its time limit could not end, its fixtures included, ends its process, with where it stood."""

MEMORY: Final = Memory(heap=768, page_cache=128)
QUICK_START: Final = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
"""A third less work to start, for a server that a test starts for itself."""
LONG_RUN: Final = ("-XX:TieredStopAtLevel=4", "-XX:+UseSerialGC")
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


_STANDARD_ERROR: Final = pytest.StashKey[int]()


class Together(LoadScopeScheduling):
    """Spreads tests over processes by file, and by folder where the files share what is costly."""

    def _split_scope(self, nodeid: str) -> str:
        return _scope(nodeid)


def _scope(nodeid: str) -> str:
    path = nodeid.split("::", 1)[0]
    return next((folder for folder in TOGETHER if path.startswith(f"{folder}/")), path)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Together:
    """Have `pytest -n` spread tests so, in the order in which they are collected."""
    config.option.loadscopereorder = False
    return Together(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest, then with what has most tests; who makes what a folder shares has time for it."""
    for item in items:
        if _scope(item.nodeid) in TOGETHER and item.get_closest_marker("timeout") is None:
            item.add_marker(pytest.mark.timeout(SECONDS_TOGETHER))
    sizes = Counter(_scope(item.nodeid) for item in items)
    places = {scope: place for place, scope in enumerate(LONGEST_FIRST)}

    def order(item: pytest.Item) -> tuple[int, int, str]:
        scope = _scope(item.nodeid)
        return places.get(scope, len(places)), -sizes[scope], scope

    items.sort(key=order)


def pytest_configure(config: pytest.Config) -> None:
    """Keep a way to standard error that no capturing takes away; have databases that tests' own processes start begin quickly."""
    config.stash[_STANDARD_ERROR] = os.dup(2)
    os.environ.setdefault("JAVA_TOOL_OPTIONS", " ".join(QUICK_START))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """End the process where a test hangs for good, so that the run ends too and says which test it was."""
    faulthandler.dump_traceback_later(LONGEST, exit=True, file=item.config.stash[_STANDARD_ERROR])
    try:
        return (yield)
    finally:
        faulthandler.cancel_dump_traceback_later()


@dataclass(frozen=True)
class TestServer:
    """The server that every test of the session shares."""

    __test__ = False

    uri: str
    auth: tuple[str, str]

    def driver(self) -> AsyncDriver:
        """Return a new driver; close it."""
        return open_driver(self.uri, auth=self.auth)


@pytest.fixture(scope="session", autouse=True)
def _patient() -> Iterator[None]:
    """Let a busy machine take its time to say in which version its data are."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("graph.data_version.SECONDS", 60.0)
        yield


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
        await emptied(driver)
        await migrate(driver, indicators=INDICATORS)


@pytest.fixture
async def graph(neo4j: TestServer, _schema: None) -> AsyncIterator[AsyncDriver]:
    """Return a driver on an emptied database that has its constraints and indexes."""
    async with neo4j.driver() as driver:
        await emptied(driver)
        yield driver


@pytest.fixture(scope="module")
async def served_env(neo4j: TestServer, _schema: None, neo4j_env: dict[str, str]) -> dict[str, str]:
    """Return `neo4j_env`, for processes that serve what a module's tests put into the emptied database."""
    async with neo4j.driver() as driver:
        await emptied(driver)
    return neo4j_env


async def emptied(driver: AsyncDriver) -> None:
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


@pytest.fixture(scope="session")
def neo4j_env(neo4j: TestServer) -> dict[str, str]:
    """Return the variables that point a child process at the test server; add them to `os.environ`."""
    user, password = neo4j.auth
    return {
        "NEO4J_URI": neo4j.uri,
        "NEO4J_USERNAME": user,
        "NEO4J_PASSWORD": password,
        "NEO4J_DATABASE": "neo4j",
    }

"""A server of its own for the tests that look at or end the process."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from graph.server import Memory, PrivateServer
from tests.conftest import QUICK_START

SMALL: Final = Memory(heap=512, page_cache=64)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home that no server has run on."""
    return tmp_path_factory.mktemp("private") / "neo4j"


@pytest.fixture(scope="module")
def server(home: Path, cache: Path) -> Iterator[PrivateServer]:
    """Return a server on that home, not started; whatever a test leaves running is ended."""
    server = PrivateServer(home, cache=cache, memory=SMALL, java_options=QUICK_START)
    yield server
    server.shut_down(force=True)

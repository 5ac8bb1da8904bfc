"""A service has its database's classes archived beside it, once, and takes the maker with it when it ends."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from pathlib import Path
from time import monotonic

import psutil
import pytest

from api.process.archiving import archived, archiving
from api.settings import Settings
from graph.server.jars import locked_jars

MAKER = "api.process.archiving"


@pytest.fixture
def bare(cache: Path, tmp_path: Path) -> Path:
    """Return a cache with the jars, and without an archive."""
    folder = tmp_path / "cache"
    for jar in locked_jars():
        (folder / jar.path).parent.mkdir(parents=True, exist_ok=True)
        os.link(cache / jar.path, folder / jar.path)
    return folder


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.process.archiving.SECONDS_AFTER_START", 0.0)


async def test_the_maker_ends_with_the_service(bare: Path, tmp_path: Path) -> None:
    async with archiving(Settings(home=tmp_path / "home", cache=bare)):
        await _until(lambda: any("java" in name for name in _speaking_of(bare)))
    await _until(lambda: not _speaking_of(bare))
    assert not list(bare.glob("classes/*"))


async def test_where_it_is_there_or_the_database_is_another_s_nothing_is_started(cache: Path, tmp_path: Path) -> None:
    await asyncio.to_thread(archived, cache)
    for settings in (Settings(cache=cache), Settings(cache=tmp_path / "none", neo4j_uri="bolt://127.0.0.1:9", neo4j_password="x")):
        async with archiving(settings):
            await asyncio.sleep(0.5)
            assert not [each for each in psutil.Process().children() if MAKER in each.cmdline()]


def test_by_itself_it_says_where_it_is_or_why_not(cache: Path, tmp_path: Path) -> None:
    environment = os.environ | {"CREATORGRAPH_CACHE": str(cache)}
    done = subprocess.run([sys.executable, "-m", MAKER], env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, str(archived(cache))), done.stderr
    (tmp_path / "file").touch()
    environment["CREATORGRAPH_CACHE"] = str(tmp_path / "file")
    refused = subprocess.run([sys.executable, "-m", MAKER], env=environment, capture_output=True, text=True, check=False)
    assert (refused.returncode, refused.stderr.strip().count("\n")) == (1, 0), refused.stderr


async def _until(condition: object) -> None:
    assert callable(condition)
    deadline = monotonic() + 120
    while not condition():
        assert monotonic() < deadline
        await asyncio.sleep(0.05)


def _speaking_of(cache: Path) -> list[str]:
    """Return the names of processes that were told of the cache, in words or by their environment."""
    found: list[str] = []
    for process in psutil.process_iter():
        try:
            told = [*process.cmdline(), process.environ().get("CREATORGRAPH_CACHE", ""), process.environ().get("CLASSPATH", "")]
        except psutil.Error:
            continue
        if process.pid != os.getpid() and any(str(cache) in word for word in told):
            found.append(process.name())
    return found

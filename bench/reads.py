"""The page of 50 creators by score with three collaborations each and their brand, against the bare driver and DataLoaders."""

from __future__ import annotations

import asyncio
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from statistics import median
from typing import Any, Final

import platformdirs

from api.access.grants import Grant
from api.access.store import Store
from api.access.viewer import Role
from bench.figures import Figure, Report
from bench.read_clients import rate
from bench.read_market import filled
from bench.read_rivals import ASKED, ASKED_OF_LOADERS, PAGE
from graph.connection import open_driver
from graph.server import Memory, PrivateServer

SECONDS: Final = float(os.environ.get("BENCH_SECONDS", "8"))
ROUNDS: Final = 3
MEMORY: Final = Memory(heap=1024, page_cache=512)
METHOD: Final = f"""20,000 creators, 100,000 collaborations. One page: {PAGE} creators by score, each with three
collaborations and their brand, about 1,350 fields; 16 clients. Ours is the whole application over HTTP, with key, limits and
budget; no answer is kept. The bare driver runs a hand-written query for the same tree as an auto-commit read and writes JSON,
without HTTP. The rival is strawberry on Starlette with one query for the page and a DataLoader each for collaborations and
brands. Each side for {SECONDS:g} s in turn, {ROUNDS} rounds, the median counts."""


def report() -> Report:
    """Measure the three sides in turn."""
    with tempfile.TemporaryDirectory() as home, PrivateServer(Path(home) / "neo4j", jars(), MEMORY) as server:
        asyncio.run(market_in(server))
        with ExitStack() as stack:
            key = key_in(Path(home))
            ours = stack.enter_context(served(server, home, CREATORGRAPH_ANSWER_CACHE_MB="0"))
            theirs = stack.enter_context(_loaders(server))
            sides = _measured(server, ours, theirs, key)
    return Report("Reading a page", METHOD, _figures(sides))


def _figures(sides: dict[str, float]) -> tuple[Figure, ...]:
    return (
        *(Figure(name, value, "requests/s") for name, value in sides.items()),
        Figure("ours / bare driver", sides["ours"] / sides["bare driver"], "", at_least=0.8),
        Figure("ours / DataLoaders", sides["ours"] / sides["DataLoaders"], "", at_least=5),
    )


def _measured(server: PrivateServer, ours: int, theirs: int, key: str) -> dict[str, float]:
    asked: dict[str, Any] = {"query": ASKED, "variables": {"first": PAGE}}
    asked_of_loaders = asked | {"query": ASKED_OF_LOADERS}
    rates: dict[str, list[float]] = {"ours": [], "bare driver": [], "DataLoaders": []}
    for seconds in (SECONDS / 2, *[SECONDS] * ROUNDS):  # the first is to warm up, and is not counted
        own, answer = rate(ours, asked, seconds=seconds, key=key)
        assert len(answer["data"]["creators"]["nodes"]) == PAGE, answer
        other, answer = rate(theirs, asked_of_loaders, seconds=seconds)
        assert len(answer["data"]["creators"]) == PAGE, answer
        for name, each in (("ours", own), ("bare driver", bare(server, seconds)), ("DataLoaders", other)):
            rates[name].append(each)
    return {name: median(each[1:]) for name, each in rates.items()}


def jars() -> Path:
    """Return the folder with the database's jars, which benchmarks share with everything else."""
    return Path(os.environ.get("CREATORGRAPH_CACHE") or platformdirs.user_cache_path("creatorgraph"))


async def market_in(server: PrivateServer) -> None:
    """Fill a server with the market."""
    async with open_driver(server.uri, auth=server.auth) as driver:
        await filled(driver)


def key_in(home: Path) -> str:
    """Return a new administrator's key of a home."""
    return keys_in(home, {"bench": Grant("bench", Role.ADMIN)})["bench"]


def keys_in(home: Path, grants: Mapping[str, Grant]) -> dict[str, str]:
    """Return new keys of a home, called as their grants are."""
    with closing(Store(home)) as store:
        return {name: store.create(grant, now=int(time.time())).text for name, grant in grants.items()}


def bare(server: PrivateServer, seconds: float) -> float:
    """Return the pages a second that the bare driver reads."""
    command = [sys.executable, "-m", "bench.read_rivals", "bare", str(seconds)]
    done = subprocess.run(command, input=" ".join((server.uri, *server.auth)), capture_output=True, text=True, check=True)
    return float(done.stdout)


@contextmanager
def served(server: PrivateServer, home: str, *, before: str = "", **settings: str) -> Iterator[int]:
    """Serve the application, and yield its port; code that runs `before` may change it."""
    user, password = server.auth
    settings = (
        {"CREATORGRAPH_WARM_UP_SECONDS": "0"}
        | settings
        | {"CREATORGRAPH_HOME": home, "CREATORGRAPH_COST_BUDGET": "1000000000", "CREATORGRAPH_LOG_LEVEL": "error"}
    )
    environment = os.environ | settings
    environment |= {"NEO4J_URI": server.uri, "NEO4J_USERNAME": user, "NEO4J_PASSWORD": password}
    command = [sys.executable, "-c", f"{before}\nfrom api.commands import main; main()", "serve", "--port", "0"]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    with ended(process):
        yield next(int(found[1]) for line in process.stderr if (found := re.search(r"serves on http://[^:]+:(\d+)", line)))


@contextmanager
def _loaders(server: PrivateServer) -> Iterator[int]:
    """Serve the rival, and yield its port."""
    port = free_port()
    process = subprocess.Popen([sys.executable, "-m", "bench.read_rivals", "loaders", str(port)], stdin=subprocess.PIPE, text=True)
    assert process.stdin is not None
    process.stdin.write(" ".join((server.uri, *server.auth)))
    process.stdin.close()
    with ended(process):
        waited_for(port)
        yield port


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def waited_for(port: int) -> None:
    """Return once somebody listens on a port."""
    for _ in range(300):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError(f"nothing listens on port {port}")


@contextmanager
def ended(process: subprocess.Popen[Any]) -> Iterator[None]:
    """End a process with the block."""
    try:
        yield
    finally:
        process.terminate()
        process.wait(30)

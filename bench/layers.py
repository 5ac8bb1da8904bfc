"""Where the time of a page goes: the serving process, sampled while clients read; `BENCH_FLAME=FILE.svg` draws a flame graph."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from threading import Thread
from typing import Final

import psutil

from bench.figures import Figure, Report
from bench.read_clients import rate
from bench.read_rivals import ASKED, PAGE
from bench.reads import MEMORY, jars, key_in, market_in, served
from graph.server import PrivateServer

SECONDS: Final = 20
SAMPLES_A_SECOND: Final = 200
LAYERS: Final = {
    "the database's driver": ("neo4j/",),
    "plans: parameters in, rows into the shape of the answer": ("graph/",),
    "GraphQL: what is asked, budget, answer": ("api/graphql/", "api/features/"),
    "keys": ("api/access/", "sqlite3/"),
    "HTTP: parsing, routes, middleware, JSON, writing": (
        "uvicorn/",
        "starlette/",
        "api/http/",
        "api/process/protocol",
        "prometheus_client/",
    ),
}
"""By the innermost frame that belongs to one; the rest is the event loop."""
LOOP: Final = "the event loop"
METHOD: Final = f"""The page of "Reading a page", no answer kept, 16 clients; the serving process is sampled {SAMPLES_A_SECOND} times a
second for {SECONDS} s (py-spy). The time of C code counts to who calls it."""


def report() -> Report:
    """Sample the service under load, and say what share each layer takes."""
    with tempfile.TemporaryDirectory() as home, PrivateServer(Path(home) / "neo4j", jars(), MEMORY) as server:
        asyncio.run(market_in(server))
        key = key_in(Path(home))
        with served(server, home, CREATORGRAPH_ANSWER_CACHE_MB="0") as port:
            stacks = _sampled(port, key, Path(home))
    shares = Counter[str]()
    for frames, samples in stacks:
        shares[_layer(frames)] += samples
    return Report("Where the time of a page goes", METHOD, tuple(Figure(n, 100 * shares[n] / shares.total(), "%") for n in (*LAYERS, LOOP)))


def _sampled(port: int, key: str, folder: Path) -> list[tuple[list[str], int]]:
    """Return stacks, outermost frame first, and how often each was seen."""
    asked = {"query": ASKED, "variables": {"first": PAGE}}
    rate(port, asked, seconds=SECONDS / 4, key=key)
    reading = Thread(target=rate, args=(port, asked), kwargs={"seconds": 2 * SECONDS + 5, "key": key})
    reading.start()
    process = next(each for each in psutil.Process().children() if "serve" in each.cmdline())
    if drawn := os.environ.get("BENCH_FLAME"):
        _record(process.pid, "flamegraph", Path(drawn))
    _record(process.pid, "raw", folder / "stacks.txt")
    reading.join()
    lines = (line.rsplit(" ", 1) for line in (folder / "stacks.txt").read_text().splitlines())
    return [(stack.split(";"), int(samples)) for stack, samples in lines]


def _record(pid: int, form: str, file: Path) -> None:
    spy = Path(sys.executable).with_name("py-spy")
    options = ["--duration", str(SECONDS), "--rate", str(SAMPLES_A_SECOND), "--format", form, "--output", str(file)]
    subprocess.run([spy, "record", "--pid", str(pid), *options], check=True, capture_output=True)


def _layer(frames: Iterable[str]) -> str:
    for frame in reversed(list(frames)):
        place = frame.rpartition("(")[2]
        for name, starts in LAYERS.items():
            if place.startswith(starts):
                return name
    return LOOP

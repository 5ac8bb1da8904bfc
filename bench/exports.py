"""Exports of the whole graph: that their memory does not grow with the graph, and how fast they are."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter
from typing import Any, Final

import platformdirs
import psutil

from bench.figures import Figure, Report
from bench.filling import fill
from graph.connection import open_driver
from graph.exports import FORMATS, Reading, WholeGraph, export
from graph.server import Memory, PrivateServer
from simulation import market

SIZES: Final = (50, 300)
SEED: Final = 7
DAYS: Final = 60
METHOD: Final = f"""The whole graph of a simulated market of {SIZES[0]} and of {SIZES[1]} creators over {DAYS} days, in every format,
each export in a process of its own; memory is that process's largest resident size after a batch."""

Measured = dict[str, dict[str, Any]]


def report() -> Report:
    """Export both markets and compare the peaks."""
    small, large = (_measured(size) for size in SIZES)
    rows = large["graphml"]["rows"]
    figures = [
        Figure("nodes and edges in the larger market", rows, ""),
        Figure("times those of the smaller", rows / small["graphml"]["rows"], "×"),
    ]
    for kind in FORMATS:
        figures += [
            Figure(f"{kind}: peak of the larger ÷ of the smaller", large[kind]["mb"] / small[kind]["mb"], "×", at_most=1.5),
            Figure(f"{kind}: peak", large[kind]["mb"], "MB"),
            Figure(f"{kind}: nodes and edges", rows / large[kind]["seconds"], "a second"),
        ]
    return Report("Exports", METHOD, figures)


def _measured(creators: int) -> Measured:
    with tempfile.TemporaryDirectory() as home:
        cache, memory = platformdirs.user_cache_path("creatorgraph"), Memory(heap=768, page_cache=128)
        server = PrivateServer(Path(home) / "neo4j", cache=cache, memory=memory)
        fill(server, market(SEED, creators=creators, days=DAYS))
        with server:
            _alone(server, "jsonl", Path(home) / "first")  # a database that has just started plans each query anew
            return {kind: _alone(server, kind, Path(home) / f"market-{kind}") for kind in FORMATS}


def _alone(server: PrivateServer, kind: str, path: Path) -> dict[str, Any]:
    told = json.dumps([server.uri, server.auth, kind, str(path)])
    words = [sys.executable, "-m", "bench.exports"]
    return json.loads(subprocess.run(words, input=told, stdout=subprocess.PIPE, check=True, text=True).stdout)


async def _exported(uri: str, auth: tuple[str, str], kind: str, path: Path) -> dict[str, Any]:
    peak, own = 0, psutil.Process()

    def look(_done: int, _total: int) -> None:
        # After each batch, while it is still held; the kernel's own peak would count the process that this one was forked from.
        nonlocal peak
        peak = max(peak, own.memory_info().rss)

    async with open_driver(uri, auth=auth) as driver:
        began = perf_counter()
        done = await export(WholeGraph(Reading(driver, seconds=60), None), path, kind, tell=look)
        seconds = perf_counter() - began
    return {"rows": done.total, "seconds": seconds, "mb": peak / 1e6}


if __name__ == "__main__":
    uri, auth, kind, path = json.load(sys.stdin)
    print(json.dumps(asyncio.run(_exported(uri, tuple(auth), kind, Path(path)))))

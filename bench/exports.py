"""Exports of the whole graph: rows a second, and that memory does not grow with the graph."""

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

from bench.filling import fill
from graph.connection import open_driver
from graph.exports import FORMATS, Reading, WholeGraph, export
from graph.server import Memory, PrivateServer
from graph.sources.simulated import market

SIZES: Final = (100, 800)
SEED: Final = 7


def report() -> str:
    """Return a table: for each format rows a second, and the peak of memory on a small graph and on one eight times as large."""
    found = {size: _measured(size) for size in SIZES}
    small, large = (found[size] for size in SIZES)
    lines = [f"| format | rows/s | peak at {small['rows']:,} rows | peak at {large['rows']:,} rows |", "|---|---|---|---|"]
    for kind in FORMATS:
        fast = large["rows"] / large[kind]["seconds"]
        lines.append(f"| {kind} | {fast:,.0f} | {small[kind]['mb']} MB | {large[kind]['mb']} MB |")
    return "\n".join(lines)


def _measured(creators: int) -> dict[str, Any]:
    """Export a market in every format, each in a process of its own, and return rows, seconds and peaks."""
    with tempfile.TemporaryDirectory() as home:
        server = PrivateServer(
            Path(home) / "neo4j", cache=platformdirs.user_cache_path("creatorgraph"), memory=Memory(heap=768, page_cache=128)
        )
        fill(server, market(SEED, creators=creators, days=90))
        with server:
            found = {kind: _exported(server, kind, Path(home)) for kind in FORMATS}
    return {**found, "rows": found[FORMATS[0]]["rows"]}


def _exported(server: PrivateServer, kind: str, home: Path) -> dict[str, Any]:
    words = [sys.executable, "-m", "bench.exports", server.uri, *server.auth, kind, str(home / f"market-{kind}")]
    return json.loads(subprocess.run(words, capture_output=True, check=True, text=True).stdout)


async def _alone(uri: str, auth: tuple[str, str], kind: str, path: Path) -> None:
    import resource

    async with open_driver(uri, auth=auth) as driver:
        began = perf_counter()
        done = await export(WholeGraph(Reading(driver, seconds=60), None), path, kind)
        seconds = perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps({"rows": done.total, "seconds": seconds, "mb": peak}))


if __name__ == "__main__":
    if len(sys.argv) > 1:
        asyncio.run(_alone(sys.argv[1], (sys.argv[2], sys.argv[3]), sys.argv[4], Path(sys.argv[5])))
    else:
        print(report())

"""What an honest reader notices of hostile clients: a page's time at the 99th percentile, quiet and under attack. `make attack`."""

from __future__ import annotations

import asyncio
import json
import os
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter, sleep
from typing import Final

import httpx
import psutil

from api.access.grants import Grant
from api.access.viewer import Role
from bench.figures import Figure, Report, table
from bench.read_market import filled
from bench.reads import MEMORY, jars, keys_in
from bench.start import ready
from graph.connection import open_driver
from graph.server import PrivateServer

SECONDS: Final = float(os.environ.get("BENCH_SECONDS", "30"))
CROWD: Final = 4
RATIO: Final = 5.0
PAUSE: Final = 0.05
PAGE: Final = "{ creators(first: 20, sort: [{by: OVERALL}]) { nodes { id handle overall { value } } } }"
METHOD: Final = f"""One honest key reads a page of 20 creators, one request after the other, for {SECONDS:g} s on a quiet service that has
warmed up, and then twice for {SECONDS:g} s while {CROWD} clients of each of fourteen hostile kinds are at work with
two other keys: headers and bodies that are slow, endless or packed, connections that say nothing, filters and pages as large as may be
and larger, answers that are cancelled or never read, Cypher without end, heap bombs, regular expressions, wrong keys. In the first of the
two the database still compiles its own planner, which only the attack makes it use so much. All on one machine, the hostile clients in a
session of their own."""


@dataclass(slots=True)
class Honest:
    """What an honest reader saw: seconds of each page that was answered, and how often there was another answer, by status."""

    seconds: list[float] = field(default_factory=list[float])
    others: Counter[int] = field(default_factory=Counter[int])
    unready: int = 0

    @property
    def p99(self) -> float:
        """The time that 99 of 100 pages did not exceed."""
        return sorted(self.seconds)[int(0.99 * (len(self.seconds) - 1))]


async def read(url: str, key: str, seconds: float) -> Honest:
    """Read pages one after the other until the time is up, and ask now and then whether the service is ready."""
    seen, ends = Honest(), perf_counter() + seconds
    async with httpx.AsyncClient(base_url=url, timeout=60, headers={"Authorization": f"Bearer {key}"}) as client:
        while perf_counter() < ends:
            began = perf_counter()
            answer = await client.post("/graphql", json={"query": PAGE})
            if answer.status_code == 200 and "errors" not in answer.json():
                seen.seconds.append(perf_counter() - began)
            else:
                seen.others[answer.status_code] += 1
            if len(seen.seconds) % 20 == 1:
                seen.unready += (await client.get("/readyz")).status_code != 200
            await asyncio.sleep(PAUSE)
    return seen


async def under_attack(url: str, keys: dict[str, str], seconds: float, *arguments: str) -> tuple[Honest, dict[str, dict[str, int]]]:
    """Return what an honest reader saw while a fleet attacked from a process of its own, and what the fleet was told.

    `arguments` are the fleet's own: the size of its crowd, and which kinds of clients are in it.
    """
    command = [sys.executable, "-m", "bench.hostile", url, str(seconds + 2), *arguments]
    fleet = await asyncio.create_subprocess_exec(*command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True)
    hostile = {name: keys[name] for name in ("analyst", "brand")}
    told = asyncio.create_task(fleet.communicate(json.dumps(hostile).encode()))
    await asyncio.sleep(2)
    seen = await read(url, keys["honest"], seconds)
    return seen, json.loads((await told)[0])


def report() -> Report:
    """Measure quiet and under attack."""
    with tempfile.TemporaryDirectory() as home, PrivateServer(Path(home) / "neo4j", jars(), MEMORY) as server:
        asyncio.run(_fill(server))
        keys = made(Path(home))
        with _served(server, home) as (url, process):
            while not ready(url):  # as whoever sends it requests would wait
                sleep(0.2)
            asyncio.run(read(url, keys["honest"], 5))
            quiet = asyncio.run(read(url, keys["honest"], SECONDS))
            before = process.memory_info().rss
            attacks = {when: asyncio.run(under_attack(url, keys, SECONDS, str(CROWD))) for when in ("first", "second")}
            grown = process.memory_info().rss - before
    for when, (_, told) in attacks.items():
        for kind, statuses in told.items():
            sys.stderr.write(f"{when}, {kind}: {statuses}\n")
    return Report("Under attack", METHOD, figures(quiet, {when: seen for when, (seen, _) in attacks.items()}, grown))


def figures(quiet: Honest, attacks: Mapping[str, Honest], grown: int) -> tuple[Figure, ...]:
    """Return the figures of a quiet time and of attacks by name."""
    return (
        Figure("quiet, 99th percentile", 1000 * quiet.p99, "ms"),
        *(Figure(f"{when} attack, 99th percentile", 1000 * seen.p99, "ms") for when, seen in attacks.items()),
        *(Figure(f"{when} attack / quiet", seen.p99 / quiet.p99, "×", at_most=RATIO) for when, seen in attacks.items()),
        Figure("honest requests that were not answered", sum(seen.others.total() for seen in attacks.values()), "", at_most=0),
        Figure("times that `/readyz` was not 200", sum(seen.unready for seen in attacks.values()), "", at_most=0),
        Figure("growth of the service's memory", grown / 2**20, "MiB", at_most=300),
    )


def made(home: Path) -> dict[str, str]:
    """Return an honest key and two hostile ones."""
    grants = {
        "honest": Grant("attack honest", Role.ANALYST),
        "analyst": Grant("attack analyst", Role.ANALYST),
        "brand": Grant("attack brand", Role.BRAND, ("US",), ("b1",)),
    }
    return keys_in(home, grants)


@contextmanager
def _served(server: PrivateServer, home: str) -> Iterator[tuple[str, psutil.Process]]:
    """Serve with the settings that are given by default, and yield where, and the process."""
    user, password = server.auth
    own = {name: value for name, value in os.environ.items() if not name.startswith("CREATORGRAPH_")}
    own |= {"CREATORGRAPH_HOME": home, "CREATORGRAPH_LOG_LEVEL": "error", "CREATORGRAPH_ANSWER_CACHE_MB": "0"}
    own |= {"NEO4J_URI": server.uri, "NEO4J_USERNAME": user, "NEO4J_PASSWORD": password}
    command = [sys.executable, "-c", "from api.commands import main; main()", "serve", "--port", "0"]
    with subprocess.Popen(
        command, env=own, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        assert process.stderr is not None
        try:
            yield (
                next(found[1] for line in process.stderr if (found := re.search(r"serves on (http://\S+)", line))),
                psutil.Process(process.pid),
            )
        finally:
            process.terminate()


async def _fill(server: PrivateServer) -> None:
    async with open_driver(server.uri, auth=server.auth) as driver:
        await filled(driver)


def main() -> None:
    """Measure and print; status 1 where a promise is broken."""
    found = report()
    sys.stdout.write(table(found))
    sys.exit(not all(each.kept for each in found.figures))


if __name__ == "__main__":
    main()

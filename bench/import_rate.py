"""How fast an online import is, beside bare statements that write the same lines, and where its time goes."""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, LiteralString

import platformdirs
import psutil
from neo4j import AsyncDriver, AsyncManagedTransaction

from bench.figures import Figure, Report
from bench.import_markets import CREATORS, DAYS, Sources, written
from graph.connection import open_driver
from graph.load import load
from graph.migrations import migrate
from graph.rows import Item
from graph.server import Memory, PrivateServer
from graph.sources import read
from scoring import NAMES, camel

BATCH: Final = 2000
TIMES: Final = {"table": 2.0}
"""What a first import may take, times bare statements; of responses, whose contents and products are rows too, nothing is promised."""
METHOD: Final = f"""Order lines of a simulated market of {CREATORS:,} creators over {DAYS} days, as a Parquet table and as the
responses in which its shops saved their orders: imported into an empty private database, again, and with a tenth changed (responses: by a
later export, which dates every line anew). *Bare*: the nodes of these lines and their relationships, created with UNWIND by the same
driver, {BATCH:,} a transaction, what they lead to being there; nothing is read, merged, dated or checked. Before, everything was imported
once and removed, as a database that has just started compiles its own code. CPU is that of the importing process and of the database;
*parsing* is the files read alone, *preparing* the rest of the process, *waiting* the time in which the process used no CPU, other work of
the machine included."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What some work took: seconds of wall clock, of this process's CPU, and of the database's."""

    wall: float
    own: float
    database: float


def report() -> Report:
    """Import both kinds three times each and compare them to bare statements."""
    with tempfile.TemporaryDirectory() as home:
        sources = written(Path(home) / "market")
        server = PrivateServer(
            Path(home) / "neo4j", cache=platformdirs.user_cache_path("creatorgraph"), memory=Memory(heap=1024, page_cache=256)
        )
        with server:
            figures = asyncio.run(_measured(server, sources))
    return Report("Online import", METHOD, figures)


async def _measured(server: PrivateServer, sources: tuple[Sources, ...]) -> list[Figure]:
    figures: list[Figure] = []
    async with open_driver(server.uri, auth=server.auth) as driver:
        await migrate(driver, indicators=[camel(name) for name in NAMES])
        database = _database(server)
        for source in sources:
            await _imported(driver, source.first)
            await _emptied(driver, EMPTY)
            figures += await _of(driver, database, source)
            await _emptied(driver, EMPTY)
    return figures


async def _of(driver: AsyncDriver, database: psutil.Process, source: Sources) -> list[Figure]:
    """Measure one kind of source; the bare statements come last, once the imported lines are removed."""
    parsing = _parsed(source.first)
    costs = [
        await _cost(database, lambda folder=folder: _imported(driver, folder)) for folder in (source.first, source.first, source.changed)
    ]
    first, again, changed = costs
    lines = await _lines(driver)
    await _emptied(driver, EMPTY_OF_LINES)
    bare = await _cost(database, lambda: _created(driver, lines))
    name, count = source.name, len(lines)
    return [
        Figure(f"{name}: order lines", count, ""),
        Figure(f"{name}: first import", source.lines / first.wall, "lines/s"),
        Figure(f"{name}: again, nothing changed", source.lines / again.wall, "lines/s"),
        Figure(f"{name}: a tenth changed", source.lines / changed.wall, "lines/s"),
        Figure(f"{name}: bare", count / bare.wall, "lines/s"),
        Figure(f"{name}: first import / bare, time", first.wall / source.lines * count / bare.wall, "×", at_most=TIMES.get(name)),
        *_split(f"{name}, first", first, parsing, source.lines),
        *_split(f"{name}, again", again, parsing, source.lines),
        Figure(f"{name}, bare: CPU of the process", bare.own / count * 1e6, "µs a line"),
        Figure(f"{name}, bare: CPU of the database", bare.database / count * 1e6, "µs a line"),
    ]


def _split(name: str, cost: Cost, parsing: float, lines: int) -> list[Figure]:
    parts = {
        "parsing": parsing,
        "preparing": max(0.0, cost.own - parsing),
        "waiting": max(0.0, cost.wall - cost.own),
        "CPU of the database": cost.database,
    }
    return [Figure(f"{name}: {part}", seconds / lines * 1e6, "µs a line") for part, seconds in parts.items()]


def _database(server: PrivateServer) -> psutil.Process:
    """Return the process of the private database: the one with the most memory that names its home."""
    found = [each for each in psutil.process_iter(["cmdline"]) if any(str(server.home) in word for word in each.info["cmdline"] or ())]
    return max(found, key=lambda process: process.memory_info().rss)


async def _cost(database: psutil.Process, work: Callable[[], Awaitable[None]]) -> Cost:
    own = psutil.Process()
    began = time.monotonic(), _cpu(own), _cpu(database)
    await work()
    return Cost(time.monotonic() - began[0], _cpu(own) - began[1], _cpu(database) - began[2])


def _cpu(process: psutil.Process) -> float:
    times = process.cpu_times()
    return times.user + times.system


def _parsed(folder: Path) -> float:
    began = time.process_time()
    for _ in read(folder):
        pass
    return time.process_time() - began


async def _imported(driver: AsyncDriver, folder: Path) -> None:
    items: Iterable[Item] = read(folder)
    await load(driver, items)


EMPTY: Final[LiteralString] = """
MATCH (n)
WHERE NOT n:Schema
CALL (n) {
  DETACH DELETE n
} IN TRANSACTIONS OF 5000 ROWS
"""

EMPTY_OF_LINES: Final[LiteralString] = """
MATCH (n:Sale)
CALL (n) {
  DETACH DELETE n
} IN TRANSACTIONS OF 5000 ROWS
"""


async def _emptied(driver: AsyncDriver, query: LiteralString) -> None:
    async with driver.session() as session:
        await (await session.run(query)).consume()


LINES: Final[LiteralString] = """
MATCH (n:Sale)
WITH n
ORDER BY n.id
RETURN collect({properties: properties(n), others: COLLECT { MATCH (n)-[r]->(x) RETURN [type(r), x.id, properties(r)] }}) AS rows
"""

CREATE: Final[LiteralString] = """
UNWIND $rows AS row
CREATE (n:Sale)
SET n = row.properties
"""

DRAW: Final[dict[str, LiteralString]] = {
    "OF": "UNWIND $pairs AS pair MATCH (n:Sale {id: pair[0]}) MATCH (x:Product {id: pair[1]}) CREATE (n)-[:OF]->(x)",
    "CREDITED_TO": "UNWIND $pairs AS pair MATCH (n:Sale {id: pair[0]}) MATCH (x:Creator {id: pair[1]}) CREATE (n)-[:CREDITED_TO]->(x)",
    "THROUGH": "UNWIND $pairs AS pair MATCH (n:Sale {id: pair[0]}) MATCH (x:Content {id: pair[1]}) CREATE (n)-[:THROUGH]->(x)",
    "UNDER": "UNWIND $pairs AS pair MATCH (n:Sale {id: pair[0]}) MATCH (x:Collaboration {id: pair[1]}) CREATE (n)-[:UNDER]->(x)",
    "NAMED": "UNWIND $pairs AS pair MATCH (n:Sale {id: pair[0]}) MATCH (x:Name {id: pair[1]}) CREATE (n)-[r:NAMED]->(x) SET r = pair[2]",
}


async def _lines(driver: AsyncDriver) -> list[dict[str, Any]]:
    return (await driver.execute_query(LINES)).records[0]["rows"]


async def _created(driver: AsyncDriver, lines: list[dict[str, Any]]) -> None:
    async with driver.session() as session:
        for start in range(0, len(lines), BATCH):
            await session.execute_write(_create, lines[start : start + BATCH])


async def _create(tx: AsyncManagedTransaction, rows: list[dict[str, Any]]) -> None:
    await (await tx.run(CREATE, rows=rows)).consume()
    for kind, query in DRAW.items():
        pairs = [[row["properties"]["id"], *other] for row in rows for each, *other in row["others"] if each == kind]
        await (await tx.run(query, pairs=pairs)).consume()

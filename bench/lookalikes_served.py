"""How long a page of lookalikes takes at 20,000 creators, beside a creator by id from the same process."""

from __future__ import annotations

import asyncio
import http.client
import json
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any, Final, LiteralString

import numpy as np
from neo4j import AsyncDriver

from bench.figures import Figure
from bench.read_market import BRANDS, CREATORS, RUN, filled
from bench.reads import jars, key_in
from bench.reads import served as serving
from graph.connection import open_driver
from graph.reader import Reader
from graph.runs import Building, Plan, Vectors
from graph.runs.vectors import store_vectors, stored_vectors
from graph.server import Memory, PrivateServer
from scoring.edges import Edges
from scoring.similarity import People, Surroundings, brand_rows, creator_rows, embedding, groups, nearest

ASKED: Final = 200
MEMORY: Final = Memory(heap=1024, page_cache=512)
METHOD: Final = f"""Served: {CREATORS:,} creators with 100,000 collaborations, 20 lookalikes of a creator drawn anew each time, with id and
similarity, over HTTP with key, limits and budget, one client; in turn with `creator(id)` alone from the same process, {ASKED} of each,
medians."""

TIES: Final[LiteralString] = """
MATCH (b:Brand)-[:OFFERED]->(:Collaboration)-[:WITH]->(c:Creator)
WITH c, b, count(*) AS times
CALL (c, b, times) {
  CREATE (c)-[:COLLABORATED_WITH {runId: $run, times: times, gmvUsd: 0.0, firstAt: 0, lastAt: 0}]->(b)
} IN TRANSACTIONS OF 10000 ROWS
"""

PAIRS: Final[LiteralString] = """
MATCH (c:Creator)-[tie:COLLABORATED_WITH]->(b:Brand)
RETURN collect(c.id) AS creator, collect(b.id) AS brand, collect(toFloat(tie.times)) AS times
"""

LOOKALIKES: Final = "query ($id: ID!) { creator(id: $id) { lookalikes(first: 20) { creator { id } similarity } } }"
REASONED: Final = "query ($id: ID!) { creator(id: $id) { lookalikes(first: 20) { creator { id } similarity reasons { kind text } } } }"
PLAIN: Final = "query ($id: ID!) { creator(id: $id) { id handle } }"


def served() -> tuple[str, tuple[Figure, ...]]:
    """Return the method and the figures."""
    with tempfile.TemporaryDirectory() as home, PrivateServer(Path(home) / "neo4j", jars(), MEMORY) as server:
        searched = asyncio.run(_filled(server))
        key = key_in(Path(home))
        with serving(server, home, CREATORGRAPH_ANSWER_CACHE_MB="0") as port:
            times = _measured(port, key)
    return METHOD, (
        Figure("a page of 20 lookalikes, median", times["lookalikes"], "ms", at_most=20),
        Figure("the same over a creator by id", times["lookalikes"] / times["plain"], "×", at_most=5),
        Figure("a creator by id, median", times["plain"], "ms"),
        Figure("a page with reasons, median", times["reasoned"], "ms"),
        Figure("the search alone, median", searched, "ms"),
    )


def _measured(port: int, key: str) -> dict[str, float]:
    connection = http.client.HTTPConnection("127.0.0.1", port)
    draw = np.random.default_rng(0)
    times: dict[str, list[float]] = {"lookalikes": [], "plain": [], "reasoned": []}
    for _ in range(ASKED):
        creator = f"c{draw.integers(CREATORS):05d}"
        for name, query in (("lookalikes", LOOKALIKES), ("plain", PLAIN), ("reasoned", REASONED)):
            start = time.perf_counter()
            _answer(connection, key, query, creator)
            times[name].append((time.perf_counter() - start) * 1_000)
    return {name: median(each) for name, each in times.items()}


def _answer(connection: http.client.HTTPConnection, key: str, query: str, creator: str) -> None:
    body = json.dumps({"query": query, "variables": {"id": creator}})
    connection.request("POST", "/graphql", body, {"Content-Type": "application/json", "Authorization": f"Bearer {key}"})
    answer = json.loads(connection.getresponse().read())
    assert "errors" not in answer, answer
    assert answer["data"]["creator"], answer


async def _filled(server: PrivateServer) -> float:
    """Fill the database, vectors included; returns the milliseconds of a search in memory."""
    async with open_driver(server.uri, auth=server.auth) as driver:
        await filled(driver)
        async with driver.session() as session:
            await (await session.run(TIES, run=RUN)).consume()
        (made,) = await Reader(driver).read(PAIRS, [{}], _vectors)
        await _store(driver, made)
        again = await stored_vectors(driver, RUN, database="neo4j", seconds=60)
    assert again is not None
    return _search(again)


def _search(made: Vectors) -> float:
    rows, taken = made.rows["Creator"], []
    everyone = np.ones(len(rows), dtype=np.bool_)
    for place in range(50):
        start = time.perf_counter()
        nearest(rows, rows[place], everyone, 20)
        taken.append((time.perf_counter() - start) * 1_000)
    return median(taken)


async def _store(driver: AsyncDriver, made: Vectors) -> None:
    """Write vectors under the run, which for as long counts as one that is being made."""
    building = Building(driver, "neo4j", RUN, "bench", Plan(0, "", (), (), "", 0, 0.0, 0, 0))
    await driver.execute_query("MATCH (run:ScoringRun {id: $run}) SET run:BuildingRun, run.token = 'bench'", run=RUN, database_="neo4j")
    await store_vectors(building, made)
    await driver.execute_query("MATCH (run:ScoringRun {id: $run}) REMOVE run:BuildingRun, run.token", run=RUN, database_="neo4j")


def _vectors(record: Any) -> Vectors:
    ids = {"creator": np.array([f"c{n:05d}" for n in range(CREATORS)]), "brand": np.sort(np.array([f"b{n}" for n in range(BRANDS)]))}
    none = np.empty(0, dtype=np.str_)
    creator, brand = (np.searchsorted(ids[kind], np.array(record[kind])) for kind in ("creator", "brand"))
    edges = {"mentions": Edges.none(), "promotes": Edges.none(), "sells": Edges.none(), "belongs": Edges.none()}
    graph = Surroundings({**ids, "product": none, "category": none}, {**edges, "worked": Edges.of(creator, brand, record["times"])})
    found = embedding(graph)
    alike, unknown = np.full(CREATORS, "US"), np.full(CREATORS, np.nan)
    shares = np.random.default_rng(1).dirichlet(np.ones(5), CREATORS)
    people = People(ids["creator"], alike, alike, unknown, unknown, {"age": shares, "gender": shares[:, :2], "location": shares})
    table = creator_rows(people, found.creators)
    brands = brand_rows(table.layout, np.full(BRANDS, "US"), found.brands)
    return Vectors(
        ids={"Creator": ids["creator"], "Brand": ids["brand"]},
        rows={"Creator": table.rows, "Brand": brands.rows},
        groups=groups(table.rows[:, table.layout.columns("graph")]),
        widths=table.layout.widths,
    )

"""The first answers of a new process on a database that has just started, with the warm-up before `/readyz` says yes, and without."""

from __future__ import annotations

import asyncio
import os
import tempfile
import time
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final, LiteralString, NamedTuple

import httpx

from api.runs.scoring_run import score
from bench.figures import Figure, Report
from bench.filling import fill
from bench.reads import MEMORY, jars, key_in, served
from graph.connection import open_driver
from graph.server import PrivateServer
from simulation import market

CREATORS: Final = int(os.environ.get("BENCH_CREATORS", "20000"))
SEED: Final = 3
SECONDS: Final = 600
SOMEBODY: Final[LiteralString] = """
MATCH (b:Brand)<-[tie:COLLABORATED_WITH]-(c:Creator)
WITH b, count(*) AS ties, min(c.id) AS creator
ORDER BY ties DESC, b.id
LIMIT 1
RETURN 'Brand:' + b.id AS brand, 'Creator:' + creator AS creator
"""
QUERIES: Final = {
    "a page of the ranking": "query { ranking(first: 50, by: DILIGENCE) { edges { rank node { handle } score { value low high } } } }",
    "a creator": "query ($creator: ID!) { creator(id: $creator) { handle scores { indicator value low high explanation { base } } } }",
    "search": 'query { search(query: "lip glos", first: 5) { nodes { id } } }',
    "lookalikes": "query ($creator: ID!) { creator(id: $creator) { lookalikes(first: 10) { creator { handle } similarity } } }",
    "a network": "query ($brand: ID!) { brand(id: $brand) { network(first: 50) { nodes { nodeId label } edges { source target } } } }",
    "a brief": 'query { recommendations(brief: {goal: SALES, search: "lip gloss"}, first: 10) { candidates { score low high } } }',
}
"""None of them is one of the examples that the warm-up asks."""
METHOD: Final = f"""A simulated market of {CREATORS:,} creators, scored. For each kind of question the database and the service are started
anew, and once `/readyz` says yes the question is asked, the only one: with no warm-up, and with the usual one. Answers over HTTP,
as an administrator."""


def report() -> Report:
    """Measure each first answer without and with warm-up."""
    with tempfile.TemporaryDirectory() as home:
        server = PrivateServer(Path(home) / "neo4j", jars(), MEMORY)
        fill(server, market(SEED, creators=CREATORS))
        with server:
            ids = asyncio.run(_scored(server))
        service = Service(server, home, key_in(Path(home)))
        questions = {name: {"query": text, "variables": {of: ids[of] for of in ids if f"${of}" in text}} for name, text in QUERIES.items()}
        cold = {name: service.asked(question, warm_up=0)[0] for name, question in questions.items()}
        warm = {name: service.asked(question, warm_up=60) for name, question in questions.items()}
    slowest = max(warm.values())
    return Report(
        "First answers",
        METHOD,
        (
            *(Figure(f"{name}, no warm-up", 1_000 * took, "ms") for name, took in cold.items()),
            *(Figure(f"{name}", 1_000 * took, "ms") for name, (took, _) in warm.items()),
            Figure("the slowest, warmed up", 1_000 * slowest[0], "ms", at_most=1_000),
            Figure("from the start to ready, warmed up", max(ready for _, ready in warm.values()), "s"),
        ),
    )


async def _scored(server: PrivateServer) -> dict[str, str]:
    """Score the market, and return a brand and a creator whom one may ask for."""
    async with open_driver(server.uri, auth=server.auth) as driver:
        await score(driver)
        return (await driver.execute_query(SOMEBODY)).records[0].data()


class Service(NamedTuple):
    """A service that is started for each question."""

    server: PrivateServer
    home: str
    key: str

    def asked(self, question: dict[str, Any], *, warm_up: int) -> tuple[float, float]:
        """Return the seconds that one answer takes, and those until it could be asked for."""
        began = time.perf_counter()
        settings = {"CREATORGRAPH_WARM_UP_SECONDS": str(warm_up), "CREATORGRAPH_QUERY_SECONDS": "60"}
        with self.server, served(self.server, self.home, **settings) as port:
            headers = {"Authorization": f"Bearer {self.key}"}
            with httpx.Client(base_url=f"http://127.0.0.1:{port}", headers=headers, timeout=SECONDS) as client:
                while client.get("/readyz").status_code != HTTPStatus.OK:
                    time.sleep(0.05)
                ready = time.perf_counter()
                answer: dict[str, Any] = client.post("/graphql", json=question).json()
                took = time.perf_counter() - ready
        assert answer.get("data"), answer
        assert not answer.get("errors"), answer
        return took, ready - began

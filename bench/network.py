"""Brands' networks and ways between nodes: what they cost beside their bare queries, and what communities find of those planted."""

from __future__ import annotations

import asyncio
import random
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any, Final, LiteralString

from neo4j import READ_ACCESS, AsyncDriver

from api.access.table import visibility
from api.access.viewer import Role, Viewer
from api.graphql.execution.execution import execute
from api.graphql.execution.request import GraphQLRequest
from api.process.state import State, opened
from api.runs.scoring_run import score
from api.settings import Settings
from bench.figures import Figure, Report
from bench.filling import fill
from bench.network_communities import agreements
from bench.network_market import BRANDS, CREATORS, REGIONS, filled
from bench.reads import jars
from graph.connection import open_driver
from graph.networks import Asked, around
from graph.recommendations.reading import Reading
from graph.server import Memory, PrivateServer
from simulation import market as simulated

SIMULATED: Final = 2_000
SEED: Final = 2
"""Another market than the one on which a mention's weight beside likeness was chosen."""
NODES: Final = 200
ROUNDS: Final = 20
PAIRS: Final = 60
WARM: Final = 10
MEMORY: Final = Memory(heap=1024, page_cache=512)
ANALYST: Final = Viewer("bench", "bench", Role.ANALYST)
METHOD: Final = f"""Network: the brand with most creators of a simulated market of {SIMULATED:,}; {NODES} nodes with places, all edges with
trends, and all measures, as the API executes it, against its one Cypher query through the same driver; in turn, {ROUNDS} rounds,
medians. Ways: `path` between a brand and a creator of its region, at depth 4, as the API executes it, against Neo4j's bare
`shortestPath` over the same relationships; {PAIRS - WARM} random pairs of a market of {CREATORS:,} creators and {BRANDS} brands made
in Cypher (100,000 ties a run, two runs; 80,000 posts); in turn, medians. Communities: normalised mutual information with those
planted in the simulated market, of Louvain on all its creators, tied by mentions and by what they promote as in a brand's network.
How much a mention weighs beside likeness was chosen on another market of the simulation; what is claimed of communities is claimed
of the simulation, where creators name others of their own community alone."""

NETWORK: Final = """
query Network($id: ID!, $first: Int!) {
  brand(id: $id) {
    network(first: $first) {
      nodes { nodeId kind label region distance weight x y community core otherBrands }
      edges { source target kind weight times gmvUsd firstAt lastAt trend }
      bounded { by distance at leftOut }
      measures {
        communities {
          number name members shareOfGmv categories { label members share lead } regions { label share } products { label share }
        }
        brokers { nodeId label betweenness constraint }
        cores { deepest core periphery }
        trends { new growing steady fading dormant growingTies { source } dormantTies { source } }
        concentration { creators gmvUsd top1 top5 top10 hhi effectiveCreators }
      }
    }
  }
}
"""

LARGEST: Final[LiteralString] = """
MATCH (b:Brand)<-[t:COLLABORATED_WITH]-()
WITH b, count(t) AS ties
ORDER BY ties DESC, b.id
LIMIT 1
RETURN b.id AS id
"""

PATH: Final = """
query Path($from: ID!, $to: ID!) {
  path(from: $from, to: $to, maxDepth: 4) {
    considered
    bounded
    reason
    paths { strength steps { from { nodeId label } to { nodeId label } kind text weight strength } }
  }
}
"""

BARE: Final[LiteralString] = """
MATCH (a:Brand {id: $source})
MATCH (b:Creator {id: $target})
MATCH p = shortestPath((a)-[:COLLABORATED_WITH|SELLS|FEATURES|PUBLISHED|MENTIONS|IN_CATEGORY|CHILD_OF*..4]-(b))
RETURN p
"""

Timed = Callable[[], Awaitable[Any]]


def report() -> Report:
    """Measure networks and communities on the simulated market, and ways on the one of ties."""
    return Report("Networks and ways", METHOD, (*_networks(), *_ways()))


def _networks() -> tuple[Figure, ...]:
    made = simulated(SEED, creators=SIMULATED)
    with tempfile.TemporaryDirectory() as home:
        server = PrivateServer(Path(home) / "neo4j", jars(), MEMORY)
        fill(server, made)
        with server:
            query, whole, found = asyncio.run(_network(server, Path(home), made.truth["truth_creators"]))
    louvain, *plain = found.values()
    return (
        Figure("the one query of a network", 1000 * query, "ms"),
        Figure(f"network of {NODES} nodes with all measures", 1000 * whole, "ms"),
        Figure("the second over the first", whole / query, "×", at_most=3),
        *(Figure(f"communities planted, found by {name}", value, "NMI") for name, value in found.items()),
        Figure("the first over the best of the plain ones", louvain / max(plain), "×", at_least=1),
    )


async def _network(server: PrivateServer, home: Path, planted: Any) -> tuple[float, float, dict[str, float]]:
    async with open_driver(server.uri, auth=server.auth) as driver:
        await score(driver)
        found = await agreements(driver, planted)
        brand = (await driver.execute_query(LARGEST)).records[0]["id"]
        async with opened(_settings(home), driver) as state:
            run = state.run.run
            assert run is not None
            asked = Asked(brand, run.id, run.as_of, first=NODES, trends=True, shared=True)
            reading = Reading(driver, "neo4j", 60, visibility(ANALYST))
            request = GraphQLRequest(NETWORK, variables={"id": brand, "first": NODES})
            query, whole = await _in_turn([(lambda: around(reading, asked), lambda: _answered(request, state))] * (ROUNDS + 5), skip=5)
    return query, whole, found


def _ways() -> tuple[Figure, ...]:
    with tempfile.TemporaryDirectory() as home, PrivateServer(Path(home) / "neo4j", jars(), MEMORY) as server:
        bare, ours = asyncio.run(_paths(server, Path(home)))
    return (
        Figure("bare shortestPath", 1000 * bare, "ms"),
        Figure("path", 1000 * ours, "ms"),
        Figure("path over bare shortestPath", ours / bare, "×", at_most=5),
    )


async def _paths(server: PrivateServer, home: Path) -> tuple[float, float]:
    async with open_driver(server.uri, auth=server.auth) as driver:
        await filled(driver)
        async with opened(_settings(home), driver) as state:
            return await _in_turn([_pair(driver, state, *ends) for ends in _ends()], skip=WARM)


def _ends() -> list[tuple[str, str]]:
    """Return pairs of a brand and a creator of one region, by own ids."""
    dice, found = random.Random(1), list[tuple[str, str]]()
    for _ in range(PAIRS):
        creator = dice.randrange(CREATORS)
        brand = dice.randrange(BRANDS // len(REGIONS)) * len(REGIONS) + creator % len(REGIONS)
        found.append((f"b{brand}", f"c{creator}"))
    return found


def _pair(driver: AsyncDriver, state: State, brand: str, creator: str) -> tuple[Timed, Timed]:
    request = GraphQLRequest(PATH, variables={"from": f"Brand:{brand}", "to": f"Creator:{creator}"})
    return lambda: _bare(driver, brand, creator), lambda: _answered(request, state)


async def _bare(driver: AsyncDriver, brand: str, creator: str) -> None:
    async with driver.session(database="neo4j", default_access_mode=READ_ACCESS) as session:
        await (await session.run(BARE, source=brand, target=creator)).consume()


async def _answered(request: GraphQLRequest, state: State) -> None:
    answer = await execute(request, ANALYST, state)
    assert "errors" not in answer, answer["errors"]


async def _in_turn(pairs: list[tuple[Timed, Timed]], *, skip: int) -> tuple[float, float]:
    """Return the median seconds of each side; the first few rounds are to warm up, and are not counted."""
    seconds = [(await _seconds(one), await _seconds(other)) for one, other in pairs][skip:]
    return median(each[0] for each in seconds), median(each[1] for each in seconds)


async def _seconds(work: Timed) -> float:
    start = perf_counter()
    await work()
    return perf_counter() - start


def _settings(home: Path) -> Settings:
    return replace(Settings(), home=home, cost_budget=1_000_000_000)

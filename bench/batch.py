"""A thousand creators by their ids: in one request, in a thousand, and by the bare driver."""

from __future__ import annotations

import asyncio
import random
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from statistics import median
from typing import Any, Final, LiteralString

import orjson
import uvloop
from neo4j import AsyncDriver

from bench.figures import Figure, Report
from bench.read_clients import CLIENTS, body, request
from bench.read_market import CREATORS, RUN
from bench.read_rivals import rows
from bench.reads import MEMORY, jars, key_in, market_in, served
from graph.connection import open_driver
from graph.server import PrivateServer

Ask = Callable[..., Awaitable[Any]]
BATCH: Final = 1_000
ROUNDS: Final = 7
FIELDS: Final = "{ id handle region followerCount overall { value low high } }"
LIST: Final = f"query Batch($ids: [ID!]!) {{ creatorList(ids: $ids) {FIELDS} }}"
NODES: Final = f"query Batch($ids: [ID!]!) {{ nodes(ids: $ids) {{ ... on Creator {FIELDS} }} }}"
SINGLE: Final = f"query One($id: ID!) {{ creator(id: $id) {FIELDS} }}"
METHOD: Final = f"""The market of [reading](#reading-a-page), no answer kept. {BATCH:,} creators by chance, each with profile and one score:
in one request by `creatorList(ids:)` and by `nodes(ids:)`, in {BATCH:,} requests by `creator(id:)` on {CLIENTS} connections, and by
the bare driver, which runs a hand-written query for the same and writes JSON, without HTTP. In turn, {ROUNDS} rounds after one to
warm up, each with ids of its own; medians."""

CREATORS_BY_ID: Final[LiteralString] = """
RETURN COLLECT {
  UNWIND $ids AS id
  MATCH (c:Creator {id: id})
  OPTIONAL MATCH (s:Scorecard {id: $run + '|' + c.id + '|90|*'})
  RETURN {id: 'Creator:' + c.id, handle: c.handle, region: c.region, followerCount: c.followerCount,
    overall: s {value: s.overall, low: s.lows[0], high: s.highs[0]}}
} AS creators
"""


def report() -> Report:
    """Measure the four sides in turn."""
    with tempfile.TemporaryDirectory() as home, PrivateServer(Path(home) / "neo4j", jars(), MEMORY) as server:
        asyncio.run(market_in(server))
        with served(server, home, CREATORGRAPH_ANSWER_CACHE_MB="0") as port:
            seconds = uvloop.run(_measured(server, port, key_in(Path(home))))
    return Report("A thousand creators at once", METHOD, _figures(seconds))


def _figures(seconds: dict[str, float]) -> tuple[Figure, ...]:
    return (
        *(Figure(name, 1000 * each, "ms") for name, each in seconds.items()),
        Figure("creatorList / bare driver", seconds["creatorList"] / seconds["bare driver"], "", at_most=1.5),
        Figure("nodes / bare driver", seconds["nodes"] / seconds["bare driver"], "", at_most=1.5),
        Figure("single requests / creatorList", seconds["single requests"] / seconds["creatorList"], "", at_least=10),
    )


async def _measured(server: PrivateServer, port: int, key: str) -> dict[str, float]:
    taken: dict[str, list[float]] = {}
    async with open_driver(server.uri, auth=server.auth) as driver, AsyncExitStack() as stack:
        asking = [await stack.enter_async_context(_connected(port, key)) for _ in range(CLIENTS)]
        sides, chance = _sides(asking, driver), random.Random(1)
        for _ in range(ROUNDS + 1):
            ids = [f"c{n:05d}" for n in chance.sample(range(CREATORS), BATCH)]
            answers: list[list[Any]] = []
            for name, side in sides.items():
                begun = time.perf_counter()
                answers.append(await side(ids))
                taken.setdefault(name, []).append(time.perf_counter() - begun)
            assert all(each == answers[0] for each in answers), "the sides answer differently"
            assert len(answers[0]) == BATCH
    return {name: median(each[1:]) for name, each in taken.items()}


@asynccontextmanager
async def _connected(port: int, key: str) -> AsyncIterator[Ask]:
    """Yield what asks over one connection: a query, the name of its field, its variables."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)

    async def ask(query: str, field: str, **variables: Any) -> Any:
        writer.write(request(orjson.dumps({"query": query, "variables": variables}), key))
        return orjson.loads(await body(reader))["data"][field]

    yield ask
    writer.close()


def _sides(asking: list[Ask], driver: AsyncDriver) -> dict[str, Callable[[list[str]], Awaitable[list[Any]]]]:
    ask = asking[0]

    async def one_by_one(ids: list[str]) -> list[Any]:
        waiting, found = list(enumerate(ids)), dict[int, Any]()

        async def ask_some(ask: Ask) -> None:
            while waiting:
                place, id_ = waiting.pop()
                found[place] = await ask(SINGLE, "creator", id=id_)

        await asyncio.gather(*map(ask_some, asking))
        return [found[place] for place in range(len(ids))]

    async def by_hand(ids: list[str]) -> list[Any]:
        (found,) = await rows(driver, CREATORS_BY_ID, ids=ids, run=RUN)
        return orjson.loads(orjson.dumps(found["creators"]))

    return {
        "bare driver": by_hand,
        "creatorList": lambda ids: ask(LIST, "creatorList", ids=ids),
        "nodes": lambda ids: ask(NODES, "nodes", ids=[f"Creator:{each}" for each in ids]),
        "single requests": one_by_one,
    }

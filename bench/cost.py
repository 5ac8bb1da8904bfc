"""What an operation is said to cost, what its answer cost, and the time that it took."""

from __future__ import annotations

import asyncio
import os
import tempfile
import time
from collections.abc import Iterator, Sequence
from http import HTTPStatus
from pathlib import Path
from random import Random
from statistics import median
from typing import Any, Final, LiteralString, NamedTuple

import httpx
import numpy as np
from scipy.stats import spearmanr

from api.pages.examples import EXAMPLES
from api.runs.scoring_run import score
from bench.figures import Figure, Report
from bench.filling import fill
from bench.leaks.shapes import shapes
from bench.leaks.values import Values
from bench.reads import MEMORY, jars, key_in, served
from graph.connection import open_driver
from graph.server import PrivateServer
from simulation import market

CREATORS: Final = int(os.environ.get("BENCH_CREATORS", "1000"))
SEED: Final = 3
OPERATIONS: Final = 400
PAGES: Final = (5, 10, 20, 50, 100)
TIMES: Final = 5
NEAR: Final = 1.2
IDS: Final[LiteralString] = """
UNWIND ['Creator', 'Brand', 'Product', 'Category', 'Collaboration', 'Content'] AS kind
RETURN kind, COLLECT { MATCH (n:$(kind)) RETURN kind + ':' + n.id ORDER BY n.id LIMIT 400 } AS ids
"""
METHOD: Final = f"""A simulated market of {CREATORS:,} creators, scored, no answer kept, one client, an administrator's key.
{OPERATIONS} operations that are answered without an error: the example queries, and operations made from the schema at random, with
filters and pages of {PAGES[0]} to {PAGES[-1]}. *Requested* and *actual* are those of `extensions.cost`; the time is the median of
{TIMES} over HTTP. *Usual time* is what least squares make of it: so much a request, and so much a point."""


class Asked(NamedTuple):
    """One operation: what it was said to cost at most, what its answer cost, and seconds."""

    requested: int
    actual: int
    seconds: float


class _Values(Values):
    """Draws pages of the sizes that front ends have."""

    def _whole(self, argument: str) -> int:
        return self.rng.choice(PAGES) if argument.endswith(("(first)", "(last)")) else super()._whole(argument)


def report() -> Report:
    """Ask every operation, and compare."""
    with tempfile.TemporaryDirectory() as home:
        server = PrivateServer(Path(home) / "neo4j", jars(), MEMORY)
        fill(server, market(SEED, creators=CREATORS))
        with server:
            kinds = asyncio.run(_scored(server))
            key = key_in(Path(home))
            with served(server, home, CREATORGRAPH_ANSWER_CACHE_MB="0", CREATORGRAPH_COST_BUDGET=str(10**9)) as port:
                found = list(_asked(port, key, kinds))
    return Report("Cost, and what it stands for", METHOD, _figures(found))


def _figures(found: Sequence[Asked]) -> tuple[Figure, ...]:
    requested, actual, seconds = (np.array(each, float) for each in zip(*found, strict=True))
    ratio = np.maximum(requested, 1) / np.maximum(actual, 1)
    design = np.column_stack([np.ones(len(found)), actual])
    usual = design @ np.linalg.lstsq(design / seconds[:, None], np.ones(len(found)), rcond=None)[0]
    off = np.maximum(usual / seconds, seconds / usual)
    return (
        Figure("actual at most as requested", 100 * float(np.mean(ratio >= 1)), "%", at_least=97),
        Figure("requested within 20 % of actual", 100 * float(np.mean((ratio <= NEAR) & (ratio >= 1 / NEAR))), "%"),
        Figure("rank correlation of time with requested", _alike(requested, seconds), ""),
        Figure("rank correlation of time with actual", _alike(actual, seconds), "", at_least=0.65),
        Figure("time within 20 % of the usual time", 100 * float(np.mean(off <= NEAR)), "%"),
        Figure("time within a factor of 3 of the usual time", 100 * float(np.mean(off <= 3)), "%"),
    )


def _alike(one: Any, other: Any) -> float:
    found: Any = spearmanr(one, other)
    return float(found.statistic)


async def _scored(server: PrivateServer) -> dict[str, list[str]]:
    """Score the market, and return ids to ask for."""
    async with open_driver(server.uri, auth=server.auth) as driver:
        await score(driver)
        return {each["kind"]: each["ids"] for each in (await driver.execute_query(IDS)).records}


def _asked(port: int, key: str, kinds: dict[str, list[str]]) -> Iterator[Asked]:
    """Yield what came of the first so many operations that are answered without an error."""
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", headers={"Authorization": f"Bearer {key}"}, timeout=60) as client:
        while client.get("/readyz").status_code != HTTPStatus.OK:
            time.sleep(0.1)
        left = OPERATIONS
        for asked in _operations(kinds):
            answer = client.post("/graphql", json=asked).json()
            if "errors" in answer:
                continue
            told = answer["extensions"]["cost"]
            yield Asked(told["requested"], told["actual"], _seconds(client, asked))
            left -= 1
            if not left:
                return


def _seconds(client: httpx.Client, asked: dict[str, Any]) -> float:
    taken: list[float] = []
    for _ in range(TIMES):
        began = time.perf_counter()
        client.post("/graphql", json=asked)
        taken.append(time.perf_counter() - began)
    return median(taken)


def _operations(kinds: dict[str, list[str]]) -> Iterator[dict[str, Any]]:
    """Yield the examples that read, then operations made from the schema; those that want ids which no market has are left out."""
    examples = {each.query: each for role in EXAMPLES.values() for each in role if each.query.split(maxsplit=1)[0] == "query"}
    yield from ({"query": each.query, "variables": each.variables or {}} for each in examples.values())
    values = _Values(Random(SEED), kinds, {})
    for shape in shapes(SEED):
        try:
            yield {"query": shape.text, "variables": {each.name: values.of(each, shape.text) for each in shape.variables}}
        except KeyError:
            continue

"""A brand's sales, and a ranking by forecast: the plans of the API against Cypher by hand, for the same answers."""

from __future__ import annotations

import asyncio
import random
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from statistics import median
from typing import Any, Final, LiteralString, cast

from neo4j import AsyncDriver

from api.access.table import SMALLEST_GROUP, visibility
from api.access.viewer import Role, Viewer
from api.graphql.execution.roots import INDICATORS
from bench.figures import Figure, Report
from bench.pages import SELECTED, PlainCursors
from bench.read_market import CREATORS, RUN, current_run, filled, written
from bench.reads import MEMORY, jars
from graph.brand_sales import brand_sales
from graph.connection import open_driver
from graph.plans.compile import compiled
from graph.plans.inputs import Inputs
from graph.plans.selection import Pick
from graph.recommendations.reading import Reading
from graph.runs import place_by_forecast
from graph.server import PrivateServer

PRODUCTS: Final = 1_000
LINES: Final = 200_000
DAYS: Final = 56
DAY: Final = 86_400
AS_OF: Final = 1_760_000_000
TIMES: Final = 9
ADMIN: Final = visibility(Viewer("bench", "bench", Role.ADMIN))
METHOD: Final = f"""{CREATORS:,} creators, a brand with {PRODUCTS:,} products and {LINES:,} order lines in {DAYS} days. `Brand.sales` by
creator for 28 days, beside the 28 before, against a query by hand for the same sums; the first page of
`ranking(order: FORECAST)` against that by score. In turn, one at a time; medians of {TIMES}."""

PRODUCT: Final[LiteralString] = "MATCH (b:Brand {id: 'b0'}) UNWIND $rows AS row CREATE (b)-[:SELLS]->(:Product {id: row})"

SALE: Final[LiteralString] = """
UNWIND $rows AS row
MATCH (p:Product {id: row.product})
MATCH (c:Creator {id: row.creator})
CREATE (c)<-[:CREDITED_TO]-(sale:Sale)-[:OF]->(p)
SET sale = row.own
"""

FORECAST: Final[LiteralString] = "UNWIND $rows AS row CREATE (forecast:Forecast) SET forecast = row"

SALES_BY_HAND: Final[LiteralString] = """
MATCH (:Brand {id: 'b0'})-[:SELLS]->(:Product)<-[:OF]-(sale:Sale)-[:CREDITED_TO]->(c:Creator)
WHERE $earliest <= sale.at < $end AND sale.status <> 'NO_SALE'
RETURN c.id AS id, sale.at < $start AS earlier, sum(sale.gmvUsd) AS gross, count(DISTINCT sale.orderId) AS orders,
  sum(sale.gmvUsd * toFloat(sale.quantity - coalesce(sale.refundedQuantity, 0)) / sale.quantity) AS net,
  sum(sale.quantity - coalesce(sale.refundedQuantity, 0)) AS units
"""


def report() -> Report:
    """Measure both fields."""
    return asyncio.run(_report())


async def _report() -> Report:
    with tempfile.TemporaryDirectory() as home, PrivateServer(Path(home) / "neo4j", jars(), MEMORY) as server:
        async with open_driver(server.uri, auth=server.auth) as driver:
            await filled(driver, collaborations=0)
            await _sold(driver)
            sales, by_hand = await _medians(lambda: _ours(driver), lambda: _by_hand(driver))
            by_forecast, by_value = await _medians(lambda: _ranking(driver, "FORECAST"), lambda: _ranking(driver, "VALUE"))
    figures = (
        Figure("`Brand.sales`", sales, "ms"),
        Figure("sums by hand", by_hand, "ms"),
        Figure("`Brand.sales` / by hand", sales / by_hand, "", at_most=2),
        Figure("`ranking(order: FORECAST)`", by_forecast, "ms"),
        Figure("`ranking(order: VALUE)`", by_value, "ms"),
        Figure("by forecast / by value", by_forecast / by_value, "", at_most=1.5),
    )
    return Report("A brand's sales, and a ranking by forecast", METHOD, figures)


async def _sold(driver: AsyncDriver) -> None:
    dice = random.Random(2)
    await written(driver, PRODUCT, [f"p{n}" for n in range(PRODUCTS)])
    await written(driver, SALE, [_line(n, dice) for n in range(LINES)])
    forecasts = [{"id": f"{RUN}|Creator:c{n:05d}", "runId": RUN, "forForecast": dice.random()} for n in range(CREATORS)]
    await written(driver, FORECAST, forecasts)
    async with driver.session() as session:
        await place_by_forecast(session)
        await (await session.run("CALL db.prepareForReplanning()")).consume()


def _line(n: int, dice: random.Random) -> dict[str, Any]:
    at = AS_OF - dice.randrange(DAYS * DAY)
    own = {"id": f"o{n}:1", "orderId": f"o{n}", "at": at, "status": "SETTLED", "quantity": 1 + n % 3, "gmvUsd": dice.uniform(1, 50)}
    return {"own": own, "product": f"p{dice.randrange(PRODUCTS)}", "creator": f"c{dice.randrange(CREATORS // 4):05d}"}


async def _medians(*sides: Callable[[], Awaitable[None]]) -> list[float]:
    """Return the median milliseconds of each side, taken in turn; the first round is to warm up, and is not counted."""
    taken: list[list[float]] = [[] for _ in sides]
    for _ in range(TIMES + 1):
        for times, side in zip(taken, sides, strict=True):
            begun = time.perf_counter()
            await side()
            times.append((time.perf_counter() - begun) * 1000)
    return [median(times[1:]) for times in taken]


async def _ours(driver: AsyncDriver) -> None:
    found = await brand_sales(Reading(driver, "neo4j", 60, ADMIN), "b0", by="CREATOR", period=(AS_OF - 28 * DAY, AS_OF), whole=False)
    assert len(found.rows) > CREATORS // 5


async def _by_hand(driver: AsyncDriver) -> None:
    async with driver.session() as session:
        period = {"earliest": AS_OF - 56 * DAY, "start": AS_OF - 28 * DAY, "end": AS_OF}
        assert len([record async for record in await session.run(SALES_BY_HAND, period)]) > CREATORS // 5


async def _ranking(driver: AsyncDriver, order: str) -> None:
    plan = compiled(Pick("ranking", "ranking", {"order": order}, (SELECTED,)), visibility=ADMIN, sole_region=False, indicators=INDICATORS)
    inputs = Inputs({}, ADMIN, current_run(), PlainCursors(), SMALLEST_GROUP, 100, {})
    async with driver.session() as session:
        found = await (await session.run(cast("LiteralString", plan.text), plan.parameters(inputs))).single(strict=True)
        assert len(found["data"]["edges"]) == 20

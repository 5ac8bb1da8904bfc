"""A market of ties, made in Cypher: what ways between two nodes are looked for in."""

from __future__ import annotations

import random
from typing import Any, Final, LiteralString

from neo4j import AsyncDriver

from bench.read_market import NAMES, SCORING_RUN, _run, written
from graph.migrations import migrate

CREATORS: Final = 20_000
BRANDS: Final = 500
PRODUCTS: Final = 5_000
CATEGORIES: Final = 50
POSTS: Final = 80_000
REGIONS: Final = ("US", "GB", "DE", "VN", "ID")
TIES: Final = 5
"""Brands that a creator works with, on average."""
RUN: Final = "bench"

CATEGORY: Final[LiteralString] = "UNWIND $rows AS row CREATE (:Category {id: row.id, name: row.id})"

BRAND: Final[LiteralString] = "UNWIND $rows AS row CREATE (:Brand {id: row.id, name: row.id, region: row.region})"

PRODUCT: Final[LiteralString] = """
UNWIND $rows AS row
MATCH (b:Brand {id: row.brand})
MATCH (k:Category {id: row.category})
CREATE (b)-[:SELLS]->(:Product {id: row.id, title: row.id})-[:IN_CATEGORY]->(k)
"""

CREATOR: Final[LiteralString] = "UNWIND $rows AS row CREATE (:Creator {id: row.id, handle: row.id, region: row.region})"

TIE: Final[LiteralString] = """
UNWIND $rows AS row
MATCH (c:Creator {id: row.creator})
MATCH (b:Brand {id: row.brand})
CREATE (c)-[:COLLABORATED_WITH {runId: row.run, times: row.times, gmvUsd: row.usd, firstAt: 1750000000, lastAt: 1759000000}]->(b)
"""

POST: Final[LiteralString] = """
UNWIND $rows AS row
MATCH (c:Creator {id: row.creator})
MATCH (p:Product {id: row.product})
CREATE (c)-[:PUBLISHED]->(x:Content:Video {id: row.id, kind: 'VIDEO', publishedAt: 1759000000})-[:FEATURES]->(p)
WITH row, x
WHERE row.names IS NOT NULL
MATCH (named:Creator {id: row.names})
CREATE (x)-[:MENTIONS]->(named)
"""


async def filled(driver: AsyncDriver) -> None:
    """Fill an empty database: each creator works, posts and names within one region, with a few brands above all."""
    await migrate(driver, indicators=NAMES)
    dice = random.Random(1)
    await written(driver, CATEGORY, [{"id": f"k{n}"} for n in range(CATEGORIES)])
    await written(driver, BRAND, [{"id": f"b{n}", "region": REGIONS[n % len(REGIONS)]} for n in range(BRANDS)])
    await written(driver, PRODUCT, [_product(n, dice) for n in range(PRODUCTS)])
    await written(driver, CREATOR, [{"id": f"c{n}", "region": REGIONS[n % len(REGIONS)]} for n in range(CREATORS)])
    await written(driver, TIE, _ties(dice))
    await written(driver, POST, [_post(n, dice) for n in range(POSTS)])
    async with driver.session() as session:
        await (await session.run(SCORING_RUN, run=_run())).consume()
        await (await session.run("CALL db.prepareForReplanning()")).consume()


def _product(n: int, dice: random.Random) -> dict[str, Any]:
    return {"id": f"p{n}", "brand": f"b{n % BRANDS}", "category": f"k{dice.randrange(CATEGORIES)}"}


def _ties(dice: random.Random) -> list[dict[str, Any]]:
    """Return ties of the current run and of the one before, which is still kept."""
    pairs = {(creator, _fellow(creator, BRANDS, dice)) for creator in range(CREATORS) for _ in range(dice.randrange(2 * TIES + 1))}
    return [
        {"creator": f"c{creator}", "brand": f"b{brand}", "run": run, "times": dice.randrange(6), "usd": dice.paretovariate(1) * 50}
        for run in (RUN, "before")
        for creator, brand in sorted(pairs)
    ]


def _post(n: int, dice: random.Random) -> dict[str, Any]:
    creator = dice.randrange(CREATORS)
    names = f"c{_fellow(creator, CREATORS, dice)}" if dice.random() < 0.1 else None
    return {"id": f"v{n}", "creator": f"c{creator}", "product": f"p{_fellow(creator, PRODUCTS, dice)}", "names": names}


def _fellow(creator: int, count: int, dice: random.Random) -> int:
    """Return one of `count` things of the creator's region, the first ones far oftener."""
    here = count // len(REGIONS)
    return int(here * dice.random() ** 2) * len(REGIONS) + creator % len(REGIONS)

"""A market of scorecards and collaborations, made in Cypher: what pages of creators are read from."""

from __future__ import annotations

import random
from typing import Any, Final, LiteralString

from neo4j import AsyncDriver

import scoring
from graph.migrations import migrate
from graph.runs import Run, scope_key

CREATORS: Final = 20_000
BRANDS: Final = 500
COLLABORATIONS: Final = 100_000
BATCH: Final = 5_000
RUN: Final = "bench"
NAMES: Final = tuple(map(scoring.camel, scoring.NAMES))

BRAND: Final[LiteralString] = "UNWIND $rows AS row CREATE (:Brand {id: row.id, name: row.name, region: 'US'})"

CREATOR: Final[LiteralString] = """
UNWIND $rows AS row
CREATE (c:Creator)<-[:RATES]-(s:Scorecard)
SET c = row.creator, s = row.card
"""

COLLABORATION: Final[LiteralString] = """
UNWIND $rows AS row
MATCH (c:Creator {id: row.creator})
MATCH (b:Brand {id: row.brand})
CREATE (b)-[:OFFERED]->(k:Collaboration)-[:WITH]->(c)
SET k = row.own
"""

SCORING_RUN: Final[LiteralString] = """
CREATE (run:ScoringRun)
SET run = $run
"""


def current_run() -> Run:
    """Return the market's scoring run, as readers have it."""
    return Run.of(_run())


async def filled(driver: AsyncDriver, *, collaborations: int = COLLABORATIONS) -> None:
    """Fill an empty database, its constraints and indexes included."""
    await migrate(driver, indicators=NAMES)
    dice = random.Random(1)
    await written(driver, BRAND, [{"id": f"b{n}", "name": f"Brand {n}"} for n in range(BRANDS)])
    await written(driver, CREATOR, _creators(dice))
    await written(driver, COLLABORATION, [_collaboration(n, dice) for n in range(collaborations)])
    async with driver.session() as session:
        await (await session.run(SCORING_RUN, run=_run())).consume()
        await (await session.run("CALL db.prepareForReplanning()")).consume()


async def written(driver: AsyncDriver, query: LiteralString, rows: list[Any]) -> None:
    """Run a query over all rows, in batches."""
    async with driver.session() as session:
        for start in range(0, len(rows), BATCH):
            await (await session.run(query, rows=rows[start : start + BATCH])).consume()


def _creators(dice: random.Random) -> list[dict[str, Any]]:
    values = [{name: round(dice.uniform(0, 100), 3) for name in NAMES} for _ in range(CREATORS)]
    places = {name: _places([each[name] for each in values]) for name in NAMES}
    return [{"creator": _creator(n, dice), "card": _card(n, values[n], {name: places[name][n] for name in NAMES})} for n in range(CREATORS)]


def _places(values: list[float]) -> list[int]:
    """Return the place of each value, the greatest first."""
    places = [0] * len(values)
    for place, n in enumerate(sorted(range(len(values)), key=lambda n: (-values[n], n))):
        places[n] = place
    return places


def _creator(n: int, dice: random.Random) -> dict[str, Any]:
    handle = f"creator{n:05d}"
    followers = int(10 ** dice.uniform(2, 7))
    return {"id": f"c{n:05d}", "handle": handle, "handleKey": handle, "region": "US", "followerCount": followers, "language": "en"}


def _card(n: int, values: dict[str, float], places: dict[str, int]) -> dict[str, Any]:
    creator, count = f"c{n:05d}", len(NAMES)
    ordinals = {f"{name}{end}": place for name, place in places.items() for end in ("Ordinal", "WorldOrdinal")}
    return {
        "id": f"{RUN}|{creator}|90|*",
        "runId": RUN,
        "creatorId": creator,
        "region": "US",
        "window": 90,
        "categoryId": "*",
        "scope": scope_key(RUN, 90, "*", "US"),
        "world": scope_key(RUN, 90, "*", "*"),
        "peers": CREATORS,
        **values,
        **ordinals,
        **{name: [each] * count for name, each in (("lows", 1.0), ("highs", 99.0), ("percentiles", 50.0), ("previous", float("nan")))},
        "evidence": [9] * count,
        "ranks": [place + 1 for place in places.values()],
        "scored": [CREATORS] * count,
        "reasons": [""] * count,
        "bases": ["EVENTS"] * count,
        "facts": [1.0] * 60,
    }


def _collaboration(n: int, dice: random.Random) -> dict[str, Any]:
    own = {
        "id": f"k{n}",
        "kind": "TARGETED",
        "status": "ACCEPTED",
        "offeredAt": 1_750_000_000 + dice.randrange(10**7),
        "commissionRate": 0.1,
    }
    return {"own": own, "creator": f"c{dice.randrange(CREATORS):05d}", "brand": f"b{dice.randrange(BRANDS)}"}


def _run() -> dict[str, Any]:
    return {
        "id": RUN,
        "status": "current",
        "asOf": 1_760_000_000,
        "formulaVersion": scoring.FORMULA_VERSION,
        "names": list(NAMES),
        "factNames": [],
        "fit": "",
        "startedAt": 1_760_000_000,
        "publishedAt": 1_760_000_000,
        "creatorCount": CREATORS,
        "scorecardCount": CREATORS,
        "residual": 0.0,
        "dataVersion": 0,
        "totals": "{}",
    }

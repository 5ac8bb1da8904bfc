"""What our reads are held against: the bare driver, and strawberry with DataLoaders, as good as each is by itself."""

from __future__ import annotations

import asyncio
import sys
import time
from typing import Any, Final, LiteralString

import orjson
import strawberry
import uvicorn
import uvloop
from neo4j import READ_ACCESS, AsyncDriver
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from strawberry.dataloader import DataLoader

from bench.read_market import RUN
from graph.connection import open_driver
from graph.runs import scope_key

CLIENTS: Final = 16
PAGE: Final = 50
SCOPE: Final = scope_key(RUN, 90, "*", "US")

WHOLE: Final[LiteralString] = """
RETURN {creators: {nodes: COLLECT {
  MATCH (s:Scorecard)
  WHERE s.scope = $scope AND s.overallOrdinal >= 0
  MATCH (s)-[:RATES]->(c:Creator)
  WITH s, c
  ORDER BY s.scope, s.overallOrdinal
  LIMIT $first
  RETURN {id: 'Creator:' + c.id, handle: c.handle, region: c.region, followerCount: c.followerCount,
    overall: {value: s.overall, low: s.lows[0], high: s.highs[0]},
    collaborations: {nodes: COLLECT {
      MATCH (c)<-[:WITH]-(k:Collaboration)
      WITH k
      ORDER BY k.offeredAt DESC, k.id
      LIMIT 3
      RETURN {id: 'Collaboration:' + k.id, kind: k.kind, status: k.status, commissionRate: k.commissionRate,
        brand: head(COLLECT { MATCH (k)<-[:OFFERED]-(b:Brand) RETURN {id: 'Brand:' + b.id, name: b.name} })}
    }}}
}}} AS data
"""

CREATORS: Final[LiteralString] = """
MATCH (s:Scorecard)
WHERE s.scope = $scope AND s.overallOrdinal >= 0
MATCH (s)-[:RATES]->(c:Creator)
RETURN c.id AS id, c.handle AS handle, c.region AS region, c.followerCount AS followers,
  s.overall AS value, s.lows[0] AS low, s.highs[0] AS high
ORDER BY s.scope, s.overallOrdinal
LIMIT $first
"""

COLLABORATIONS_BY_CREATOR: Final[LiteralString] = """
UNWIND $ids AS id
MATCH (c:Creator {id: id})
CALL (c) {
  MATCH (c)<-[:WITH]-(k:Collaboration)
  RETURN k
  ORDER BY k.offeredAt DESC, k.id
  LIMIT 3
}
RETURN id AS creator, k.id AS id, k.kind AS kind, k.status AS status, k.commissionRate AS rate
"""

BRANDS_BY_COLLABORATION: Final[LiteralString] = """
UNWIND $ids AS id
MATCH (k:Collaboration {id: id})<-[:OFFERED]-(b:Brand)
RETURN id AS collaboration, b.id AS id, b.name AS name
"""

ASKED: Final = """query Page($first: Int) { creators(first: $first, filter: {regions: ["US"]}, sort: [{by: OVERALL}]) { nodes {
  id handle region followerCount overall { value low high }
  collaborations(first: 3) { nodes { id kind status commissionRate brand { id name } } } } } }"""

ASKED_OF_LOADERS: Final = """query Page($first: Int!) { creators(first: $first) {
  id handle region followerCount overall { value low high }
  collaborations(first: 3) { id kind status commissionRate brand { id name } } } }"""


async def rows(driver: AsyncDriver, query: LiteralString, **parameters: Any) -> list[dict[str, Any]]:
    """Return the rows of one auto-commit read."""
    async with driver.session(default_access_mode=READ_ACCESS) as session:
        return await (await session.run(query, parameters)).data()


@strawberry.type
class Brand:
    """A brand."""

    id: strawberry.ID
    name: str | None


@strawberry.type
class Collaboration:
    """A collaboration, whose brand a loader finds."""

    own: strawberry.Private[str]
    id: strawberry.ID
    kind: str
    status: str
    commission_rate: float | None

    @strawberry.field
    async def brand(self, info: strawberry.Info[Any, None]) -> Brand | None:
        """The brand."""
        return await info.context["brands"].load(self.own)


@strawberry.type
class Score:
    """A score."""

    value: float | None
    low: float | None
    high: float | None


@strawberry.type
class Creator:
    """A creator, whose collaborations a loader finds."""

    own: strawberry.Private[str]
    id: strawberry.ID
    handle: str
    region: str
    follower_count: int | None
    overall: Score

    @strawberry.field
    async def collaborations(self, info: strawberry.Info[Any, None], first: int) -> list[Collaboration]:
        """The newest few; the loader's query has the same bound."""
        return (await info.context["collaborations"].load(self.own))[:first]


@strawberry.type
class Query:
    """The page."""

    @strawberry.field
    async def creators(self, info: strawberry.Info[Any, None], first: int) -> list[Creator]:
        """Creators by score."""
        found = await rows(info.context["driver"], CREATORS, scope=SCOPE, first=first)
        return [
            Creator(
                own=each["id"],
                id=strawberry.ID(f"Creator:{each['id']}"),
                handle=each["handle"],
                region=each["region"],
                follower_count=each["followers"],
                overall=Score(value=each["value"], low=each["low"], high=each["high"]),
            )
            for each in found
        ]


SCHEMA: Final = strawberry.Schema(Query)


def context(driver: AsyncDriver) -> dict[str, Any]:
    """Return the loaders of one request."""

    async def collaborations(ids: list[str]) -> list[list[Collaboration]]:
        found: dict[str, list[Collaboration]] = {each: [] for each in ids}
        for row in await rows(driver, COLLABORATIONS_BY_CREATOR, ids=ids):
            id_ = strawberry.ID(f"Collaboration:{row['id']}")
            one = Collaboration(own=row["id"], id=id_, kind=row["kind"], status=row["status"], commission_rate=row["rate"])
            found[row["creator"]].append(one)
        return list(found.values())

    async def brands(ids: list[str]) -> list[Brand | None]:
        found = {
            row["collaboration"]: Brand(id=strawberry.ID(f"Brand:{row['id']}"), name=row["name"])
            for row in await rows(driver, BRANDS_BY_COLLABORATION, ids=ids)
        }
        return [found.get(each) for each in ids]

    return {"driver": driver, "collaborations": DataLoader(collaborations), "brands": DataLoader(brands)}


def loaders(driver: AsyncDriver) -> Starlette:
    """Return the rival's application."""

    async def graphql(request: Request) -> Response:
        asked = orjson.loads(await request.body())
        result = await SCHEMA.execute(asked["query"], variable_values=asked["variables"], context_value=context(driver))
        assert not result.errors, result.errors
        return Response(orjson.dumps({"data": result.data}), media_type="application/json")

    return Starlette(routes=[Route("/graphql", graphql, methods=["POST"])])


async def bare(driver: AsyncDriver, seconds: float) -> float:
    """Return the requests a second that the driver alone makes, its answers written as JSON."""
    until, made = time.monotonic() + seconds, 0

    async def client() -> None:
        nonlocal made
        while time.monotonic() < until:
            async with driver.session(default_access_mode=READ_ACCESS) as session:
                record = await (await session.run(WHOLE, scope=SCOPE, first=PAGE)).single(strict=True)
            orjson.dumps({"data": record["data"]})
            made += 1

    begun = time.monotonic()
    await asyncio.gather(*(client() for _ in range(CLIENTS)))
    return made / (time.monotonic() - begun)


async def _main(side: str, argument: str, uri: str, user: str, password: str) -> None:
    async with open_driver(uri, auth=(user, password)) as driver:
        if side == "bare":
            print(await bare(driver, float(argument)))
        else:
            config = uvicorn.Config(loaders(driver), port=int(argument), log_level="error", access_log=False)
            await uvicorn.Server(config).serve()


if __name__ == "__main__":
    uvloop.run(_main(*sys.argv[1:3], *sys.stdin.read().split()))

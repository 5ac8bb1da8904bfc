"""What keys bring about beside the market, those of a viewer and of others: appeals, briefs, alerts, views, lists, rules, decisions."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any, Final, LiteralString

import orjson

from api.alerts.watch import Watch
from bench.leaks.goods import CLIENTS, REGION, World, brand_of
from bench.leaks.people import END
from bench.leaks.worlds import of_creator

if TYPE_CHECKING:
    from bench.leaks.serving import Served

CONTEST: Final = 'mutation ($id: ID!) { contestEvent(input: {subjectId: $id, reason: "not so"}) { appeal { id } userErrors { message } } }'
BRIEF: Final = """mutation ($name: String!, $brief: BriefInput!) {
  createBrief(input: {name: $name, brief: $brief}) { brief { id } userErrors { message } } }"""
RUN: Final = "mutation ($id: ID!) { runBrief(input: {briefId: $id, first: 8}) { run { id } userErrors { message } } }"

ALERT: Final = """mutation ($name: String!, $filter: CreatorFilter) {
  createAlert(input: {name: $name, filter: $filter}) { alert { alertId } userErrors { message } } }"""
VIEW: Final = """mutation ($name: String!, $address: String!, $shared: Boolean!) {
  saveView(input: {name: $name, address: $address, shared: $shared, start: true}) { view { viewId } userErrors { message } } }"""
PROSPECTS: Final = """mutation ($creators: [ID!]!) {
  addProspects(input: {creators: $creators, note: "Asked for"}) { added userErrors { message } } }"""
RULE: Final = """mutation ($brand: ID!) {
  saveSampleRule(input: {name: "Cheap", brandId: $brand, on: true, conditions: {maxCostUsd: 30, regions: ["US"], categories: ["lips"]}})
  { rule { ruleId } userErrors { message } } }"""
WAITING: Final = "query ($brand: ID!) { brand(id: $brand) { sampleInbox(first: 20) { nodes { collaboration { id } } } } }"
DECIDED: Final = """mutation ($ids: [ID!]!, $decision: SampleDecisionKind!) {
  decideSamples(input: {collaborationIds: $ids, decision: $decision}) { approved declined userErrors { message } } }"""
EXPORTED: Final = "mutation ($brand: ID!) { exportSampleDecisions(input: {brandId: $brand}) { requests { path } userErrors { message } } }"

RENAMED: Final[LiteralString] = """
MATCH (brief:Brief)
WITH brief, brief.brandId + '-' + brief.name AS name
OPTIONAL MATCH (part:BriefVersion|BriefRun {briefId: brief.id})
WITH brief, name, collect(part) AS parts
WITH brief, name, parts, [each IN parts WHERE each:BriefRun] AS runs
OPTIONAL MATCH (event:DomainEvent) WHERE event.subject = brief.id OR event.subject IN [each IN runs | each.id]
WITH brief, name, parts, runs, collect(event) AS events
FOREACH (event IN events | SET event.payload = replace(event.payload, brief.id, name), event.subject =
  coalesce(head([n IN range(0, size(runs) - 1) WHERE runs[n].id = event.subject | name + '-run' + toString(n)]), name))
FOREACH (part IN parts | SET part.briefId = name)
FOREACH (part IN [each IN parts WHERE each:BriefVersion] | SET part.id = name + '|' + toString(part.version), part.createdAt = $now)
FOREACH (n IN range(0, size(runs) - 1) | FOREACH (run IN [runs[n]] | SET run.id = name + '-run' + toString(n), run.at = $now + n))
SET brief.id = name, brief.createdAt = $now, brief.updatedAt = $now
"""
"""Ids that are drawn by chance, and times at which the worlds were made, are the same in both."""

NAMED: Final[LiteralString] = """
MATCH (made:Alert|SampleRule|SavedView)
WITH made, made.id AS before, made.name + ' of ' + coalesce(made.brandId, made.keyId) AS name
OPTIONAL MATCH (event:DomainEvent {subject: before})
WITH made, before, name, collect(event) AS events
FOREACH (event IN events | SET event.subject = name, event.payload = replace(event.payload, before, name))
SET made.id = name
"""
DATED: Final[LiteralString] = """
MATCH (made:Appeal|Alert|SampleRule|SavedView|Prospect|DomainEvent)
SET made.createdAt = $now, made.addedAt = $now, made.at = $now, made.updatedAt = $now, made.lookedAt = $now
SET made.dueAt = CASE WHEN made:Appeal THEN $now END
"""
DECIDED_AT: Final[LiteralString] = """
MATCH (made:Collaboration) WHERE made.decidedAt IS NOT NULL
SET made.decidedAt = $now
FOREACH (_ IN CASE WHEN made.decisionExportedAt IS NULL THEN [] ELSE [1] END | SET made.decisionExportedAt = $now)
"""


class NotBrought(Exception):
    """A change was refused."""


async def brought(served: Served, world: World) -> None:
    """Make what keys bring about, and give it ids and times that are the same in every world."""
    for number in range(6):
        rows = of_creator(world, f"us{number:02}")
        await _contested(served, number, rows, own=True)
        await _contested(served, number, rows, own=False)
    for who in ("brand", "wide", "stranger"):
        rng = Random(f"{who} {len(world['creators'])}" if who == "stranger" else who)
        await _briefed(served, who, rng)
        await _changed(served, who, PROSPECTS, creators=[f"Creator:us{number:02}" for number in rng.sample(range(12), 3)])
        await _changed(served, who, ALERT, name="Many followers", filter={"followers": {"min": 5_000}})
        for page in ("find", "network"):
            await _changed(served, who, VIEW, name=page, address=f"/{page}?brand={who}", shared=page == "find")
    await Watch(served.state).look()
    await _decided(served)
    async with served.driver.session() as session:
        for query in (RENAMED, NAMED, DATED, DECIDED_AT):
            await (await session.run(query, now=END)).consume()


async def _contested(served: Served, number: int, rows: World, *, own: bool) -> None:
    """Contest a few order lines: of a client's product, which the client sees, or of other brands'."""
    lines = sorted(each["id"] for each in rows["sales"] if (brand_of(each["product_id"]) in CLIENTS) == own)
    for subject in lines[-1 - (0 if own else len(rows["sales"]) % 3) :]:
        await _changed(served, f"us{number:02}", CONTEST, id=f"Sale:{subject}")


async def _briefed(served: Served, who: str, rng: Random) -> None:
    """Keep a brief of a key's brand, and run it twice."""
    wanted = {"goal": "SALES", "category": "Category:lips", "followers": {"min": rng.randrange(500)}}
    kept = await _changed(served, who, BRIEF, name=f"{who}'s in {REGION}", brief=wanted)
    for _ in range(2):
        await _changed(served, who, RUN, id=kept["createBrief"]["brief"]["id"])


async def _decided(served: Served) -> None:
    """Keep a rule for samples, approve one that waits and have it exported, and decline another."""
    brand = f"Brand:{CLIENTS[0]}"
    await _changed(served, "brand", RULE, brand=brand)
    listed = orjson.loads(await served.graphql("brand", WAITING, {"brand": brand}))["data"]["brand"]["sampleInbox"]["nodes"]
    first, second, *_ = [each["collaboration"]["id"] for each in listed]
    await _changed(served, "brand", DECIDED, ids=[first], decision="APPROVE")
    await _changed(served, "brand", EXPORTED, brand=brand)
    await _changed(served, "brand", DECIDED, ids=[second], decision="DECLINE")


async def _changed(served: Served, who: str, query: str, **variables: Any) -> Any:
    answer = orjson.loads(await served.graphql(who, query, variables))
    if answer.get("errors") or any(each["userErrors"] for each in answer["data"].values()):
        raise NotBrought(str(answer))
    return answer["data"]

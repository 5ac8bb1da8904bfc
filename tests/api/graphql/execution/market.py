"""A market small enough to draw, with real scorecards.

Creators: ana (US, consents to exact sales), ben and dan (US), cat (GB). Brands: acme, the brand and client of the
viewers, and bolt, a stranger. acme sells `shoe` in `shoes`, bolt sells `hat` in `hats`; both are parts of `wear`.
acme works with ana and cat; bolt six times with ana and three times with ben.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final, LiteralString

import numpy as np
from neo4j import AsyncDriver

import scoring
from api.access.viewer import Role, Viewer
from api.graphql.cost.limits import Budgets, Limits
from api.graphql.execution.execution import execute
from api.graphql.execution.request import GraphQLRequest
from api.process.own import Own
from api.settings import Settings
from graph.runs import card_id, outward_id, scope_key

RUN: Final = "run1"
AS_OF: Final = 1_760_000_000
FACTS: Final = tuple(sorted(scoring.FACTS | {"tier"}))
SHARES: Final = ("influence", "category_sales_share", "reported_engagement_rate", "reported_fulfilment_rate")
CELLS: Final = tuple(
    (creator, region, window, category)
    for window in (28, 90)
    for creator, region, categories in (
        ("ana", "US", ("*", "hats", "shoes", "wear")),
        ("ben", "US", ("*", "hats", "wear")),
        ("cat", "GB", ("*", "shoes", "wear")),
        ("dan", "US", ("*",)),
    )
    for category in categories
)

VIEWERS: Final = {
    "admin": Viewer("k1", "root", Role.ADMIN),
    "analyst": Viewer("k2", "lab", Role.ANALYST),
    "partner": Viewer("k3", "agency", Role.PARTNER, ("US",), ("acme",)),
    "brand": Viewer("k4", "acme", Role.BRAND, ("US",), ("acme",)),
    "creator": Viewer("k5", "ben", Role.CREATOR, creator="ben"),
    "two regions": Viewer("k6", "wide", Role.BRAND, ("US", "GB"), ("acme",)),
    "everywhere": Viewer("k7", "widest", Role.BRAND, ("*",), ("acme",)),
    "ana": Viewer("k8", "ana", Role.CREATOR, creator="ana"),
}

MARKET: Final[LiteralString] = """
CREATE (ana:Creator {id: 'ana', handle: 'Ana', handleKey: 'ana', nickname: 'Ana Banana', region: 'US', followerCount: 5000,
                     verified: true, language: 'en', salesConsent: true, joinedAt: 1700000000})
CREATE (ben:Creator {id: 'ben', handle: 'Ben', handleKey: 'ben', region: 'US', followerCount: 900, verified: false, language: 'es',
                     joinedAt: 1710000000})
CREATE (cat:Creator {id: 'cat', handle: 'Cat', handleKey: 'cat', region: 'GB', followerCount: 70000, salesConsent: false})
CREATE (dan:Creator {id: 'dan', handle: 'Dan', handleKey: 'dan', region: 'US'})
CREATE (acme:Brand {id: 'acme', name: 'Acme', region: 'US'})
CREATE (bolt:Brand {id: 'bolt', name: 'Bolt', region: 'US'})
CREATE (wear:Category {id: 'wear', name: 'Wear', leaf: false, nameRegions: ['US'], regionNames: ['Clothes']})
CREATE (shoes:Category {id: 'shoes', name: 'Shoes', leaf: true})-[:CHILD_OF]->(wear)
CREATE (hats:Category {id: 'hats', name: 'Hats', leaf: true})-[:CHILD_OF]->(wear)
CREATE (acme)-[:SELLS]->(shoe:Product {id: 'shoe', title: 'Shoe', region: 'US', price: 10.0, currency: 'EUR', priceUsd: 11.0})
CREATE (shoe)-[:IN_CATEGORY]->(shoes)
CREATE (bolt)-[:SELLS]->(hat:Product {id: 'hat', title: 'Hat', region: 'US', price: 5.0, currency: 'USD', priceUsd: 5.0})
CREATE (hat)-[:IN_CATEGORY]->(hats)
CREATE (ana)-[:PUBLISHED]->(v1:Content:Video {id: 'v1', kind: 'VIDEO', publishedAt: 1759000000, views: 100})-[:FEATURES]->(shoe)
CREATE (ana)-[:PUBLISHED]->(v2:Content:Video {id: 'v2', kind: 'VIDEO', publishedAt: 1759100000, views: 200})-[:FEATURES]->(hat)
CREATE (ben)-[:PUBLISHED]->(v3:Content:LiveStream {id: 'v3', kind: 'LIVE', publishedAt: 1759200000, views: 300})
CREATE (v3)-[:FEATURES {gmvUsd: 40.0, orders: 4, units: 4, refundedUnits: 1}]->(hat)
CREATE (cat)-[:PUBLISHED]->(v4:Content:Video {id: 'v4', kind: 'VIDEO', publishedAt: 1759300000, views: 400})-[:FEATURES]->(shoe)
CREATE (v2)-[:MENTIONS]->(ben)
CREATE (v4)-[:MENTIONS]->(ana)
CREATE (acme)-[:OFFERED]->(ka:Collaboration {id: 'ka', kind: 'TARGETED', status: 'DELIVERED', offeredAt: 1758000000, accepted: true,
                    commissionRate: 0.1, fee: 50.0, currency: 'USD', rating: 5.0, ratedAt: 1759500000, contentCount: 1})
CREATE (ka)-[:WITH]->(ana)
CREATE (ka)-[:PROMOTES]->(shoe)
CREATE (ka)-[:DELIVERED]->(v1)
CREATE (acme)-[:OFFERED]->(kc:Collaboration {id: 'kc', kind: 'SAMPLE', status: 'ACCEPTED', offeredAt: 1758100000})-[:WITH]->(cat)
CREATE (kc)-[:DELIVERED]->(v4)
CREATE (ana)-[:COLLABORATED_WITH {runId: 'run1', times: 1, gmvUsd: 90.0}]->(acme)
CREATE (cat)-[:COLLABORATED_WITH {runId: 'run1', times: 1, gmvUsd: 0.0}]->(acme)
CREATE (ana)-[:COLLABORATED_WITH {runId: 'run1', times: 6, gmvUsd: 200.0}]->(bolt)
CREATE (ben)-[:COLLABORATED_WITH {runId: 'run1', times: 3, gmvUsd: 40.0}]->(bolt)
CREATE (s1:Sale {id: 'o1:1', orderId: 'o1', at: 1759400000, status: 'SETTLED', quantity: 10, refundedQuantity: 1, gmv: 100.0,
                 currency: 'USD', gmvUsd: 100.0})
CREATE (s1)-[:OF]->(shoe)
CREATE (s1)-[:CREDITED_TO]->(ana)
CREATE (s1)-[:THROUGH]->(v1)
CREATE (s1)-[:UNDER]->(ka)
CREATE (s2:Sale {id: 'o2:1', orderId: 'o2', at: 1759400000, status: 'PLACED', quantity: 1, gmv: 1234.0, currency: 'USD', gmvUsd: 1234.0})
CREATE (s2)-[:OF]->(hat)
CREATE (s2)-[:CREDITED_TO]->(ben)
CREATE (s2)-[:THROUGH]->(v3)
CREATE (ana)<-[:ABOUT]-(:Report {id: 'ana:2026-01-01', at: 1759000000, days: 30, currency: 'USD', gmv: 1500.0, gmvUsd: 1500.0,
                                 brandCollaborationCount: 2, unitsSold: 33, commissionRate: 0.2,
                                 categoryIds: ['hats'], categoryShares: [1.0]})
CREATE (ben)<-[:ABOUT]-(:Report {id: 'ben:2026-01-01', at: 1759000000, days: 30, currency: 'USD', gmv: 1500.0, gmvUsd: 1500.0,
                                 brandCollaborationCount: 7, unitsSold: 33, commissionRate: 0.2})
CREATE (ben)<-[:ABOUT]-(:Report {id: 'ben:2026-01-02', at: 1759000100, days: 30, currency: 'USD', gmvLow: 0.0, gmvHigh: 50.0,
                                 gmvLowUsd: 0.0, gmvHighUsd: 50.0})
CREATE (ana)-[:HAS_AUDIENCE]->(:Audience {id: 'ana:AGE:18-24', dimension: 'AGE', bucket: '18-24', share: 0.5, at: 1759000000})
CREATE (:ScoringRun {id: 'run1', status: 'current', asOf: 1760000000, formulaVersion: '1'})
CREATE (:SalesAppeal {id: 'run1|Product|shoe', runId: 'run1', ratio: 1.5, low: 0.5, high: 4.5, posts: 2, apart: false})-[:APPEAL_OF]->(shoe)
CREATE (:SalesAppeal {id: 'run1|Product|hat', runId: 'run1', ratio: 0.5, low: 0.25, high: 1.0, posts: 2, apart: true})-[:APPEAL_OF]->(hat)
CREATE (:SalesAppeal {id: 'run0|Product|shoe', runId: 'run0', ratio: 9.0, low: 8.0, high: 9.5, posts: 2, apart: false})-[:APPEAL_OF]->(shoe)
CREATE (:SalesAppeal {id: 'run1|Category|shoes', runId: 'run1', ratio: 1.2, low: 0.9, high: 1.6, posts: 2,
                      apart: false})-[:APPEAL_OF]->(shoes)
WITH bolt, ana, ben
UNWIND range(1, 9) AS i
CREATE (bolt)-[:OFFERED]->(k:Collaboration {id: 'kb' + i, kind: 'OPEN', status: 'ACCEPTED', offeredAt: 1757000000 + i, commissionRate: 0.3,
                                            fee: 7.0, currency: 'USD', rating: 2.0})
FOREACH (_ IN CASE WHEN i <= 6 THEN [1] ELSE [] END | CREATE (k)-[:WITH]->(ana))
FOREACH (_ IN CASE WHEN i > 6 THEN [1] ELSE [] END | CREATE (k)-[:WITH]->(ben))
"""

CARDS: Final[LiteralString] = """
UNWIND $cards AS card
MATCH (c:Creator {id: card.creatorId})
CREATE (s:Scorecard)-[:RATES]->(c)
SET s = card
"""


@dataclass
class Run:
    """The run that the scorecards belong to."""

    id: str = RUN
    as_of: int = AS_OF
    fact_names: tuple[str, ...] = FACTS
    cards: str = RUN
    told: frozenset[str] | None = None

    def tells(self, category: str) -> bool:
        """Tell whether there are scores in a category for who reads."""
        return self.told is None or category in self.told


@dataclass
class Current:
    """What follows the current run."""

    run: Run | None
    text: str
    data_version: int = 1

    def seen(self, *, outward: bool) -> Run | None:
        """Return the run as an audience sees it."""
        told = frozenset(category for *_, category in CELLS)
        return replace(self.run, cards=outward_id(RUN), told=told) if self.run and outward else self.run

    async def fit(self, *, outward: bool) -> str:
        """Return the run's fit; what goes out is scored with the same one in every region here."""
        return json.dumps(dict.fromkeys(("US", "GB"), self.text)) if outward else self.text


@dataclass
class Market:
    """The state of a process on the little market, and a way to ask."""

    driver: AsyncDriver
    settings: Settings
    run: Current
    limits: Limits = field(default_factory=lambda: Limits(budget=10**9, cost=10**6))
    budgets: Budgets = field(default_factory=lambda: Budgets(Limits(budget=10**9, cost=10**6)))

    own: Own = field(default_factory=Own)

    async def result(self, who: str, query: str, **variables: Any) -> dict[str, Any]:
        """Return the whole answer."""
        return await execute(GraphQLRequest(query, variables=variables), VIEWERS[who], self)

    async def ask(self, who: str, query: str, **variables: Any) -> Any:
        """Return the data; the test fails on an error."""
        result = await self.result(who, query, **variables)
        assert "errors" not in result, result["errors"]
        return result["data"]

    async def refusal(self, who: str, query: str, **variables: Any) -> dict[str, Any]:
        """Return the only error."""
        (error,) = (await self.result(who, query, **variables))["errors"]
        return error


async def built(driver: AsyncDriver, home: Path) -> Market:
    """Fill the database, which must be empty."""
    facts = _facts()
    fit = scoring.fit(facts)
    async with driver.session() as session:
        await (await session.run(MARKET)).consume()
        cards = _cards(facts, fit)
        await (await session.run(CARDS, cards=[*cards, *map(_outward, cards)])).consume()
    return Market(driver, Settings(home=home, query_seconds=120), Current(Run(), fit.to_json()))


def _facts() -> dict[str, Any]:
    """Facts of a level for each creator, none for dan, who so is without a score."""
    level = np.array([{"ana": 50.0, "ben": 40.0, "cat": 30.0, "dan": np.nan}[creator] for creator, *_ in CELLS])
    facts: dict[str, Any] = dict.fromkeys(FACTS, level)
    facts |= {name: level / 100 for name in FACTS if name in SHARES}
    facts["rating_mean"] = np.where(level > 0, 4.0, np.nan)
    facts["tier"] = np.zeros(len(CELLS))
    names = ("creator", "region", "window", "category")
    groups = {name: np.array([cell[place] for cell in CELLS]) for place, name in enumerate(names)}
    return {**facts, **groups, "tier": facts["tier"].astype(np.int64)}


def _cards(facts: dict[str, Any], fit: scoring.Fit) -> list[dict[str, Any]]:
    scores = scoring.apply(facts, fit)
    doubtful = np.array([creator == "ana" for creator, *_ in CELLS])
    scores.low[doubtful] = np.where(np.isnan(scores.value[doubtful]), np.nan, 1.0)
    scores.variance[doubtful] *= 3.0
    places = scoring.ranks(facts, scores)
    doubts = scoring.uncertain_ranks(facts, lower=scores.low, mean=scores.mean, variance=scores.variance)
    return [_card(row, cell, facts, scores, places) | _doubts(row, doubts) for row, cell in enumerate(CELLS)]


def _outward(card: dict[str, Any]) -> dict[str, Any]:
    """Return a scorecard as brands and partners see it: here the same, but for its keys."""
    run, place = outward_id(RUN), (card["window"], card["categoryId"])
    keys = {"scope": scope_key(run, *place, card["region"]), "world": scope_key(run, *place, "*")}
    return card | keys | {"id": card_id(run, card["creatorId"], *place), "runId": run}


def _doubts(row: int, doubts: scoring.UncertainRanks) -> dict[str, Any]:
    """Return what a scorecard holds of the true ranks; ana's scores are in doubt, so that they are last by lower bound."""
    ends = {"LowerOrdinal": doubts.lower_ordinal, "TopOrdinal": doubts.top_ordinal}
    names = [scoring.camel(name) for name in scoring.NAMES]
    ordinals = {f"{name}{end}": int(column[row, at]) for at, name in enumerate(names) for end, column in ends.items()}
    lists = {
        "expectedRanks": doubts.expected[row],
        "rankLows": doubts.low[row],
        "rankHighs": doubts.high[row],
        "levels": doubts.level[row],
        "levelCounts": doubts.levels[row],
        "topProbabilities": doubts.top[row].ravel(),
        "normalScores": doubts.z[row],
        "normalErrors": doubts.s[row],
    }
    return {**ordinals, **{name: values.tolist() for name, values in lists.items()}}


def _card(
    row: int, cell: tuple[str, str, int, str], facts: dict[str, Any], scores: scoring.Scores, places: scoring.Ranks
) -> dict[str, Any]:
    creator, region, window, category = cell
    card: dict[str, Any] = {
        "id": f"{RUN}|{creator}|{window}|{category}",
        "runId": RUN,
        "creatorId": creator,
        "region": region,
        "window": window,
        "categoryId": category,
        "scope": scope_key(RUN, window, category, region),
        "world": scope_key(RUN, window, category, "*"),
        "peers": int(places.peers[row]),
        "lows": scores.low[row].tolist(),
        "highs": scores.high[row].tolist(),
        "percentiles": places.percentile[row].tolist(),
        "previous": [float("nan")] * len(scores.names),
        "evidence": scores.evidence[row].tolist(),
        "ranks": places.rank[row].tolist(),
        "scored": places.scored[row].tolist(),
        "reasons": [str(each) for each in scores.reason[row]],
        "bases": [str(each) for each in scores.basis[row]],
        "facts": [float(facts[name][row]) for name in FACTS],
    }
    for place, name in enumerate(map(scoring.camel, scores.names)):
        value = float(scores.value[row, place])
        card[name] = None if np.isnan(value) else value
        card[f"{name}Ordinal"] = int(places.ordinal[row, place])
        card[f"{name}WorldOrdinal"] = int(places.world_ordinal[row, place])
    return card

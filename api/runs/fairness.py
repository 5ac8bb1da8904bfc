"""How a run's scores treat groups of creators: by region, follower tier, category, and those who came lately."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Final

import numpy as np
from numpy.typing import NDArray

from api.runs.scorecards import Scored
from graph.dates import DAY
from graph.runs import ALL
from scoring import camel
from scoring.facts import Market
from scoring.fairness import GroupScores, group_scores

LATELY: Final = 90 * DAY
TIERS: Final = (
    "unknown",
    "under 1,000",
    "1,000 to 9,999",
    "10,000 to 99,999",
    "100,000 to 499,999",
    "500,000 to 999,999",
    "1,000,000 and more",
)

Bools = NDArray[np.bool_]


def fairness(result: Scored, market: Market) -> dict[str, object]:
    """Return what every score says of every group, as properties of the run's node: lists with one place for each score and group."""
    cards = result.cards
    (rows,) = np.nonzero((cards.category == ALL) & (cards.window == cards.window.max(initial=0)))
    groups = _groups(result, market, rows)
    found = [
        (name, each)
        for at, name in enumerate(result.names)
        for each in group_scores(cards.value[rows, at], (cards.high - cards.low)[rows, at], cards.evidence[rows, at], groups)
    ]
    columns = {camel(f"fairness_{field.name}"): [getattr(each, field.name) for _, each in found] for field in fields(GroupScores)}
    return {"fairnessScore": [name for name, _ in found], **columns}


def _groups(result: Scored, market: Market, rows: NDArray[np.int64]) -> Mapping[str, Mapping[str, Bools]]:
    cards = result.cards
    creators, regions = cards.creator[rows], cards.region[rows]
    codes = np.searchsorted(market.creators.id, creators)
    tier, first = market.creators.tier[codes], np.fmin(market.creators.first_seen, market.creators.joined)[codes]
    late = first >= market.period.until - LATELY
    return {
        "REGION": {str(name): regions == name for name in np.unique(regions)},
        "TIER": {name: tier == at - 1 for at, name in enumerate(TIERS)},
        "CATEGORY": _categories(result, creators, int(cards.window.max(initial=0))),
        "TENURE": {"came in the last 90 days": late, "came before": ~late & ~np.isnan(first)},
    }


def _categories(result: Scored, creators: NDArray[np.str_], window: int) -> Mapping[str, Bools]:
    """Return who has a scorecard in which category."""
    cards = result.cards
    there = (cards.window == window) & (cards.category != ALL)
    return {str(name): np.isin(creators, cards.creator[there & (cards.category == name)]) for name in np.unique(cards.category[there])}

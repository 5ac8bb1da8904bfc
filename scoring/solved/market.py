"""All that is solved on a market, beside its facts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scoring.facts import Columns, Market
from scoring.solved.influence import influence_facts
from scoring.solved.selling import Selling, selling, selling_facts


@dataclass(frozen=True, slots=True)
class Solution:
    """The facts with what was solved beside them, the largest residual of the walks, and the model of sales."""

    facts: Columns
    residual: float
    selling: Selling


def solved(market: Market, facts: Columns) -> Solution:
    """Return the facts with influence, place in the network and selling ability beside them."""
    parts = [influence_facts(market, window, _of_window(facts, window)) for window in sorted(market.period.windows)]
    columns = {name: np.concatenate([np.empty(0), *(part[name] for part, _ in parts)]) for name in ("influence", "network")}
    found = selling(market)
    creator = np.searchsorted(market.creators.id, facts["creator"])
    category = np.searchsorted(market.catalogue.category, facts["category"])
    beside = selling_facts(market, found, creator, category)
    return Solution({**facts, **columns, **beside}, max((residual for _, residual in parts), default=0.0), found)


def _of_window(facts: Columns, window: int) -> Columns:
    chosen = facts["window"] == window
    return {name: facts[name][chosen] for name in ("creator", "category", "collaborations")}

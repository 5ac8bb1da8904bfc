"""All that is solved on a market, beside its facts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scoring.facts import Columns, Market
from scoring.solved.influence import influence_facts, network_facts
from scoring.solved.order_rate import order_rate
from scoring.solved.selling import Selling, selling, selling_facts
from scoring.solved.visible_brands import comparable_contents


@dataclass(frozen=True, slots=True)
class Solution:
    """The facts with what was solved beside them, the largest residual of the walks, and the model of sales."""

    facts: Columns
    residual: float
    selling: Selling


def solved(market: Market, facts: Columns) -> Solution:
    """Return the facts with selling ability, influence and place in the network beside them, and what is compared as far as it can be."""
    found = selling(market)
    creator = np.searchsorted(market.creators.id, facts["creator"])
    category = np.searchsorted(market.catalogue.category, facts["category"])
    weight, residual = influence_facts(market, found, creator, category)
    places = [network_facts(market, window, _of_window(facts, window)) for window in sorted(market.period.windows)]
    columns = {name: np.concatenate([np.empty(0), *(part[name] for part in places)]) for name in ("network",)}
    seen = {**selling_facts(market, found, creator, category), **comparable_contents(market, facts, creator, category)}
    rate = order_rate(market, (found.fit, found.exposure), facts, creator)
    plain = {name: np.where(category == market.catalogue.everything, column, np.nan) for name, column in rate.items()}
    return Solution({**facts, **columns, **weight, **seen, **plain}, residual, found)


def _of_window(facts: Columns, window: int) -> Columns:
    chosen = facts["window"] == window
    return {name: facts[name][chosen] for name in ("creator", "collaborations")}

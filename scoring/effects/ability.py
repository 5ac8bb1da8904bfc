"""What copies of one creator sell beyond views: products' appeal, which only other creators tell, is taken for one and the same.

The two-way model of the run knows products by who else shows them. Among copies of one creator it would take what they sell much of for
appealing, and leave nothing to the creator. So all slots are of one product here.
"""

from __future__ import annotations

from dataclasses import fields

import numpy as np

from scoring.ability import Counts, ability
from scoring.ability.groups import said_by_group
from scoring.ability.pairs import Pairs
from scoring.ability.slots import slots
from scoring.ability.table import Slots, totals
from scoring.facts import Columns, Market
from scoring.facts.arrays import Bools
from scoring.facts.events.catalogue import ALL
from scoring.solved.evidence import all_sales, evidence, prices
from scoring.solved.order_rate import order_rate
from scoring.solved.selling import order_yield, rolled_up


def selling_of_copies(market: Market, category: str, rates: Columns) -> Columns:
    """Return what is solved on the whole market for a category, one row a creator of the market, in its order.

    `rates` are the facts that `order_rate` reads, in the same order. `influence` and `expected_sales_share` are orders to expect: of
    these only ratios between copies tell.
    """
    sales = all_sales(market)
    seen = evidence(market, sales, prices(market, sales))
    exposure = slots(seen)
    own = _flat(exposure.slots, _within(market, category)[exposure.slots.product])
    fit = ability(own, Counts(seen.creators, 1, 1), exposure_variance=exposure.variance)
    rows, people = fit.state.design.slots, np.arange(seen.creators, dtype=np.int64)
    said, variance = said_by_group(fit, np.arange(len(rows), dtype=np.int64), rows.creator, people)
    heard = np.isfinite(variance)
    outside = np.bincount(seen.lines.creator[Pairs(seen).outside], minlength=seen.creators)
    expected = totals(rows.creator, fit.state.rate, seen.creators) + outside
    expected = np.where(expected > 0, expected, np.nan)
    log, var = order_yield(fit)
    plain = order_rate(market, (fit, exposure), rates, people) if category == ALL else {}
    return {
        "selling_log": np.where(heard, said, np.nan),
        "selling_var": np.where(heard, variance, np.nan),
        "company_log": np.full(len(people), np.nan),
        "company_log_var": np.full(len(people), np.nan),
        "order_yield_log": log,
        "order_yield_log_var": var,
        "influence": expected,
        "expected_sales_share": expected,
        **plain,
    }


def _within(market: Market, category: str) -> Bools:
    """Return which products count for a category."""
    goods = market.catalogue
    (place,) = np.flatnonzero(goods.category == category)
    return rolled_up(market)[goods.leaf, place] > 0


def _flat(rows: Slots, chosen: Bools) -> Slots:
    columns = {field.name: getattr(rows, field.name)[chosen] for field in fields(rows)}
    none = np.zeros(int(chosen.sum()), dtype=np.int64)
    return Slots.of(**{**columns, "product": none, "category": none})

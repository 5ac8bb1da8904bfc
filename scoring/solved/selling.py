"""Who sells beyond what views and products bring, and what sales to expect of whom in which category."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scoring.ability import Ability, Counts, ability
from scoring.ability.slots import Exposure, slots
from scoring.facts.arrays import Columns, Floats, Ints
from scoring.facts.market import Market
from scoring.forecast import flow
from scoring.solved.evidence import evidence, prices


@dataclass(frozen=True, slots=True)
class Selling:
    """The fitted model; `flow` [creators × categories] are net sales to expect over the time of the slots, in USD, rolled up.

    `orders` and `expected` [creators × categories] are the orders seen, and those that any creator with the same posts would
    have; `sold` [creators] are all orders that the model saw.
    """

    fit: Ability
    exposure: Exposure
    flow: Floats
    orders: Floats
    expected: Floats


def selling(market: Market) -> Selling:
    """Fit the two-way model to all the history; the answer is the same whatever the order of the events."""
    seen = evidence(market)
    exposure = slots(seen)
    fit = ability(exposure.slots, Counts(seen.creators, seen.products, seen.categories), exposure_variance=exposure.variance)
    price, roll = _filled(prices(market), seen.category, seen.categories), rolled_up(market)
    peers = np.unique(market.creators.region, return_inverse=True)[1].astype(np.int64)
    own = fit.state.design.slots
    typical = fit.state.rate * np.exp(-fit.effects[fit.state.design.parts[3]][own.creator])
    return Selling(
        fit=fit,
        exposure=exposure,
        flow=flow(fit, price, peers) @ roll,
        orders=_by_category(own.creator, own.category, own.orders, roll, seen.creators),
        expected=_by_category(own.creator, own.category, typical, roll, seen.creators),
    )


def rolled_up(market: Market) -> Floats:
    """Return which of all categories each one counts for: itself, those above it, and everything [categories × categories]."""
    goods = market.catalogue
    found = np.zeros((len(goods.category), len(goods.category)))
    place, member = goods.spread(np.arange(len(goods.product), dtype=np.int64))
    found[goods.leaf[place], member] = 1.0
    return found


def _by_category(creator: Ints, category: Ints, values: Floats, roll: Floats, creators: int) -> Floats:
    found = np.zeros((creators, len(roll)))
    np.add.at(found, (creator, category), values)
    return found @ roll


def _filled(price: Floats, category: Ints, categories: int) -> Floats:
    """Return prices, the typical one of the category where a product's is not known; 1 where none is."""
    known = ~np.isnan(price)
    logs = np.log(price[known])
    count = np.bincount(category[known], minlength=categories)
    whole = float(logs.mean()) if len(logs) else 0.0
    mean = (np.bincount(category[known], logs, minlength=categories) + whole) / (count + 1.0)
    return np.where(known, price, np.exp(mean[category]))


def selling_facts(market: Market, found: Selling, creator: Ints, category: Ints) -> Columns:
    """Return the facts of rows, given as codes of creators and categories; the same in every window, since abilities last."""
    overall = category == market.catalogue.everything
    heard = overall & np.isfinite(found.fit.said_variance[creator])
    within = ~overall & (found.expected[creator, category] > 0)
    return {
        "selling_log": np.where(heard, found.fit.said[creator], np.nan),
        "selling_var": np.where(heard, found.fit.said_variance[creator], np.nan),
        "selling_orders": found.orders[creator, category],
        "category_orders": np.where(within, found.orders[creator, category], np.nan),
        "category_expected_orders": np.where(within, found.expected[creator, category], np.nan),
        "expected_sales_share": _shares(market, found.flow)[creator, category],
    }


def _shares(market: Market, flows: Floats) -> Floats:
    """Return each creator's share of its region's expected sales in each category; NaN where it has none."""
    region = np.unique(market.creators.region, return_inverse=True)[1]
    whole = np.zeros((int(region.max(initial=-1)) + 1, flows.shape[1]))
    np.add.at(whole, region, flows)
    total = whole[region]
    return np.divide(flows, total, out=np.full_like(flows, np.nan), where=(total > 0) & (flows > 0))

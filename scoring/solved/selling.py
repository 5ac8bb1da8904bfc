"""Who sells beyond what views and products bring, and what sales to expect of whom in which category."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from scoring.ability import Ability, Counts, ability
from scoring.ability.evidence import Evidence
from scoring.ability.groups import said_by_group
from scoring.ability.pairs import Pairs
from scoring.ability.slots import Exposure, slots
from scoring.facts.arrays import Bools, Columns, Floats, Ints
from scoring.facts.market import Market
from scoring.solved.company import company_lift, expected_of_company, mean_appeal
from scoring.solved.evidence import OrderLines, all_sales, evidence, prices
from scoring.solved.flow import flow

HALF: Final = 0.5
"""Orders added to what is seen and to what is expected, so that none has a logarithm."""


@dataclass(frozen=True, slots=True)
class Cells:
    """Sales to expect of creators and products, in USD: what the model expects, and `outside` it what was sold through no known content."""

    creator: Ints
    product: Ints
    weight: Floats
    outside: Bools


@dataclass(frozen=True, slots=True)
class Selling:
    """The fitted model; `flow` [creators × categories] are net sales to expect over the time of the slots, in USD, rolled up.

    What is expected leans on the company that creators keep, as far as it tells of ability in this market (`scoring.solved.company`).

    `roll` says which of all categories each one counts for [categories × categories], `posts` [creators × categories] how many
    posts the model saw there.
    """

    fit: Ability
    exposure: Exposure
    flow: Floats
    roll: Floats
    posts: Floats
    cells: Cells


def selling(market: Market, *, start: Selling | None = None) -> Selling:
    """Fit the two-way model to all the history; the answer is the same whatever the order of the events.

    `start` is the answer for the same creators and products at an earlier date, near which this one lies.
    """
    sales = all_sales(market)
    known = prices(market, sales)
    seen = evidence(market, sales, known)
    exposure = slots(seen)
    fit = ability(
        exposure.slots,
        Counts(seen.creators, seen.products, seen.categories),
        exposure_variance=exposure.variance,
        start=start and start.fit,
    )
    price, roll = _filled(known, seen.category, seen.categories), rolled_up(market)
    posts = np.zeros((seen.creators, seen.categories))
    own = fit.state.design.slots
    np.add.at(posts, (own.creator, own.category), own.posts)
    lift = np.exp(company_lift(fit))
    expected = lift[:, None] * flow(fit, price, market.creators.region_codes)
    return Selling(fit, exposure, expected @ roll, roll, posts @ roll, _cells(sales, seen, fit, (price, lift)))


def _cells(sales: OrderLines, seen: Evidence, fit: Ability, worth: tuple[Floats, Floats]) -> Cells:
    """Return the cells, given the price of each product, and by how much each creator's company lifts what is expected."""
    price, lift = worth
    own, outside = fit.state.design.slots, Pairs(seen).outside
    lines = seen.lines
    net = sales.net[sales.units > 0]
    return Cells(
        np.concatenate([own.creator, lines.creator[outside]]),
        np.concatenate([own.product, lines.product[outside]]),
        np.concatenate([fit.state.rate * price[own.product] * lift[own.creator], net[outside]]),
        np.repeat([False, True], [len(own), int(outside.sum())]),
    )


def rolled_up(market: Market) -> Floats:
    """Return which of all categories each one counts for: itself, those above it, and everything [categories × categories]."""
    goods = market.catalogue
    found = np.zeros((len(goods.category), len(goods.category)))
    place, member = goods.spread(np.arange(len(goods.product), dtype=np.int64))
    found[goods.leaf[place], member] = 1.0
    return found


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
    slots_ = found.fit.state.design.slots
    width = len(found.roll)
    own, member = np.nonzero(found.roll[slots_.category])
    keys, place = np.unique(creator * width + category, return_inverse=True)
    wanted = slots_.creator[own] * width + member
    group = np.minimum(np.searchsorted(keys, wanted), max(len(keys) - 1, 0))
    counts = keys[group] == wanted if len(keys) else np.zeros(0, dtype=np.bool_)
    said, variance = said_by_group(found.fit, own[counts], group[counts], keys // width)
    orders = np.bincount(group[counts], slots_.orders[own[counts]], minlength=len(keys))
    heard = np.isfinite(variance)
    company = _company(found, own[counts], group[counts], (keys, said, variance), market.catalogue.everything)
    yields = [np.where(category == market.catalogue.everything, column[creator], np.nan) for column in order_yield(found.fit)]
    return {
        "selling_log": np.where(heard, said, np.nan)[place],
        "selling_var": np.where(heard, variance, np.nan)[place],
        "selling_orders": orders[place],
        "company_log": company[0][place],
        "company_log_var": company[1][place],
        "order_yield_log": yields[0],
        "order_yield_log_var": yields[1],
        "expected_sales_share": _shares(market, found.flow)[creator, category],
    }


def _company(found: Selling, own: Ints, group: Ints, rows: tuple[Ints, Floats, Floats], everything: int) -> tuple[Floats, Floats]:
    """Return what the company of products lets expect of each row's creator, learnt from the rows over everything."""
    keys, said, variance = rows
    appeal = mean_appeal(found.fit, own, group, len(keys))
    return expected_of_company(appeal, said, variance, found.fit.variances.creators, keys % len(found.roll) == everything)


def order_yield(fit: Ability) -> tuple[Floats, Floats]:
    """Return ln of each creator's orders over those that as many posts for the same products bring others, and its variance.

    Views are left out of what is expected, so that the yield tells of views where nobody counted them; NaN without a post.
    """
    design = fit.state.design
    own = design.slots
    expected = own.posts * np.exp(fit.appeal[own.product])
    expected *= own.orders.sum() / max(float(expected.sum()), 1e-300)
    orders, usual = (np.bincount(own.creator, column, minlength=design.creators) for column in (own.orders, expected))
    known = np.bincount(own.creator, minlength=design.creators) > 0
    log = np.log((orders + HALF) / (usual + HALF))
    return np.where(known, log, np.nan), np.where(known, 1.0 / (orders + HALF), np.nan)


def _shares(market: Market, flows: Floats) -> Floats:
    """Return each creator's share of its region's expected sales in each category; NaN where it has none."""
    region = market.creators.region_codes
    whole = np.zeros((int(region.max(initial=-1)) + 1, flows.shape[1]))
    np.add.at(whole, region, flows)
    total = whole[region]
    return np.divide(flows, total, out=np.full_like(flows, np.nan), where=(total > 0) & (flows > 0))

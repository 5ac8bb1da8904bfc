"""Rules for sample applications tried on simulated markets, where what every sample brought is known, and how far expectations hold.

`python -m validation.samples` prints a table of simulated markets. Nothing here needs a database.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from scoring.delivery.past import Past
from scoring.facts.arrays import Ints
from scoring.facts.period import DAY
from scoring.samples import SALES_DAYS, Conditions, Rule, Samples, Terms, trial
from scoring.samples.trial import as_of
from simulation import market as simulated
from simulation.aftermath import NO_SALE
from simulation.collaborations import SAMPLE
from simulation.regimes import Regime
from simulation.world import World
from validation.arguments import seeded
from validation.by_seed import table

EXTENSION: Final = 7 * DAY
EARLIER: Final = 90 * DAY
TERMS: Final = Terms(margin=0.5, cost_share=0.5, shipping=1.0)
RULES: Final = {
    "expected profit above 0": Conditions(min_profit=0.0),
    "expected profit above 0, chance of loss at most 0.7": Conditions(min_profit=0.0, max_loss_chance=0.7),
}
SENT: Final = "every sample sent"
BUSY: Final = Regime(offers=6.0)
"""Brands that send enough samples to learn from."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What a market says: samples judged, how expectations held, and profit by way of deciding, US dollars."""

    judged: int
    brands: int
    covered: float
    brier: float
    mean_brier: float
    expected_over_real: float
    best: float
    profit: dict[str, float]


def figures(seed: int, *, creators: int, days: int) -> Figures:
    """Return the figures of one market: every sample was sent there, so that no outcome is hidden."""
    of = simulated(seed, creators=creators, days=days, like=BUSY).world
    brands = [each for each in histories(of) if len(each) >= 2]
    said = [as_of(each, TERMS) for each in brands]
    known = [judged & (each.over <= of.period.end) for each, (_, judged) in zip(brands, said, strict=True)]
    rows = np.concatenate(
        [
            np.column_stack(
                (found.expected.probability, found.expected.net, found.expected.net_low, found.expected.net_high, each.came, each.net)
            )[at]
            for each, (found, _), at in zip(brands, said, known, strict=True)
        ]
    )
    probability, net, low, high, came, real = rows.T
    profit, best = _profits(brands, float(of.period.end))
    return Figures(
        judged=len(rows),
        brands=sum(bool(at.any()) for at in known),
        covered=float(((low <= real) & (real <= high)).mean()),
        brier=float(((probability - came) ** 2).mean()),
        mean_brier=float(((came.mean() - came) ** 2).mean()),
        expected_over_real=float(net.sum() / real.sum()),
        best=best,
        profit=profit,
    )


def _profits(brands: Sequence[Samples], now: float) -> tuple[dict[str, float], float]:
    """Return the profit of each way of deciding, and of the best in hindsight."""
    profit, best = {SENT: 0.0, **dict.fromkeys(RULES, 0.0)}, 0.0
    for samples in brands:
        everybody = np.ones(len(samples), dtype=np.bool_)
        tried = {name: trial(samples, Rule(conditions, TERMS), allowed=everybody, since=0.0, now=now) for name, conditions in RULES.items()}
        for name, found in tried.items():
            profit[name] += found.rule.profit
        one = next(iter(tried.values()))
        profit[SENT] += one.actual.profit
        best += one.best
    return profit, best


def histories(of: World) -> list[Samples]:
    """Return the samples of each brand, in order of application, as its own data would tell of them at the end."""
    made, products = of.offers, of.goods.products
    chosen = np.flatnonzero((made.kind == SAMPLE) & np.isfinite(made.approved_at))
    chosen = chosen[np.argsort(made.answered_at[chosen], kind="stable")]
    creator, product, brand = made.creator[chosen], made.product[chosen], made.brand[chosen]
    applied, deadline = made.answered_at[chosen], made.due_at[chosen] + EXTENSION
    came = made.delivered_at[chosen] <= deadline
    sales = _Sales.of(of)
    start = np.where(came, made.delivered_at[chosen], np.nan)
    after = sales.by_product.before(_key(creator, product, of), start + SALES_DAYS * DAY) - sales.by_product.before(
        _key(creator, product, of), start
    )
    earlier = sales.by_brand.before(_key(creator, brand, of), applied) - sales.by_brand.before(_key(creator, brand, of), applied - EARLIER)
    usd = np.array([each.usd for each in of.regions])[products.region[product]]
    everything = Samples(
        creator=creator,
        applied=applied,
        approved=np.ones(len(chosen), dtype=np.bool_),
        clear=deadline,
        came=came,
        net=np.where(came, after[:, 0], 0.0),
        orders=np.where(came, after[:, 1], 0.0),
        price=products.price[product] * usd,
        commission=made.commission[chosen],
        before=earlier[:, 0],
    )
    return [everything.at(np.flatnonzero(brand == each)) for each in np.unique(brand)]


@dataclass(frozen=True, slots=True)
class _Sales:
    """Net US dollars and order lines in order of time, by creator and product, and by creator and brand."""

    by_product: Past
    by_brand: Past

    @staticmethod
    def of(world: World) -> _Sales:
        lines, products = world.lines, world.goods.products
        product = world.slots.product[lines.slot]
        creator = world.posts.creator[world.slots.post[lines.slot]]
        _, status, refunded = world.histories.known(world.period.end)
        usd = np.array([each.usd for each in world.regions])[products.region[product]]
        sold = status != NO_SALE
        values = np.column_stack((np.where(sold, lines.price * usd * (lines.quantity - refunded), 0.0), sold.astype(np.float64)))
        at = lines.at.astype(np.float64)
        return _Sales(
            Past.of(_key(creator, product, world), at, values), Past.of(_key(creator, products.brand[product], world), at, values)
        )


def _key(creator: Ints, other: Ints, of: World) -> Ints:
    return creator * (len(of.goods.products.id) + 1) + other


def page(seeds: Sequence[int], *, creators: int, days: int) -> str:
    """Return a table in Markdown: a row a figure, a column a seed."""
    found = [figures(seed, creators=creators, days=days) for seed in seeds]
    rows: list[tuple[str, list[float]]] = [
        ("samples judged", [each.judged for each in found]),
        ("brands", [each.brands for each in found]),
        ("80 % intervals of net sales that hold", [each.covered for each in found]),
        ("Brier score of content in time", [each.brier for each in found]),
        ("the same of the overall share", [each.mean_brier for each in found]),
        ("expected net sales / real ones", [each.expected_over_real for each in found]),
        *((f"profit / best in hindsight: {name}", [each.profit[name] / each.best for each in found]) for name in found[0].profit),
    ]
    return table(
        ["figure"], seeds, ([name, *(f"{value:.6g}" if value > 50 else f"{value:.3f}" for value in values)] for name, values in rows)
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table."""
    given = seeded(__doc__, seeds=(1, 2, 3), days=360).parse_args(arguments)
    print(page(given.seeds, creators=given.creators, days=given.days))


if __name__ == "__main__":
    main()

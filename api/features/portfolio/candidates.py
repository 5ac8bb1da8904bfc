"""Who may be chosen: what is expected of them, what they cost, and how far they overlap, from what the viewer may see alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from api.features.portfolio.terms import Costs, Terms
from api.features.recommendations.costs import Prices, prices
from api.features.recommendations.seeker import USD, Seeker
from graph.recommendations.candidates import Audiences, audiences
from graph.recommendations.portfolio import Outlook, outlooks, products_shown
from scoring.portfolio import overlap, range_of, spread
from scoring.tables import Bools, Floats

NOTHING: Outlook = Outlook(True, np.nan, np.nan, np.nan)


class Expected(NamedTuple):
    """Net sales of 28 days in USD, a row a candidate; NaN where unknown. What is not `exact` is made of ranges and order."""

    exact: Bools
    expected: Floats
    low: Floats
    high: Floats


class Expense(NamedTuple):
    """What a creator costs, and whence that is known; None and NaN where it is not."""

    usd: float
    basis: str | None


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """A row each, in the order in which they were named or fit the brief."""

    ids: tuple[str, ...]
    regions: tuple[str, ...]
    sales: Expected
    costs: tuple[Expense, ...]
    active: Mapping[str, Bools]
    """By category of a limit, who has scores in it."""
    audiences: Audiences
    shown: Mapping[str, set[str]]

    @property
    def cost(self) -> Floats:
        """What each costs; NaN where unknown."""
        return np.array([each.usd for each in self.costs])


async def candidates(seeker: Seeker, terms: Terms, ids: Sequence[str], *, category: str | None) -> Candidates:
    """Read what is known of creators whom the seeker may see; `category` is the brief's, whose open plans stand for unknown commissions."""
    everyone = await seeker.kept.creators(seeker.reading, seeker.version)
    region = dict(zip(everyone.id, everyone.region, strict=True))
    sales = _expected(await outlooks(seeker.reading, seeker.run, ids), ids, terms.sales_share)
    asks = await prices(seeker.reading, ids, [category] if category else [], USD)
    limited = [each.of for each in terms.bounds.categories]
    cards = {each: await seeker.kept.cards(seeker.reading, seeker.run, each) for each in limited}
    return Candidates(
        ids=tuple(ids),
        regions=tuple(region[each] for each in ids),
        sales=sales,
        costs=tuple(_cost(terms.costs, asks, each, sold) for each, sold in zip(ids, sales.expected.tolist(), strict=True)),
        active={name: np.array([each in found.row for each in ids], dtype=np.bool_) for name, found in cards.items()},
        audiences=await audiences(seeker.reading, ids),
        shown=await products_shown(seeker.reading, ids),
    )


def shared(of: Candidates) -> Floats:
    """Return how far each two overlap, as `scoring.portfolio.overlap` has it; it looks at every pair, so it takes a while."""
    followers = [of.audiences.get(each, {}) for each in of.ids]
    return overlap(followers, in_common([of.shown[each] for each in of.ids]))


def in_common(sets: Sequence[set[str]]) -> Floats:
    """Return how many products each two show in common."""
    columns = {each: place for place, each in enumerate(sorted(set[str]().union(*sets)))}
    table = np.zeros((len(sets), len(columns)))
    for row, each in enumerate(sets):
        table[row, [columns[name] for name in each]] = 1.0
    return table @ table.T


def _expected(found: Mapping[str, Outlook], ids: Sequence[str], share: float) -> Expected:
    """Return the forecasts in order; amounts that may not be shown are replaced by what their ranges and their order tell."""
    rows = [found.get(each, NOTHING) for each in ids]
    exact = np.array([each.exact for each in rows], dtype=np.bool_)
    expected, low, high = (np.array([each[place] for each in rows], dtype=np.float64) for place in (1, 2, 3))
    told = spread(np.where(exact, np.nan, expected)), range_of(low)[0], range_of(high)[1]
    return Expected(exact, *(np.where(exact, own, other) * share for own, other in zip((expected, low, high), told, strict=True)))


def _cost(costs: Costs, asks: Prices, creator: str, sold: float) -> Expense:
    """Return what a creator costs who is expected to sell so much."""
    if creator in costs.creators:
        return Expense(costs.creators[creator], "GIVEN")
    usual = asks.commission(creator) if costs.commission is None else None
    fee = asks.fee_usd(creator) if costs.fee is None else costs.fee
    if costs.commission is None and usual is None:
        return Expense(np.nan, None)
    rate = (usual.low + usual.high) / 2 if usual else costs.commission or 0.0
    basis = usual.basis if usual else "TERMS" if costs.fee is None and fee else "RULE"
    return Expense(costs.sample + fee + rate * sold, basis)

"""All flags of a market: who raises which, on what evidence, how improbable it is, and how often flags of its kind are right."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np

from scoring.authenticity.bursts import ordered_at_once
from scoring.authenticity.discoveries import adjusted
from scoring.authenticity.refunds import refunded_orders
from scoring.authenticity.rings import in_rings
from scoring.authenticity.suspicion import Suspicion
from scoring.authenticity.views import Selling, inflated_views
from scoring.facts.arrays import Bools, Columns, Floats, Texts
from scoring.facts.market import Market

FALSE_DISCOVERY_RATE: Final = 0.1
"""Of the flags of a kind, at most so many are expected to be false."""
EVERYTHING: Final = "*"


class Kind(StrEnum):
    """What a flag says."""

    INFLATED_VIEWS = "INFLATED_VIEWS"
    REFUNDED_ORDERS = "REFUNDED_ORDERS"
    ORDER_BURST = "ORDER_BURST"
    RING = "RING"


@dataclass(frozen=True, slots=True)
class Precision:
    """Share of flags that were right in simulated markets where one creator in eight cheats (`python -m validation.authenticity`).

    `listed` is of creators whose content is listed with its clicks, `selected` of those of whom reports, orders and samples alone tell.
    """

    listed: float
    selected: float


MEASURED_PRECISION: Final = {
    Kind.INFLATED_VIEWS: Precision(0.96, 0.9),
    Kind.REFUNDED_ORDERS: Precision(0.99, 0.99),
    Kind.ORDER_BURST: Precision(0.97, 0.97),
    Kind.RING: Precision(0.99, 0.99),
}


@dataclass(frozen=True, slots=True)
class Flags:
    """One row a flag, by creator and kind. `q_value` is the false discovery rate at which the creator would still be flagged."""

    creator: Texts
    kind: Texts
    observed: Floats
    expected: Floats
    p_value: Floats
    q_value: Floats
    precision: Floats
    evidence: tuple[tuple[str, ...], ...]

    def __len__(self) -> int:
        """Return how many flags there are."""
        return len(self.creator)


def flags(market: Market, facts: Columns) -> Flags:
    """Return the flags of a market, whose facts bring what was solved; none changes any score."""
    listed = np.isin(np.arange(len(market.creators.id)), market.past_posts.creator[~market.past_posts.selected])
    rows = [row for kind, of in suspicions(market, selling_of(market, facts)).items() for row in _rows(market, kind, of, listed)]
    rows.sort(key=lambda row: (row[0], row[1]))
    columns = list(zip(*rows, strict=True)) if rows else [()] * 8
    creator, kind = (np.array(column, dtype=np.str_) for column in columns[:2])
    return Flags(creator, kind, *(np.array(column, dtype=np.float64) for column in columns[2:7]), evidence=tuple(columns[7]))


def suspicions(market: Market, selling: Selling) -> dict[Kind, Suspicion]:
    """Return how improbable each creator looks, by each detector."""
    alone = {
        Kind.INFLATED_VIEWS: inflated_views(market, selling),
        Kind.REFUNDED_ORDERS: refunded_orders(market),
        Kind.ORDER_BURST: ordered_at_once(market),
    }
    return {**alone, Kind.RING: in_rings(market, [alone[each].p for each in (Kind.INFLATED_VIEWS, Kind.REFUNDED_ORDERS)])}


def selling_of(market: Market, facts: Columns) -> Selling:
    """Return orders beyond what views and products bring, over everything, of each creator of the market."""
    rows = np.flatnonzero((facts["category"] == EVERYTHING) & (facts["window"] == max(market.period.windows)))
    place = np.searchsorted(market.creators.id, facts["creator"][rows])
    log, variance = (np.full(len(market.creators.id), np.nan) for _ in range(2))
    log[place], variance[place] = facts["selling_log"][rows], facts["selling_var"][rows]
    return Selling(log, variance)


def _rows(market: Market, kind: Kind, of: Suspicion, listed: Bools) -> list[tuple[object, ...]]:
    q = adjusted(of.p)
    return [
        (
            str(market.creators.id[who]),
            kind.value,
            float(of.observed[who]),
            float(of.expected[who]),
            float(of.p[who]),
            float(q[who]),
            MEASURED_PRECISION[kind].listed if listed[who] else MEASURED_PRECISION[kind].selected,
            tuple(of.evidence(int(who))),
        )
        for who in np.flatnonzero(np.nan_to_num(q, nan=1.0) <= FALSE_DISCOVERY_RATE)
    ]

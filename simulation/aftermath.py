"""What becomes of orders: cancelled, delivered, refunded in whole or part, settled, each known from its own time on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from simulation.calendar import DAY, HOUR
from simulation.chance import Flags, Floats, Ints, stream
from simulation.orders import Lines, Slots
from simulation.parameters import CANCELLED, DELIVERY_DAYS, REFUND_DAYS, SETTLE_DAYS
from simulation.setting import Setting

STATUSES: Final = ("PLACED", "SETTLED", "REFUNDED", "NO_SALE")
RAW: Final = ("PROCESSING", "COMPLETED", "DEDUCTED", "CANCELLED")
PLACED, SETTLED, REFUNDED, NO_SALE = range(4)
STEPS: Final = 3


@dataclass(frozen=True, slots=True)
class Histories:
    """Three steps a line (shape lines × 3): when each was seen (infinite where it never came), and what it said."""

    seen_at: Floats
    status: Ints
    refunded: Ints
    delivered_at: Floats

    def known(self, until: int | Ints) -> tuple[Ints, Ints, Ints]:
        """Return how many steps of each line were seen before `until` (one time, or one a line), its status then and its units refunded."""
        steps = np.maximum((self.seen_at < np.reshape(until, (-1, 1))).sum(axis=1), 1)
        last = (np.arange(len(steps)), steps - 1)
        return steps, self.status[last], self.refunded[last]


def histories(on: Setting, made: Slots, lines: Lines, seller: Ints) -> Histories:
    """Return the history of each line; an order is delivered, settled or cancelled as one, and refunded line by line.

    `seller` is the creator of each line.
    """
    rng, count = stream(on.seed, "aftermath"), len(lines)
    at, delivered, ended, dropped = _by_order(rng, lines)
    settled = delivered + SETTLE_DAYS * DAY
    cancelled = ~lines.own & dropped
    share = np.where(lines.own, on.cheats.of("refunded", seller), on.goods.products.refund[made.product[lines.slot]])
    refunds = ~cancelled & (rng.random(count) < share)
    part = refunds & (lines.quantity > 1) & (rng.random(count) < 0.5)
    units = np.where(part, 1 + np.floor(rng.random(count) * (lines.quantity - 1)).astype(np.int64), lines.quantity)
    back = np.floor(delivered + (0.5 + rng.exponential(REFUND_DAYS, count)) * DAY)
    late = refunds & (back >= settled)
    early, infinite = refunds & ~late, np.full(count, np.inf)
    second = np.where(cancelled, ended, np.where(early, back, settled))
    third = np.where(late, back, np.where(early & part, settled, infinite))
    second_status = np.select([cancelled, early & ~part, early], [NO_SALE, REFUNDED, PLACED], SETTLED)
    third_status = np.where(late & ~part, REFUNDED, SETTLED)
    none = np.zeros(count, dtype=np.int64)
    refunded = np.stack([none, np.where(early, units, 0), np.where(refunds, units, 0)], axis=1)
    status = np.stack([none, second_status, third_status], axis=1)
    return Histories(np.stack([at, second, third], axis=1), status, refunded, np.where(cancelled, np.inf, delivered))


def _by_order(rng: np.random.Generator, lines: Lines) -> tuple[Floats, Floats, Floats, Flags]:
    """Return for each line when its order was placed, delivered and (if it was) cancelled, and whether it was."""
    orders = int(lines.order.max(initial=-1)) + 1
    at = lines.at.astype(np.float64)
    way = (1.0 + rng.gamma(2.0, (DELIVERY_DAYS - 1.0) / 2, orders)) * DAY
    regret = (2 + rng.exponential(16, orders)) * HOUR
    dropped = rng.random(orders) < CANCELLED
    return at, np.floor(at + way[lines.order]), np.floor(at + regret[lines.order]), dropped[lines.order]

"""What was known of creators at a date, as columns that a forecast stands on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from scoring.ability.table import Bools, Floats, Ints, totals

DAYS: Final = 28.0
RECENT: Final = 28.0
LONG: Final = 120.0
FLOOR: Final = 0.01


@dataclass(frozen=True, slots=True)
class History:
    """One row a creator: net sales expected and past, each over 28 days, in USD; and posts of the last report, NaN where there is none.

    `recent` and `long` weigh past sales by exp(-age/28 d) and exp(-age/120 d).
    """

    flow: Floats
    recent: Floats
    long: Floats
    posts: Floats

    @staticmethod
    def of(flow: Floats, creator: Ints, age: Floats, net: Floats, posts: Floats) -> History:
        """Make the columns from sales (`creator`, `age` in days before the date, `net` in USD) and from a flow over 28 days."""
        recent, long = (totals(creator, net * np.exp(-age / days) * (DAYS / days), len(flow)) for days in (RECENT, LONG))
        return History(np.asarray(flow, dtype=np.float64), recent, long, np.asarray(posts, dtype=np.float64))

    @property
    def known(self) -> Bools:
        """Whether anything was sold or is expected."""
        return (self.flow > 0) | (self.recent > 0) | (self.long > 0)

    def columns(self) -> Floats:
        """Return what the forecast is linear in, shape (creators, 7); logs have a floor of a hundredth of the three sums together."""
        floor = FLOOR * (self.flow + self.recent + self.long) + FLOOR
        unknown = np.isnan(self.posts)
        posts = np.where(unknown, 0.0, self.posts)
        logs = [np.log(value + floor) for value in (self.flow, self.recent, self.long)]
        return np.column_stack([np.ones(len(floor)), *logs, (posts == 0) & ~unknown, unknown, np.log1p(posts)]).astype(np.float64)

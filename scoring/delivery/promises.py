"""Promises of content in order of time: when each was made, whether it was kept, and when that was clear."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from scoring.facts.arrays import ABSENT, Bools, Floats, Ints
from scoring.facts.events.deals import Deals, first_known
from scoring.facts.period import DAY
from scoring.facts.promises import met_by_sample

EXTENSION: Final = 7 * DAY
"""Content for a sample counts until a week after it was due."""
WHOLE: Final = 28 * DAY
"""Where no day is known on which a sample arrived or was due: days from its approval until it is clear what came of it."""


@dataclass(frozen=True, slots=True)
class Promises:
    """Invitations and samples taken up, one entry each, in the order of the market's deals.

    `clear` is when the time for it was over, NaN while it is not: kept ones count no sooner than broken ones, or a recent record would look
    too good. `ended` is when content came, else `clear`; `late` are days after it was due, NaN where unknown.
    `over` is when the whole time of a sample had passed, NaN where it has not: only of samples over by some day are the kept and the
    broken as likely to be known then.
    """

    creator: Ints
    brand: Ints
    sample: Bools
    start: Floats
    clear: Floats
    ended: Floats
    kept: Bools
    late: Floats
    over: Floats

    def where(self, chosen: Bools) -> Promises:
        """Return the chosen ones."""
        return Promises(*(getattr(self, name)[chosen] for name in self.__slots__))


def promises(deals: Deals, *, as_of: int) -> Promises:
    """Return the promises known by `as_of`; what a brand withdrew is none, and an invitation that a sample meets is one with it."""
    sample = deals.kind == "SAMPLE"
    start = np.where(sample, first_known(deals.approved, deals.decide_by, deals.taken_up), deals.taken_up)
    deadline = first_known(deals.due, np.where(sample, np.nan, deals.ends)) + np.where(sample, EXTENSION, 0)
    arrived = first_known(deals.delivered, np.where(deals.done, deals.status_since, np.nan))
    kept = deals.done & ~(first_known(deals.delivered, start) > deadline)
    last = first_known(deadline, np.where(sample, start + WHOLE, np.nan))
    failed = np.where(np.isin(deals.status, ("FAILED", "EXPIRED")), first_known(last, deals.status_since), np.nan)
    broken = first_known(np.where(deadline <= as_of, deadline, np.nan), failed)
    clear = np.where(kept, first_known(last, arrived, start), broken)
    clear = np.where(clear <= as_of, clear, np.nan)
    promised = deals.accepted & (deals.kind != "OPEN") & (deals.done | (deals.status != "CANCELLED")) & ~met_by_sample(deals)
    everything = Promises(
        creator=deals.creator,
        brand=deals.brand,
        sample=sample,
        start=np.fmin(start, np.fmin(arrived, clear)),
        clear=clear,
        ended=np.where(kept, first_known(arrived, clear), clear),
        kept=kept,
        late=np.where(kept, (deals.delivered - deals.due) / DAY, np.nan),
        over=np.where(sample & ~np.isnan(clear) & ~np.isnan(start) & (last <= as_of), last, np.nan),
    )
    return everything.where(promised)


def pairs(creator: Ints, brand: Ints, brands: int) -> Ints:
    """Return one number for each creator and brand, −1 where the brand is unknown."""
    return np.where(brand == ABSENT, ABSENT, creator * brands + brand)

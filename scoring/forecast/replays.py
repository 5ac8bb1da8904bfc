"""Earlier dates looked at again within a run: what would have been known then, and what came."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from scoring.facts import Market
from scoring.facts.arrays import Floats, sums
from scoring.facts.sold import sold
from scoring.forecast.groups import came
from scoring.forecast.history import DAY, DAYS, History, history
from scoring.forecast.rewind import first_event, rewound
from scoring.solved.selling import Selling, selling

KINDS: Final = ("brand", "category")
DATES: Final = 2
"""So many dates, 28 days apart: each costs one fit of the model of sales."""
BEFORE: Final = 28
"""Days of events that there must be before a date."""


@dataclass(frozen=True, slots=True)
class Replay:
    """A date (Unix seconds), what was known then, the net GMV of the 28 days after (of creators, brands, categories), and how sales lay."""

    at: int
    history: History
    after: Floats
    came: Mapping[str, Floats]
    market: Market
    selling: Selling


def replays(market: Market) -> tuple[Replay, ...]:
    """Return the dates 28 and 56 days before the market's end, the newest first, as far as events reach back."""
    until, first = market.period.until, first_event(market)
    dates = [until - DAYS * DAY * back for back in range(DATES, 0, -1)]
    made: list[Replay] = []
    for at in dates:
        if at - first >= BEFORE * DAY:
            # begun at the date before, never at a later one: nothing of what comes later can be in it
            made.append(_replay(market, at, made[-1].selling if made else None))
    return tuple(reversed(made))


def _replay(market: Market, at: int, start: Selling | None) -> Replay:
    then = rewound(market, at)
    found = selling(then, start=start)
    return Replay(at, history(then, found), after(market, at), {kind: came(market, at, kind) for kind in KINDS}, then, found)


def after(market: Market, at: int) -> Floats:
    """Return each creator's net GMV of the 28 days from `at`, as known now."""
    creator, times, net, _ = sold(market)
    within = (times >= at) & (times < at + DAYS * DAY)
    return np.maximum(sums(creator[within], net[within], len(market.creators.id)), 0.0)

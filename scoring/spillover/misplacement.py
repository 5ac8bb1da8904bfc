"""Which showing led to each order: expectation–maximisation of a distributed-lag Poisson model whose credits may be misplaced.

Every showing of a product adds to its orders a rate of its own that fades by the days since (`lag`, learnt, videos and live streams
apart). An order is credited to the showing that led to it, or to the next one of the product, or to the last one before the order;
how often is learnt with all the rest. Where credits follow the lags, nothing is taken from anybody.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any, Final

import numpy as np

from scoring.facts.arrays import Floats, Ints, sums
from scoring.facts.period import DAY
from scoring.spillover.rates import Rates
from scoring.spillover.showings import Candidates, Showings

EDGES: Final = np.array([0, 0.125, 0.25, 0.5, 1, 1.5, 2, 3, 4, 6, 8, 11, 14, 21, 28, np.inf])
"""Days that bound the steps of the lag; the last step is for orders that came later still."""
WIDTH: Final = np.diff(np.append(EDGES[:-1], 56.0))
PASSES: Final = 100
CLOSE: Final = 1e-6
FIRST: Final = (0.1, 0.05)
LEAST: Final = 1e-9


@dataclass(frozen=True, slots=True)
class Misplacement:
    """What all orders share: shares of those with a later showing that are credited to the next, or to the last, showing.

    `video` and `live` are the rates by which orders come, a day, in the steps that `EDGES` bounds; `orders` taught it.
    """

    next: float
    last: float
    video: tuple[float, ...]
    live: tuple[float, ...]
    orders: int

    def to_json(self) -> str:
        """Return all of it as JSON."""
        return json.dumps(asdict(self))

    @staticmethod
    def from_json(text: str) -> Misplacement:
        """Return what `to_json` wrote."""
        told = json.loads(text)
        return Misplacement(told["next"], told["last"], tuple(told["video"]), tuple(told["live"]), told["orders"])


def misplacement(shown: Showings, among: Candidates, *, span: tuple[int, int]) -> tuple[Misplacement, Floats]:
    """Return what was learnt, and the probability of each candidate to have led to its order.

    All orders of the `span` of time are there.
    """
    share = (among.apart == 0).astype(np.float64)
    rates, moved = Rates.even(shown), FIRST
    step = np.searchsorted(EDGES, among.lag, side="right") - 1 + len(WIDTH) * shown.live[among.showing]
    fading = _fading(step, share)
    for _ in range(PASSES):
        orders = sums(among.showing, share, len(shown.at))
        seen = _seen(shown, fading, span)
        rates = rates.learnt(shown, orders, seen)
        weight = rates.posterior(shown, orders, seen)[among.showing] * fading[step] * _credit(among, *moved)
        share = weight / np.maximum(sums(among.order, weight, len(among.credited)), LEAST)[among.order]
        fading, before, moved = _fading(step, share), moved, _moved(among, share, *moved)
        if abs(moved[0] - before[0]) + abs(moved[1] - before[1]) < CLOSE:
            break
    video, live = fading.reshape(2, -1).tolist()
    return Misplacement(*moved, tuple(video), tuple(live), len(among.credited)), share


def _credit(among: Candidates, following: float, last: float) -> Floats:
    """Return the probability that the order is credited where it is, if a candidate led to it."""
    own = np.where(among.later > 0, 1 - following - last, 1.0)
    return np.where(among.apart == 0, own, following * (among.apart == 1) + last * among.final)


def _moved(among: Candidates, share: Floats, following: float, last: float) -> tuple[float, float]:
    """Return which shares of the orders with a later showing were credited to the next, and to the last."""
    to_next, to_last = following * (among.apart == 1), last * among.final
    part = np.divide(to_next, to_next + to_last, out=np.zeros(share.shape), where=to_next + to_last > 0)
    away = share * (among.apart > 0)
    could = max(float((share * (among.later > 0)).sum()), LEAST)
    return max(float((away * part).sum()) / could, LEAST), max(float((away * (1 - part)).sum()) / could, LEAST)


def _seen(shown: Showings, fading: Floats, span: tuple[int, int]) -> Floats:
    """Return which part of the orders of each showing falls into the span."""
    ends = np.append(EDGES[:-1], EDGES[-2] + WIDTH[-1])
    sums_ = np.concatenate([np.zeros((2, 1)), np.cumsum(fading.reshape(2, -1) * WIDTH, axis=1)], axis=1)
    from_, until = (np.clip((edge - shown.at) / DAY, 0.0, ends[-1]) for edge in span)
    interpolated: Any = np.interp
    video, live = (np.asarray(interpolated(until, ends, each) - interpolated(from_, ends, each), dtype=np.float64) for each in sums_)
    return np.where(shown.live, live, video)


def _fading(step: Ints, share: Floats) -> Floats:
    """Return the rate a day of each step, videos first, live streams after; half an order in each keeps it above 0."""
    counts = (sums(step, share, 2 * len(WIDTH)) + 0.5).reshape(2, -1)
    return np.asarray(counts / counts.sum(axis=1, keepdims=True) / WIDTH).ravel()

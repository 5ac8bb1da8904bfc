"""`Creator.spillover` and `ScoringRun.spilloverModel`: orders that posts led to, whoever was credited."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from api.features.spillover.model import TABLE
from api.graphql.execution.field_context import Asking
from api.graphql.execution.predictions import explained, reader_of
from scoring.spillover import EDGES, REASONS, Misplacement

PLACES: Final = 2
"""Of decimals: finer ratios of small numbers would tell the numbers, which are exact sales."""


@dataclass(frozen=True, slots=True)
class Spillover:
    """Lift with its interval, or why there is none."""

    lift: float | None
    low: float | None
    high: float | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class OrderLag:
    """How fast orders come some days after a post."""

    from_days: float
    to_days: float | None
    video: float
    live: float


@dataclass(frozen=True, slots=True)
class SpilloverModel:
    """What all orders of a run share."""

    orders: int
    credited_to_next: float
    credited_to_last: float
    lags: list[OrderLag]


async def spillover(asking: Asking) -> Spillover | None:
    """Return a creator's lift; None where the run could learn nothing, or it may not be explained."""
    run = await explained(asking)
    row = None if run is None or asking.own_id is None else await reader_of(asking).row(run, TABLE, asking.own_id)
    if row is None:
        return None
    lift, low, high = (None if np.isnan(each) else round(float(each), PLACES) for each in row[:3])
    return Spillover(lift, low, high, REASONS[int(row[3])] or None)


async def spillover_model(asking: Asking) -> SpilloverModel | None:
    """Return what a run learnt of all orders; None where those that could be another's were too few."""
    assert asking.own_id is not None, "the field belongs to a run"
    text = await reader_of(asking).learnt(asking.own_id, TABLE)
    if text is None:
        return None
    learnt = Misplacement.from_json(text)
    steps = zip(pairwise(EDGES.tolist()), learnt.video, learnt.live, strict=True)
    lags = [OrderLag(start, None if np.isinf(end) else end, video, live) for (start, end), video, live in steps]
    return SpilloverModel(learnt.orders, learnt.next, learnt.last, lags)

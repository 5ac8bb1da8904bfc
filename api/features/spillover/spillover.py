"""`Creator.spillover` and `ScoringRun.spilloverModel`: orders that posts led to, whoever was credited."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

import numpy as np

from api.features.spillover.types import OrderLag, Spillover, SpilloverModel, SpilloverReason
from api.graphql.execution.field_context import FieldContext
from api.graphql.execution.scorecards import explained, reader_of
from api.runs.predictions import SPILLOVER
from scoring.spillover import EDGES, REASONS, Misplacement

PLACES: Final = 2
"""Of decimals: finer ratios of small numbers would tell the numbers, which are exact sales."""


async def spillover(context: FieldContext) -> Spillover | None:
    """Return a creator's lift; None where the run could learn nothing, or it may not be explained."""
    run = await explained(context)
    row = None if run is None or context.own_id is None else await reader_of(context).row(run, SPILLOVER, context.own_id)
    if row is None:
        return None
    lift, low, high = (None if np.isnan(each) else round(float(each), PLACES) for each in row[:3])
    return Spillover(lift=lift, low=low, high=high, reason=SpilloverReason[reason] if (reason := REASONS[int(row[3])]) else None)


async def spillover_model(context: FieldContext) -> SpilloverModel | None:
    """Return what a run learnt of all orders; None where those that could be another's were too few."""
    assert context.own_id is not None, "the field belongs to a run"
    text = await reader_of(context).learnt(context.own_id, SPILLOVER)
    if text is None:
        return None
    learnt = Misplacement.from_json(text)
    steps = zip(pairwise(EDGES.tolist()), learnt.video, learnt.live, strict=True)
    lags = [
        OrderLag(from_days=start, to_days=None if np.isinf(end) else end, video=video, live=live) for (start, end), video, live in steps
    ]
    return SpilloverModel(orders=learnt.orders, credited_to_next=learnt.next, credited_to_last=learnt.last, lags=lags)

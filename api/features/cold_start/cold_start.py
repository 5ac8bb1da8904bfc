"""`Creator.coldStart` and `ScoringRun.coldStartModel`: what creators may sell through whom nothing was sold yet."""

from __future__ import annotations

from api.features.cold_start.types import ColdStart, ColdStartBasis, ColdStartModel
from api.graphql.execution.field_context import FieldContext
from api.graphql.execution.scorecards import explained, reader_of
from api.runs.predictions import COLD_START
from scoring.coldstart import Gain


async def cold_start(context: FieldContext) -> ColdStart | None:
    """Return what is expected of a creator; None where something was sold, nothing could be learnt, or it may not be explained."""
    run = await explained(context)
    if run is None or context.own_id is None:
        return None
    reader = reader_of(context)
    row, text = await reader.row(run, COLD_START, context.own_id), await reader.learnt(run, COLD_START)
    if row is None or text is None:
        return None
    gain = Gain.from_json(text)
    return ColdStart(
        expected_usd=float(row[0]),
        low_usd=float(row[1]),
        high_usd=float(row[2]),
        basis=ColdStartBasis[gain.basis],
        gain=gain.share,
        newcomers=gain.newcomers,
    )


async def cold_start_model(context: FieldContext) -> ColdStartModel | None:
    """Return what a run measured; None where newcomers were too few."""
    assert context.own_id is not None, "the field belongs to a run"
    text = await reader_of(context).learnt(context.own_id, COLD_START)
    if text is None:
        return None
    gain = Gain.from_json(text)
    return ColdStartModel(
        basis=ColdStartBasis[gain.basis],
        newcomers=gain.newcomers,
        error=gain.error,
        group_mean_error=gain.mean_error,
        gain=gain.share,
        replayed_ratio=gain.ratio,
    )

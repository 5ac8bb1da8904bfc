"""`Creator.coldStart` and `ScoringRun.coldStartModel`: what creators may sell through whom nothing was sold yet."""

from __future__ import annotations

from dataclasses import dataclass

from api.features.cold_start.model import TABLE
from api.graphql.execution.field_context import Asking
from api.graphql.execution.predictions import explained, reader_of
from scoring.coldstart import Gain


@dataclass(frozen=True, slots=True)
class ColdStart:
    """USD in 28 days, and what the figure is worth."""

    expected_usd: float
    low_usd: float
    high_usd: float
    basis: str
    gain: float
    newcomers: int


@dataclass(frozen=True, slots=True)
class ColdStartModel:
    """How what is expected of newcomers did on those held back."""

    basis: str
    newcomers: int
    error: float
    group_mean_error: float
    gain: float
    replayed_ratio: float


async def cold_start(asking: Asking) -> ColdStart | None:
    """Return what is expected of a creator; None where something was sold, nothing could be learnt, or it may not be explained."""
    run = await explained(asking)
    if run is None or asking.own_id is None:
        return None
    reader = reader_of(asking)
    row, text = await reader.row(run, TABLE, asking.own_id), await reader.learnt(run, TABLE)
    if row is None or text is None:
        return None
    gain = Gain.from_json(text)
    return ColdStart(float(row[0]), float(row[1]), float(row[2]), gain.basis, gain.share, gain.newcomers)


async def cold_start_model(asking: Asking) -> ColdStartModel | None:
    """Return what a run measured; None where newcomers were too few."""
    assert asking.own_id is not None, "the field belongs to a run"
    text = await reader_of(asking).learnt(asking.own_id, TABLE)
    if text is None:
        return None
    gain = Gain.from_json(text)
    return ColdStartModel(gain.basis, gain.newcomers, gain.error, gain.mean_error, gain.share, gain.ratio)

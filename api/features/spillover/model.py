"""Lift around posts as it is stored with a run."""

from __future__ import annotations

from typing import Final

import numpy as np

from graph.runs import Predictions
from scoring.facts import Market
from scoring.spillover import Spillover

TABLE: Final = "spillover"


def spillover_predictions(market: Market, found: Spillover | None) -> list[Predictions]:
    """Return lift, interval and reason of each creator, never how many orders; no table where too few orders could be another's."""
    if found is None:
        return []
    rows = np.column_stack((found.lift, found.low, found.high, found.reason.astype(np.float64)))
    return [Predictions(TABLE, market.creators.id.tolist(), rows, found.learnt.to_json())]

"""What is expected of creators who have sold nothing, as it is stored with a run."""

from __future__ import annotations

from typing import Final

import numpy as np

from graph.runs import Predictions
from scoring.coldstart import ColdStart
from scoring.facts import Market

TABLE: Final = "cold-start"


def cold_start_predictions(market: Market, found: ColdStart | None) -> list[Predictions]:
    """Return the value and its interval of each who has sold nothing; no table where nothing could be learnt."""
    if found is None:
        return []
    cold = np.flatnonzero(~np.isnan(found.expected.value))
    columns = (found.expected.value, found.expected.low, found.expected.high)
    return [Predictions(TABLE, market.creators.id[cold].tolist(), np.column_stack(columns)[cold], found.gain.to_json())]

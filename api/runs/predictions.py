"""What a run expects of creators: made from the market at scoring, read back where it is asked for."""

from __future__ import annotations

from api.features.cold_start.model import cold_start_predictions
from api.features.delivery.model import delivery_predictions
from api.features.spillover.model import spillover_predictions
from graph.runs import Predictions
from scoring.coldstart import cold_start
from scoring.delivery import delivery
from scoring.facts import Market
from scoring.spillover import spillover

__all__ = ["predictions"]


def predictions(market: Market) -> list[Predictions]:
    """Return all that is stored with a run beside its scores. Nothing here touches the graph."""
    return [
        *delivery_predictions(market, delivery(market)),
        *cold_start_predictions(market, cold_start(market)),
        *spillover_predictions(market, spillover(market)),
    ]

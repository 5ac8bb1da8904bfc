"""What a run expects of creators: made from the market at scoring, read back where it is asked for."""

from __future__ import annotations

from typing import Final

import numpy as np

from graph.runs import Predictions
from scoring.coldstart import ColdStart, cold_start
from scoring.delivery import Delivery, delivery
from scoring.facts import Market
from scoring.spillover import Spillover, spillover

CREATORS: Final = "delivery"
TIES: Final = "delivery-ties"
BESIDE: Final = 3
"""Columns before the covariates: both shapes of the beta posterior, and how many promises it stands on."""


def tie_key(creator: str, brand: str) -> str:
    """Return the key of a creator and a brand; no id holds a line break."""
    return f"{creator}\n{brand}"


def delivery_predictions(market: Market, found: Delivery | None) -> list[Predictions]:
    """Return what is stored of delivery; nothing where nothing could be learnt."""
    if found is None:
        return []
    people, brands = market.creators.id.tolist(), market.catalogue.brand.tolist()
    rows = np.column_stack((found.kept, found.broken, found.clear, found.columns))
    keys = [tie_key(people[creator], brands[brand]) for creator, brand in zip(found.tie_creator, found.tie_brand, strict=True)]
    order = sorted(range(len(keys)), key=keys.__getitem__)
    return [
        Predictions(CREATORS, people, rows, found.model.to_json()),
        Predictions(TIES, [keys[at] for at in order], found.tie_column[order][:, None], "{}"),
    ]


SPILLOVER: Final = "spillover"


def spillover_predictions(market: Market, found: Spillover | None) -> list[Predictions]:
    """Return lift, interval and reason of each creator, never how many orders; no table where too few orders could be another's."""
    if found is None:
        return []
    rows = np.column_stack((found.lift, found.low, found.high, found.reason.astype(np.float64)))
    return [Predictions(SPILLOVER, market.creators.id.tolist(), rows, found.learnt.to_json())]


COLD_START: Final = "cold-start"


def cold_start_predictions(market: Market, found: ColdStart | None) -> list[Predictions]:
    """Return the value and its interval of each who has sold nothing; no table where nothing could be learnt."""
    if found is None:
        return []
    cold = np.flatnonzero(~np.isnan(found.expected.value))
    columns = (found.expected.value, found.expected.low, found.expected.high)
    return [Predictions(COLD_START, market.creators.id[cold].tolist(), np.column_stack(columns)[cold], found.gain.to_json())]


def predictions(market: Market) -> list[Predictions]:
    """Return all that is stored with a run beside its scores. Nothing here touches the graph."""
    return [
        *delivery_predictions(market, delivery(market)),
        *cold_start_predictions(market, cold_start(market)),
        *spillover_predictions(market, spillover(market)),
    ]

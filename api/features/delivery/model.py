"""Delivery as it is stored with a run: a row for each creator, and one for each creator and brand with promises behind them."""

from __future__ import annotations

from typing import Final

import numpy as np

from graph.runs import Predictions
from scoring.delivery import Delivery
from scoring.facts import Market

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

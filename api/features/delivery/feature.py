"""Whether content comes for a sample."""

from __future__ import annotations

from typing import Final

from api.features.delivery.delivery import delivery_model, delivery_probability
from api.features.delivery.examples import EXAMPLES
from api.features.feature import Feature

FEATURE: Final = Feature(
    fields={
        ("Creator", "deliveryProbability"): delivery_probability,
        ("ScoringRun", "deliveryModel"): delivery_model,
    },
    costs={"deliveryProbability": 10, "deliveryModel": 5},
    examples=EXAMPLES,
)

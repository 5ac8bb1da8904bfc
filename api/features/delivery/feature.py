"""Whether content comes for a sample."""

from __future__ import annotations

from typing import Final

from api.features.delivery.delivery import delivery_model, delivery_probability
from api.features.example import Example, Examples
from api.features.feature import Feature

DELIVERY: Final = Example(
    "Who posts for a sample, and why",
    """
query Delivery {
  ranking(by: COOPERATION, first: 5) {
    nodes {
      handle
      deliveryProbability { probability low high basis promises samples baseLogOdds reasons { name text logOdds } }
    }
  }
}
""",
)

RELIABILITY: Final = Example(
    "How reliable the probabilities of delivery are",
    """
query Reliability {
  scoringRuns(first: 1) {
    nodes {
      asOf
      deliveryModel {
        basis samples share replayed brier groupMeanBrier
        reliability { low high said came samples }
        weights { name text slope centre }
      }
    }
  }
}
""",
)

EXAMPLES: Final[Examples] = {
    "analyst": (
        DELIVERY,
        RELIABILITY,
    ),
    "brand": (DELIVERY,),
    "partner": (DELIVERY,),
}


FEATURE: Final = Feature(
    fields={
        ("Creator", "deliveryProbability"): delivery_probability,
        ("ScoringRun", "deliveryModel"): delivery_model,
    },
    lasting=True,
    costs={"deliveryProbability": 10, "deliveryModel": 5},
    examples=EXAMPLES,
)

"""What is expected of creators, why, and how far to believe it."""

from __future__ import annotations

from typing import Final

from api.pages.examples.example import Example

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

NEWCOMERS: Final = Example(
    "Expected sales of creators without sales so far",
    """
query Newcomers {
  ranking(by: CONTENT_VOLUME, first: 20) {
    nodes { handle followerCount coldStart { expectedUsd lowUsd highUsd basis gain newcomers } }
  }
  scoringRuns(first: 1) {
    nodes { coldStartModel { basis newcomers error groupMeanError gain replayedRatio } }
  }
}
""",
)

LIFT: Final = Example(
    "Whose posts lead to more orders than are credited to them",
    """
query Lift {
  ranking(by: SALES_ABILITY, first: 20) {
    nodes { handle salesAbility { value } spillover { lift low high reason } }
  }
  scoringRuns(first: 1) {
    nodes { spilloverModel { orders creditedToNext creditedToLast lags { fromDays toDays video live } } }
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

EXAMPLES: Final[dict[str, tuple[Example, ...]]] = {
    "analyst": (DELIVERY, RELIABILITY, NEWCOMERS, LIFT),
    "brand": (DELIVERY,),
    "partner": (DELIVERY,),
}
"""By role."""

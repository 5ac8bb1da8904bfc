"""Creators side by side."""

from __future__ import annotations

from typing import Final

from api.features.comparison.comparison import compare
from api.features.comparison.types import Query
from api.features.example import TWO_CREATORS, Example, Examples
from api.features.feature import Feature

COMPARISON: Final = Example(
    "Creators side by side, and which differences exceed their intervals",
    """
query Comparison($creators: [ID!]!) {
  compare(creators: $creators) {
    creators { id handle followerCount }
    missing
    indicators {
      indicator
      best { handle }
      scores { creator { handle } value low high reason }
      differences { ahead { handle } behind { handle } points distinct }
    }
  }
}
""",
    TWO_CREATORS,
)

EXAMPLES: Final[Examples] = {
    "analyst": (COMPARISON,),
    "partner": (COMPARISON,),
    "brand": (COMPARISON,),
}


FEATURE: Final = Feature(
    fields={
        ("Query", "compare"): compare,
    },
    lasting=True,
    sizes={  # of four creators
        ("Comparison", "indicators"): 9,
        ("ComparedIndicator", "scores"): 4,
        ("ComparedIndicator", "differences"): 6,
    },
    examples=EXAMPLES,
    query=Query,
)

"""Creators who fit a brief."""

from __future__ import annotations

from typing import Final

from api.features.example import Example, Examples
from api.features.feature import Feature
from api.features.recommendations.recommendations import recommendations
from api.features.recommendations.types import Query

RECOMMENDATIONS: Final = Example(
    "Recommended creators for a brief, and which rules exclude the most",
    """
query Recommendations($brief: BriefInput!) {
  recommendations(brief: $brief, first: 5) {
    considered
    eligible
    candidates {
      creator { id handle region followerCount }
      score
      low
      high
      expectedReach { low median high }
      usualCommission { low high basis }
      expectedCost { low high currency }
      reasonsFor { text points }
      reasonsAgainst { text points }
    }
    excluded { rule count alone }
    matched { category { name } matches }
    formula { text criteria { name weight meaning } }
  }
}
""",
    {
        "brief": {
            "goal": "SALES",
            "search": "lip gloss",
            "followers": {"min": 1_000},
            "budget": {"amount": 200, "currency": "USD"},
            "audience": [{"dimension": "GENDER", "bucket": "FEMALE", "share": 0.7}],
        }
    },
)

EXAMPLES: Final[Examples] = {
    "admin": (RECOMMENDATIONS,),
    "analyst": (RECOMMENDATIONS,),
    "partner": (RECOMMENDATIONS,),
    "brand": (RECOMMENDATIONS,),
}


FEATURE: Final = Feature(
    fields={
        ("Query", "recommendations"): recommendations,
    },
    lasting=True,
    costs={"recommendations": 500},
    examples=EXAMPLES,
    query=Query,
)

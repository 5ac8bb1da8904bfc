"""Facets of lists of creators, which read plans answer."""

from __future__ import annotations

from typing import Final

from api.features.example import Example, Examples
from api.features.feature import Feature

FACETS: Final = Example(
    "How many creators there are of each kind",
    """
query Facets {
  ranking(by: SALES_ABILITY, first: 5, filter: {followers: {min: 10000}}) {
    totalCount
    facets {
      categories { category name count }
      followers { min max count }
      levels { level count }
    }
    nodes { handle followerCount }
  }
}
""",
)

EXAMPLES: Final[Examples] = {"analyst": (FACETS,), "partner": (FACETS,), "brand": (FACETS,)}

OF_A_PROPERTY: Final = 40
OF_A_CATEGORY: Final = 200

FEATURE: Final = Feature(
    shows_scores=False,
    costs={
        "RegionFacet": OF_A_PROPERTY,
        "FollowerFacet": OF_A_PROPERTY,
        "LanguageFacet": OF_A_PROPERTY,
        "VerifiedFacet": OF_A_PROPERTY,
        "LevelFacet": OF_A_PROPERTY,
        "CategoryFacet": OF_A_CATEGORY,
    },
    examples=EXAMPLES,
)

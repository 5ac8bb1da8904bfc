"""Brands that work with the same creators."""

from __future__ import annotations

from typing import Final

from api.features.competitors.competitors import competitors
from api.features.example import Example, Examples
from api.features.feature import Feature

COMPETITORS: Final = Example(
    "Brands that work with the same creators as yours",
    """
query Competitors {
  viewer {
    brands {
      name
      competitors(first: 5) {
        brand { id name }
        sharedCreators
        overlap
        sharedCategories { name }
      }
    }
  }
}
""",
)

ALL_COMPETITORS: Final = Example(
    "Brands, and the brands that compete with them for creators",
    """
query AllCompetitors {
  brands(first: 5) {
    nodes {
      name
      competitors(first: 3) { brand { name } sharedCreators overlap }
    }
  }
}
""",
)

EXAMPLES: Final[Examples] = {
    "analyst": (ALL_COMPETITORS,),
    "partner": (COMPETITORS,),
    "brand": (COMPETITORS,),
}


FEATURE: Final = Feature(
    fields={
        ("Brand", "competitors"): competitors,
    },
    lasting=True,
    costs={"competitors": 20},
    examples=EXAMPLES,
)

"""Example queries on competitors."""

from __future__ import annotations

from typing import Final

from api.features.example import Example, Examples

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

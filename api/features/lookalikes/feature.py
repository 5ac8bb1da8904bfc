"""Creators and brands that are like others."""

from __future__ import annotations

from typing import Final

from api.features.example import Example, Examples
from api.features.feature import Feature
from api.features.lookalikes.lookalikes import brand_lookalikes, creator_lookalikes, similar_brands

OWN: Final = Example(
    "Creators similar to your own, and why",
    """
query Lookalikes {
  viewer {
    brands {
      name
      lookalikes(first: 10, minFollowers: 1000) {
        similarity
        creator { handle region followerCount overall { value low high } }
        reasons { kind text count examples { name } }
      }
    }
  }
}
""",
)

OF_THE_BEST: Final = Example(
    "Creators similar to the best",
    """
query LikeTheBest($by: Indicator!) {
  ranking(by: $by, first: 3) {
    nodes {
      handle
      region
      lookalikes(first: 5) {
        similarity
        creator { handle region followerCount }
        reasons { kind text count }
      }
    }
  }
}
""",
    {"by": "SALES_ABILITY"},
)

SIMILAR_BRANDS: Final = Example(
    "Brands, and brands similar to them",
    """
query SimilarBrands {
  brands(first: 5) {
    nodes {
      name
      similarBrands(first: 3) { similarity brand { name region } }
    }
  }
}
""",
)

EXAMPLES: Final[Examples] = {
    "admin": (OF_THE_BEST,),
    "analyst": (
        OF_THE_BEST,
        SIMILAR_BRANDS,
    ),
    "partner": (OWN,),
    "brand": (OWN,),
}


FEATURE: Final = Feature(
    fields={
        ("Brand", "lookalikes"): brand_lookalikes,
        ("Brand", "similarBrands"): similar_brands,
        ("Creator", "lookalikes"): creator_lookalikes,
    },
    lasting=True,
    costs={"lookalikes": 20},
    examples=EXAMPLES,
)

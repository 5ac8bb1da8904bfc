"""Paths between nodes."""

from __future__ import annotations

from typing import Final

from api.features.example import Example, Examples
from api.features.feature import Feature
from api.features.paths.paths import path
from api.features.paths.types import Query

BETWEEN: Final = Example(
    "Paths from one category to another",
    """
query Paths($from: ID!, $to: ID!) {
  path(from: $from, to: $to, first: 3, maxDepth: 6) {
    considered
    bounded
    reason
    paths {
      strength
      steps { from { label } to { label } kind text strength }
    }
  }
}
""",
    {"from": "Category:601000", "to": "Category:604000"},
)

TIED: Final = Example(
    "How your brand and a creator are connected (fill in their ids)",
    """
query Tied($brand: ID!, $creator: ID!) {
  path(from: $brand, to: $creator, first: 3) {
    considered
    reason
    paths {
      strength
      steps { from { label } to { label } kind text strength }
    }
  }
}
""",
    {"brand": "Brand:…", "creator": "Creator:…"},
)

EXAMPLES: Final[Examples] = {
    "analyst": (BETWEEN,),
    "partner": (TIED,),
    "brand": (TIED,),
}


FEATURE: Final = Feature(
    fields={
        ("Query", "path"): path,
    },
    lasting=True,
    costs={"path": 200},
    examples=EXAMPLES,
    query=Query,
)

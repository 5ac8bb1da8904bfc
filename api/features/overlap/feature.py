"""What creators have in common."""

from __future__ import annotations

from typing import Final

from api.features.example import TWO_CREATORS, Example, Examples
from api.features.feature import Feature
from api.features.overlap.overlap import overlap
from api.features.overlap.types import Query

OVERLAP: Final = Example(
    "What creators have in common",
    """
query Overlap($creators: [ID!]!) {
  overlap(creators: $creators) {
    missing
    pairs {
      one { handle }
      other { handle }
      sharedBrands { count others brands { name } }
      sharedProducts { count others products { title } }
      coPromotion { days products { count others } brands { count others } }
      audience { age gender location }
    }
  }
}
""",
    TWO_CREATORS,
)

EXAMPLES: Final[Examples] = {
    "analyst": (OVERLAP,),
    "partner": (OVERLAP,),
    "brand": (OVERLAP,),
}


FEATURE: Final = Feature(
    fields={
        ("Query", "overlap"): overlap,
    },
    lasting=True,
    costs={"overlap": 50},
    examples=EXAMPLES,
    query=Query,
)

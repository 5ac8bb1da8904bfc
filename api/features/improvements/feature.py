"""What would raise a score."""

from __future__ import annotations

from typing import Final

from api.features.example import Example, Examples
from api.features.feature import Feature
from api.features.improvements.improvements import improvements

OWN_IMPROVEMENTS: Final = Example(
    "What would raise your scores",
    """
query OwnImprovements {
  viewer {
    creator {
      overall { value low high }
      best: improvements(first: 5) { text gain value low high facts { name before after } }
      withBrands: improvements(by: COOPERATION) { text gain value }
    }
  }
}
""",
)

EXAMPLES: Final[Examples] = {
    "creator": (OWN_IMPROVEMENTS,),
}


FEATURE: Final = Feature(
    fields={
        ("Creator", "improvements"): improvements,
    },
    lasting=True,
    costs={"improvements": 20},
    examples=EXAMPLES,
)

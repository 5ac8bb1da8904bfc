"""Example queries on improvements."""

from __future__ import annotations

from typing import Final

from api.features.example import Example, Examples

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

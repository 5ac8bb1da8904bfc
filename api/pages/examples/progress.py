"""How a score came about: why it changed, what would raise it, how it went."""

from __future__ import annotations

from typing import Final

from api.pages.examples.example import Example

OWN_CHANGE: Final = Example(
    "Why your scores changed",
    """
query OwnChange($by: Indicator!) {
  viewer {
    creator {
      scoreChange(by: $by) {
        since { asOf }
        before
        after
        own
        peers
        formula
        components { name change own peers facts { name before after } }
        events { kind entered left }
      }
    }
  }
}
""",
    {"by": "OVERALL"},
)

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

HISTORY: Final = Example(
    "How the best creators' scores went, week by week",
    """
query History($by: Indicator!) {
  ranking(by: $by, first: 5) {
    nodes {
      handle
      history(by: $by, every: WEEK, last: 26) { asOf value low high formulaChanged }
    }
  }
}
""",
    {"by": "OVERALL"},
)

MOVED: Final = Example(
    "The best creators, and what moved them",
    """
query Moved($by: Indicator!) {
  ranking(by: $by, first: 5) {
    edges {
      rank
      score { value previous }
      node { handle scoreChange(by: $by) { change own peers formula reason components { name change } } }
    }
  }
}
""",
    {"by": "COOPERATION"},
)

EXAMPLES: Final[dict[str, tuple[Example, ...]]] = {
    "analyst": (MOVED, HISTORY),
    "partner": (MOVED,),
    "brand": (HISTORY,),
    "creator": (OWN_CHANGE, OWN_IMPROVEMENTS),
}
"""By role."""

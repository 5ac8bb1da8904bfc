"""Why a score changed since an earlier run."""

from __future__ import annotations

from typing import Final

from api.features.example import Example, Examples
from api.features.feature import Feature
from api.features.score_changes.score_changes import score_change

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
        events { kind entered left points }
        rest
      }
    }
  }
}
""",
    {"by": "OVERALL"},
)

MOVED: Final = Example(
    "The best creators, and what changed their scores",
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

EXAMPLES: Final[Examples] = {
    "analyst": (MOVED,),
    "partner": (MOVED,),
    "creator": (OWN_CHANGE,),
}


FEATURE: Final = Feature(
    fields={
        ("Creator", "scoreChange"): score_change,
    },
    lasting=True,
    costs={"scoreChange": 50},
    examples=EXAMPLES,
)

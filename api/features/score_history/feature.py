"""How a score went."""

from __future__ import annotations

from typing import Final

from api.features.example import Example, Examples
from api.features.feature import Feature
from api.features.score_history.score_history import history

HISTORY: Final = Example(
    "Score history of the best creators, week by week",
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

EXAMPLES: Final[Examples] = {
    "analyst": (HISTORY,),
    "brand": (HISTORY,),
}


FEATURE: Final = Feature(
    fields={
        ("Creator", "history"): history,
    },
    lasting=True,
    costs={"history": 10},
    examples=EXAMPLES,
)

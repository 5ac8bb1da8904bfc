"""Example queries on score history."""

from __future__ import annotations

from typing import Final

from api.features.example import Example, Examples

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

"""Orders that posts led to, whoever was credited."""

from __future__ import annotations

from typing import Final

from api.features.example import Example, Examples
from api.features.feature import Feature
from api.features.spillover.spillover import spillover, spillover_model

LIFT: Final = Example(
    "Whose posts lead to more orders than are credited to them",
    """
query Lift {
  ranking(by: SALES_ABILITY, first: 20) {
    nodes { handle salesAbility { value } spillover { lift low high reason } }
  }
  scoringRuns(first: 1) {
    nodes { spilloverModel { orders creditedToNext creditedToLast lags { fromDays toDays video live } } }
  }
}
""",
)

EXAMPLES: Final[Examples] = {
    "analyst": (LIFT,),
}


FEATURE: Final = Feature(
    fields={
        ("Creator", "spillover"): spillover,
        ("ScoringRun", "spilloverModel"): spillover_model,
    },
    lasting=True,
    costs={"spillover": 10, "spilloverModel": 5},
    examples=EXAMPLES,
)

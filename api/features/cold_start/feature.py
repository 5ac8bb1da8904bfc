"""What newcomers may sell."""

from __future__ import annotations

from typing import Final

from api.features.cold_start.cold_start import cold_start, cold_start_model
from api.features.example import Example, Examples
from api.features.feature import Feature

NEWCOMERS: Final = Example(
    "Expected sales of creators without sales so far",
    """
query Newcomers {
  ranking(by: CONTENT_VOLUME, first: 20) {
    nodes { handle followerCount coldStart { expectedUsd lowUsd highUsd basis gain newcomers } }
  }
  scoringRuns(first: 1) {
    nodes { coldStartModel { basis newcomers error groupMeanError gain replayedRatio } }
  }
}
""",
)

EXAMPLES: Final[Examples] = {
    "analyst": (NEWCOMERS,),
}


FEATURE: Final = Feature(
    fields={
        ("Creator", "coldStart"): cold_start,
        ("ScoringRun", "coldStartModel"): cold_start_model,
    },
    lasting=True,
    costs={"coldStart": 10, "coldStartModel": 5},
    examples=EXAMPLES,
)

"""Example queries on cold start."""

from __future__ import annotations

from typing import Final

from api.features.example import Example, Examples

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

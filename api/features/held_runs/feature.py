"""Scoring runs that wait for an administrator."""

from __future__ import annotations

from typing import Final

from api.features.example import Example, Examples
from api.features.feature import Feature
from api.features.held_runs.mutations import Mutation

RUNS: Final = Example(
    "Whether scoring runs drifted, and how they treat groups of creators",
    """
query Runs {
  scoringRuns(first: 3) {
    nodes {
      asOf
      status
      driftLimit
      drift { kind name index drifted }
      fairness { kind group indicator creators scored mean error width difference differenceError }
    }
  }
}
""",
)

EXAMPLES: Final[Examples] = {
    "analyst": (RUNS,),
}


FEATURE: Final = Feature(
    examples=EXAMPLES,
    mutation=Mutation,
)

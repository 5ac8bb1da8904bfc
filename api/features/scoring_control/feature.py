"""Scoring runs: started, cancelled, published, discarded and taken back by administrators."""

from __future__ import annotations

from typing import Final

from api.features.example import Example, Examples
from api.features.feature import Feature
from api.features.scoring_control.job import scoring_job
from api.features.scoring_control.mutations import Mutation
from api.features.scoring_control.types import Query
from api.graphql.execution.field_context import Computed

RUNS: Final = Example(
    "Whether scoring runs drifted, and how they treat groups of creators",
    """
query Runs {
  scoringRuns(first: 3) {
    nodes {
      asOf
      status
      takenBackAt
      driftLimit
      drift { kind name index drifted }
      fairness { kind group indicator creators scored mean error width difference differenceError }
    }
  }
}
""",
)

JOB: Final = Example(
    "How far scoring is, or how the last run ended (start it by the mutation startScoringRun)",
    """
query ScoringJob {
  scoringJob {
    jobId status phase done total
    startedAt startedBy note asOf
    cancelRequestedAt endedAt error
    run { id status }
  }
}
""",
)

EXAMPLES: Final[Examples] = {"analyst": (RUNS,), "admin": (JOB,)}

FIELDS: Final[dict[tuple[str, str], Computed]] = {("Query", "scoringJob"): scoring_job}

FEATURE: Final = Feature(
    fields=FIELDS,
    shows_scores=False,
    lasting=True,
    fleeting=dict.fromkeys(FIELDS, "a process that scores may be killed, which changes nothing in the graph"),
    costs={"scoringJob": 5},
    query=Query,
    examples=EXAMPLES,
    mutation=Mutation,
)

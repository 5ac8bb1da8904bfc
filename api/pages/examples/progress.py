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
        events { kind entered left points }
        rest
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

OWN_EVENTS: Final = Example(
    "Which of your posts, collaborations, reports and sales affected your scores most",
    """
query OwnEvents($by: Indicator!) {
  viewer {
    creator {
      scoreEvents(by: $by, first: 10) {
        events {
          kind
          at
          points
          node {
            __typename
            ... on Content { title publishedAt }
            ... on Collaboration { kind status brand { name } }
            ... on Report { at days }
            ... on Product { title }
          }
        }
        others
        hidden
      }
    }
  }
}
""",
    {"by": "OVERALL"},
)

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

EXAMPLES: Final[dict[str, tuple[Example, ...]]] = {
    "analyst": (MOVED, HISTORY, RUNS),
    "partner": (MOVED,),
    "brand": (HISTORY,),
    "creator": (OWN_CHANGE, OWN_EVENTS, OWN_IMPROVEMENTS),
}
"""By role."""

"""The events that moved a score."""

from __future__ import annotations

from typing import Final

from api.features.example import Example, Examples
from api.features.feature import Feature
from api.features.score_events.score_events import score_events

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

EXAMPLES: Final[Examples] = {
    "creator": (OWN_EVENTS,),
}


FEATURE: Final = Feature(
    fields={
        ("Creator", "scoreEvents"): score_events,
    },
    lasting=True,
    costs={"scoreEvents": 200},
    examples=EXAMPLES,
)

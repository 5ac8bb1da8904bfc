"""Creators contest events; administrators decide."""

from __future__ import annotations

from typing import Final

from api.features.appeals.mutations import Mutation
from api.features.example import Example, Examples
from api.features.feature import Feature

APPEALS: Final = Example(
    "Appeals that are not decided yet",
    """
query Appeals {
  appeals(filter: {statuses: [PENDING]}, first: 20) {
    totalCount
    nodes { id kind subjectId subject { __typename } creator { handle } reason createdAt }
  }
}
""",
)

CONTESTABLE: Final = Example(
    "What you can contest (by the mutation contestEvent, which takes subjectId), and your appeals",
    """
query Contestable {
  viewer {
    creator {
      contestable(first: 20) {
        totalCount
        nodes {
          subjectId
          kind
          at
          subject {
            ... on Sale { orderId saleStatus: status quantity refundedQuantity product { title } }
            ... on Collaboration { status dueAt deliveredAt brand { name } }
            ... on Content { title views }
            ... on Flag { flag: kind precision }
          }
          appeal { status answer }
        }
      }
    }
  }
  appeals { nodes { subjectId status answer } }
}
""",
)

EXAMPLES: Final[Examples] = {
    "admin": (APPEALS,),
    "brand": (APPEALS,),
    "creator": (CONTESTABLE,),
}


FEATURE: Final = Feature(
    shows_scores=False,
    examples=EXAMPLES,
    mutation=Mutation,
)

"""Creators contest events; administrators decide."""

from __future__ import annotations

from typing import Final

from api.features.appeals.effect import effect
from api.features.appeals.mutations import Mutation
from api.features.example import Example, Examples
from api.features.feature import Feature

APPEALS: Final = Example(
    "Appeals that are not decided yet",
    """
query Appeals {
  appeals(filter: {statuses: [PENDING]}, first: 20) {
    totalCount
    nodes {
      id
      kind
      subjectId
      subject { __typename }
      creator { handle }
      reason
      evidence
      createdAt
      dueAt
      effect(by: OVERALL) { before after components { name change } }
    }
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
  appeals { nodes { subjectId status dueAt answer effect { before after run { id } } } }
}
""",
)

EXAMPLES: Final[Examples] = {
    "admin": (APPEALS,),
    "brand": (APPEALS,),
    "creator": (CONTESTABLE,),
}


FEATURE: Final = Feature(
    fields={("Appeal", "effect"): effect},
    lasting=True,
    costs={"AppealEffect": 50},
    examples=EXAMPLES,
    mutation=Mutation,
)

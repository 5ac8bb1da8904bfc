"""Lists of creators whom brands want to invite."""

from __future__ import annotations

from typing import Final

from api.features.example import Example, Examples
from api.features.feature import Feature
from api.features.prospects.mutations import Mutation
from api.features.prospects.prospects import prospects
from api.features.prospects.types import Query

LISTED: Final = Example(
    "Whom your brands want to invite, and what came of it (add creators with the mutation addProspects)",
    """
query Prospects {
  prospects(first: 20) {
    totalCount
    nodes {
      creator { handle overall { value low high level } deliveryProbability { probability } }
      note
      product { title }
      status
      invitation { status offeredAt answeredAt }
      earlierCollaborations
      addedAt
    }
  }
}
""",
)

EXAMPLES: Final[Examples] = dict.fromkeys(("admin", "analyst", "partner", "brand"), (LISTED,))


FEATURE: Final = Feature(
    shows_scores=False,
    fields={("Query", "prospects"): prospects},
    lasting=True,
    costs={"prospects": 10},
    examples=EXAMPLES,
    query=Query,
    mutation=Mutation,
)
"""A list belongs to a brand, as briefs do."""

"""Creators' rights over what is held about them."""

from __future__ import annotations

from typing import Final

from api.features.example import Example, Examples
from api.features.feature import Feature
from api.features.rights.mutations import Mutation
from api.features.rights.standing import erasure_requests, rights_of
from api.features.rights.types import Query
from api.graphql.execution.field_context import Computed

OWN: Final = Example(
    "Whether you object to being rated, or have asked to be erased (by the mutations setRatingObjection and requestErasure)",
    """
query OwnRights {
  viewer {
    creator {
      handle
      rights { objectsSince erasureRequestedAt erasureDueAt }
    }
  }
}
""",
)

REQUESTS: Final = Example(
    "Who has asked to be erased",
    """
query ErasureRequests {
  erasureRequests { creator { id handle } requestedAt dueAt }
}
""",
)

EXAMPLES: Final[Examples] = {"creator": (OWN,), "admin": (REQUESTS,)}

FIELDS: Final[dict[tuple[str, str], Computed]] = {("Creator", "rights"): rights_of, ("Query", "erasureRequests"): erasure_requests}

FEATURE: Final = Feature(
    shows_scores=False,
    fields=FIELDS,
    lasting=True,
    costs={"erasureRequests": 5},
    examples=EXAMPLES,
    query=Query,
    mutation=Mutation,
)

"""What creators have asked for."""

from __future__ import annotations

from typing import Any, Final

import strawberry

from api.graphql.types.fields import planned
from api.graphql.types.nouns import CreatorRef
from api.graphql.types.scalars import DateTime


@strawberry.type(description="What a creator has asked for about their own data.")
class CreatorRights:
    """For the creator and administrators."""

    objects_since: DateTime | None = planned("Since when the creator objects to being rated, and is not; null for one who does not.")
    erasure_requested_at: DateTime | None = planned("When the creator asked to be erased; null where they did not.")
    erasure_due_at: DateTime | None = planned("Until when the request is to be executed; null where there is none.")


@strawberry.type(description="A creator's request to be erased, which is not executed yet.")
class ErasureRequest:
    """For administrators."""

    creator: CreatorRef | None = planned("The creator; null if just erased.")
    requested_at: DateTime = planned("When it was made.")
    due_at: DateTime = planned("Until when it is to be executed.")


RIGHTS: Final[Any] = planned(
    "What the creator has asked for: not to be rated, or to be erased. For the creator and administrators; null for others."
)


@strawberry.type
class Query:
    """What waits for an administrator."""

    erasure_requests: list[ErasureRequest] | None = planned(
        "Creators' requests to be erased that are not executed yet, the one that is due first at the head; at most 1,000. For"
        " administrators. Null, with an error, for others."
    )

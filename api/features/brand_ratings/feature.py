"""Brands rate collaborations."""

from __future__ import annotations

from typing import Annotated, Final

import strawberry

from api.access.table import Permission
from api.features.feature import Feature
from api.graphql.mutations import INPUT, Info, Refusal, UserError, allowed, changed, local_id, mutation, node, text, written
from api.graphql.types.collaboration import Collaboration
from api.graphql.types.scalars import Id
from graph.ratings import Rating, rated

STARS = range(1, 6)


@strawberry.input(description="A rating of a collaboration.")
class RateCollaborationInput:
    """What the brand says."""

    collaboration_id: Id = strawberry.field(description="Global id of the collaboration, one of the brand's own.")
    rating: int = strawberry.field(description="1 (poor) to 5 (excellent) stars.")
    note: str | None = strawberry.field(
        default=None, description="A comment, visible to those who see the collaboration's terms; at most 2,000 characters."
    )


@strawberry.type(description="The result of rating a collaboration.")
class RateCollaborationPayload:
    """What came of it."""

    collaboration: Collaboration | None = node("The collaboration with its updated rating; null if no collaboration has this id.")
    user_errors: list[UserError] = strawberry.field(default_factory=list, description="Why it was not rated; empty on success.")


async def rate_collaboration(info: Info, input: Annotated[RateCollaborationInput, INPUT]) -> RateCollaborationPayload:
    """Rate one of the viewer's own collaborations; another's is as if it were not there."""
    context = allowed(info, Permission.RATE)
    id_ = input.collaboration_id
    _, own_id = local_id("collaborationId", id_, "Collaboration")
    if input.rating not in STARS:
        raise Refusal("rating", "OUT_OF_RANGE", f"rating is {input.rating}; give 1 to 5")
    rating = Rating(own_id, context.viewer.brands, input.rating, text("note", input.note))
    found = await written(context, rated, rating, now=context.now)
    if found is None:
        raise Refusal("collaborationId", "NOT_FOUND", f"no collaboration of this brand has the id {id_!r}")
    if not found.rateable:
        message = f"the collaboration is {found.status}; only one that was accepted or delivered can be rated"
        error = UserError(field="collaborationId", code="NOT_RATEABLE", message=message)
        return RateCollaborationPayload(collaboration=changed("Collaboration", own_id), user_errors=[error])
    return RateCollaborationPayload(collaboration=changed("Collaboration", own_id))


@strawberry.type
class Mutation:
    """Ratings of collaborations."""

    rate_collaboration = mutation(
        RateCollaborationPayload,
        rate_collaboration,
        description="Rate a collaboration of your own brand that was accepted or delivered. Repeating it has no effect.",
    )


FEATURE: Final = Feature(
    mutation=Mutation,
)

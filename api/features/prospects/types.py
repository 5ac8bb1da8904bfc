"""Creators whom brands want to invite."""

# Enums and connections are made by call, which no checker takes for types.
# pyright: reportInvalidTypeForm=false
from __future__ import annotations

from typing import Final

import strawberry

from api.graphql.types.enums import named
from api.graphql.types.fields import argument, paged, planned
from api.graphql.types.nouns import BrandRef, CollaborationRef, CreatorRef, ProductRef
from api.graphql.types.page import PageInfo
from api.graphql.types.scalars import DateTime, Id

ProspectStatus: Final = named(
    "ProspectStatus",
    "What came of a creator on a brand's list, by their newest invitation since.",
    {
        "TO_INVITE": ("TO_INVITE", "No invitation of theirs is known since they were put on the list."),
        "INVITED": ("INVITED", "Invited, and not answered yet."),
        "ACCEPTED": ("ACCEPTED", "The invitation was accepted."),
        "DECLINED": ("DECLINED", "The invitation was declined."),
        "UNANSWERED": ("UNANSWERED", "The invitation expired without an answer."),
        "CANCELLED": ("CANCELLED", "The invitation was refused or ended by the brand."),
    },
)


@strawberry.type(description="A creator whom a brand wants to invite. All keys of the brand share the list.")
class Prospect:
    """One row of the list."""

    brand: BrandRef | None = planned("The brand; null if it was removed.")
    creator: CreatorRef | None = planned("The creator; null if they were just removed.")
    note: str | None = planned("Why, in the brand's words; null if nothing is noted.")
    product: ProductRef | None = planned("The product that they are to promote; null if none was chosen, or it was removed.")
    status: ProspectStatus = planned("What came of it so far.")
    invitation: CollaborationRef | None = planned(
        "The newest collaboration of the kind TARGETED or CAMPAIGN that the brand offered since they were put on the list; null if none."
    )
    earlier_collaborations: int = planned("Number of collaborations of the brand and the creator that were offered before.")
    added_at: DateTime = planned("When they were put on the list.")
    updated_at: DateTime = planned("When note or product were last changed.")


@strawberry.type(description="A creator on a list with its cursor.")
class ProspectEdge:
    """One place of the list."""

    cursor: str = planned("Cursor for `after` and `before`.")
    node: Prospect = planned("The creator with what is noted.")


@strawberry.type(description="A page of creators whom brands want to invite, those added last first.")
class ProspectConnection:
    """Of whom the viewer may see."""

    edges: list[ProspectEdge] = planned("The creators with their cursors.")
    nodes: list[Prospect] = planned("The creators without their cursors.")
    page_info: PageInfo = planned("The page's position in the list.")
    total_count: int = planned("Total number of creators.")


@strawberry.type
class Query:
    """Lists of creators to invite, at the root."""

    prospects: ProspectConnection | None = paged(
        "Creators whom your brands want to invite, those added last first, limited to those whom you may see.",
        argument("brand", Id | None, "Only the list of this brand."),
        argument("creators", list[Id] | None, "Only these creators, by global id; at most 200."),
    )

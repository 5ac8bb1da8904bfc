"""Creators say whether their exact sales are shown."""

from __future__ import annotations

from typing import Annotated, Final

import strawberry

from api.access.table import Permission
from api.features.feature import Feature
from api.graphql.mutations import INPUT, Info, Refusal, UserError, allowed, changed, mutation, node, written
from api.graphql.types.creator import Creator
from graph.appeals import consented


@strawberry.input(description="Consent to show exact sales.")
class SetSalesConsentInput:
    """Yes or no."""

    consent: bool = strawberry.field(description="True: brands and partners see exact sales. False: they see ranges.")


@strawberry.type(description="The result of setting consent.")
class SetSalesConsentPayload:
    """What came of it."""

    creator: Creator | None = node("The creator with the updated `salesConsent`; null if nothing was done.")
    user_errors: list[UserError] = strawberry.field(default_factory=list, description="Why nothing was done; empty on success.")


async def set_sales_consent(info: Info, input: Annotated[SetSalesConsentInput, INPUT]) -> SetSalesConsentPayload:
    """Keep the viewer's own consent."""
    context = allowed(info, Permission.CONSENT)
    found = await written(context, consented, context.viewer.creator or "", consent=input.consent)
    if found is None:
        message = f"this key is for the creator {context.viewer.creator!r}, who is not in the graph; ask the administrator"
        raise Refusal("consent", "NOT_FOUND", message)
    return SetSalesConsentPayload(creator=changed("Creator", context.viewer.creator or ""))


@strawberry.type
class Mutation:
    """Consent to exact sales."""

    set_sales_consent = mutation(
        SetSalesConsentPayload,
        set_sales_consent,
        description="As a creator, set whether brands and partners see your exact sales, or ranges.",
    )


FEATURE: Final = Feature(
    shows_scores=False,
    mutation=Mutation,
)

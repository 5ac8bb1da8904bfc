"""What may be changed through the API: one deed a file, each allowed by the table of access alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import strawberry

from api.features.access_keys.mutations import CreateKeyPayload, RevokeKeyPayload, create_key, revoke_key
from api.features.appeals.mutations import AppealPayload, contest_event, decide_appeal
from api.features.brand_ratings.mutations import RateCollaborationPayload, rate_collaboration
from api.features.briefs.mutations import (
    BriefPayload,
    DeleteBriefPayload,
    RunBriefPayload,
    create_brief,
    delete_brief,
    run_brief,
    update_brief,
)
from api.features.held_runs.mutations import DiscardRunPayload, HeldRunPayload, discard_run, publish_run
from api.features.sales_consent.mutations import SetSalesConsentPayload, set_sales_consent
from api.features.saved_queries.mutations import DeleteSavedQueryPayload, SaveQueryPayload, delete_saved_query, save_query
from api.graphql.mutations import Context, told

__all__ = ["Context", "Mutation"]


def mutation(payload: type, resolver: Callable[..., Any], *, description: str) -> Any:
    """Return a mutation whose refusal leaves null in its place, and what was done before it in the answer."""
    refused = f"{description} Null, with an error that explains why, if the request is refused."
    return strawberry.mutation(told(payload, resolver), graphql_type=payload | None, description=refused)


@strawberry.type(description="Mutations. Each requires a role that allows it; problems with the input are returned as `userErrors`.")
class Mutation:
    """The mutations by name."""

    rate_collaboration = mutation(
        RateCollaborationPayload,
        rate_collaboration,
        description="Rate a collaboration of your own brand that was accepted or delivered. Repeating it has no effect.",
    )
    contest_event = mutation(
        AppealPayload,
        contest_event,
        description="As a creator, contest one of your sales, contents, collaborations or flags. Until the appeal is decided, "
        "a new reason replaces the first; afterwards, it is refused (`ALREADY_DECIDED`). Repeating it has no "
        "effect.",
    )
    decide_appeal = mutation(AppealPayload, decide_appeal, description="As an administrator, decide a pending appeal.")
    set_sales_consent = mutation(
        SetSalesConsentPayload,
        set_sales_consent,
        description="As a creator, set whether brands and partners see your exact sales, or ranges.",
    )
    create_key = mutation(
        CreateKeyPayload, create_key, description="As an administrator, create an access key. The key is shown only once."
    )
    revoke_key = mutation(
        RevokeKeyPayload, revoke_key, description="As an administrator, revoke an access key, effective from the next request."
    )
    create_brief = mutation(BriefPayload, create_brief, description="Save a brief for one of your brands; every key of the brand sees it.")
    update_brief = mutation(
        BriefPayload, update_brief, description="Update a brief, which creates a new version. Repeating it has no effect."
    )
    delete_brief = mutation(DeleteBriefPayload, delete_brief, description="Delete a brief with its versions and runs.")
    run_brief = mutation(
        RunBriefPayload,
        run_brief,
        description="Run a brief now and store the result, so that two runs can be compared; the newest 50 are stored.",
    )
    publish_run = mutation(
        HeldRunPayload,
        publish_run,
        description="As an administrator, publish a held scoring run, which becomes the current one for all readers.",
    )
    discard_run = mutation(DiscardRunPayload, discard_run, description="As an administrator, discard a held scoring run.")
    save_query = mutation(
        SaveQueryPayload,
        save_query,
        description="As an analyst or administrator, save a Cypher query by name; a changed query becomes a new version.",
    )
    delete_saved_query = mutation(
        DeleteSavedQueryPayload,
        delete_saved_query,
        description="Delete a saved query with all its versions: your own, or, as an administrator, any.",
    )

"""What may be changed through the API: one deed a file, each allowed by the table of access alone."""

from __future__ import annotations

import strawberry

from api.mutations.appeals import contest_event, decide_appeal
from api.mutations.briefs import create_brief, delete_brief, run_brief, update_brief
from api.mutations.consent import set_sales_consent
from api.mutations.context import Context
from api.mutations.keys import create_key, revoke_key
from api.mutations.ratings import rate_collaboration
from api.mutations.runs import discard_run, publish_run
from api.mutations.saved_queries import delete_saved_query, save_query

__all__ = ["Context", "Mutation"]


@strawberry.type(description="Changes. Each requires a role that allows it; problems with the input are returned as `userErrors`.")
class Mutation:
    """The mutations by name."""

    rate_collaboration = strawberry.mutation(
        rate_collaboration,
        description="Rate a collaboration of one's own brand that was accepted or delivered. Repeating it has no effect.",
    )
    contest_event = strawberry.mutation(
        contest_event, description="Object, as a creator, to a sale, content or collaboration of one's own. Repeating it has no effect."
    )
    decide_appeal = strawberry.mutation(decide_appeal, description="Decide, as an administrator, an appeal that is pending.")
    set_sales_consent = strawberry.mutation(
        set_sales_consent, description="Say, as a creator, whether brands and partners see one's exact sales, or ranges."
    )
    create_key = strawberry.mutation(create_key, description="Create an access key, as an administrator. The key is shown only once.")
    revoke_key = strawberry.mutation(revoke_key, description="Revoke an access key, as an administrator, from the next request on.")
    create_brief = strawberry.mutation(
        create_brief, description="Save a brief for one of the key's own brands; every key of the brand sees it."
    )
    update_brief = strawberry.mutation(update_brief, description="Give a brief a new version. Repeating it has no effect.")
    delete_brief = strawberry.mutation(delete_brief, description="Remove a brief with its versions and runs.")
    run_brief = strawberry.mutation(
        run_brief, description="Run a brief now and store the result, so that two runs can be compared; the newest 50 are kept."
    )
    publish_run = strawberry.mutation(
        publish_run, description="Make a scoring run that waits the current one, as an administrator. Readers see it from then on."
    )
    discard_run = strawberry.mutation(discard_run, description="Remove a scoring run that waits, as an administrator.")
    save_query = strawberry.mutation(
        save_query,
        description="Save a Cypher query by name, as an analyst or administrator; a changed query becomes a new version.",
    )
    delete_saved_query = strawberry.mutation(
        delete_saved_query, description="Delete a saved query with all its versions: one's own, or, as an administrator, any."
    )

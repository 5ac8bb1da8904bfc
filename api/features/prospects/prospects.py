"""`prospects`: the creators whom brands want to invite, with what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from api.access.table import Permission
from api.features.prospects.types import Prospect, ProspectConnection, ProspectEdge, ProspectStatus
from api.graphql.execution.arguments import own_brand, several
from api.graphql.execution.field_context import FieldContext, reading_of
from api.graphql.execution.paging import page
from api.graphql.types.nouns import Ref
from graph import prospects as stored
from graph.dates import iso_time
from graph.recommendations.reading import Reading

ORDER: Final = "prospects"
MOST_NAMED: Final = 200
"""Creators that one request names."""

STATUSES: Final[Mapping[str | None, str]] = {
    None: "TO_INVITE",
    "OFFERED": "INVITED",
    **dict.fromkeys(("ACCEPTED", "DELIVERED", "FAILED"), "ACCEPTED"),
    "DECLINED": "DECLINED",
    "EXPIRED": "UNANSWERED",
    "CANCELLED": "CANCELLED",
}
"""By status of the invitation."""


async def prospects(context: FieldContext) -> ProspectConnection:
    """Return a page of the lists that the viewer may see, of one brand if it is named."""
    context.allowed(Permission.EXPLORE)
    reading = reading_of(context.viewer, context.state)
    creators = named_creators(context.arguments.get("creators"))
    found = await stored.prospects(reading, await _brands(context, reading), creators=creators)
    cut = page(context, found, lambda row: row.id, order=ORDER)
    edges = [ProspectEdge(cursor=place, node=shown(row)) for row, place in cut.rows]
    return ProspectConnection(edges=edges, nodes=[each.node for each in edges], page_info=cut.info, total_count=len(found))


async def _brands(context: FieldContext, reading: Reading) -> list[str]:
    """Return whose lists are asked for; BadUserInput for a brand that is not the viewer's."""
    given = context.arguments.get("brand")
    if given is None:
        return await stored.brands_with_prospects(reading) if reading.brands is None else reading.brands
    return [own_brand("brand", given, reading)]


def named_creators(ids: Sequence[str] | None) -> list[str] | None:
    """Return the own ids of creators that a request names, each once; BadUserInput for too many."""
    return None if ids is None else list(several("creators", ids, "Creator", least=0, most=MOST_NAMED))


def shown(row: stored.Prospect) -> Prospect:
    """Return a row of a list as the API tells of it."""
    return Prospect(
        brand=Ref("Brand", row.brand),
        creator=Ref("Creator", row.creator),
        note=row.note,
        product=None if row.product is None else Ref("Product", row.product),
        status=ProspectStatus[STATUSES[row.status]],
        invitation=None if row.invitation is None else Ref("Collaboration", row.invitation),
        earlier_collaborations=row.earlier,
        added_at=iso_time(row.added_at),
        updated_at=iso_time(row.updated_at),
    )

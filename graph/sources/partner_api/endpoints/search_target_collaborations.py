"""The invitations of a shop to chosen creators, without those creators."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from graph.rows import Item, Row
from graph.sources.partner_api.collaborations import programme_row
from graph.sources.partner_api.endpoint import Document, Endpoint
from graph.sources.partner_api.record import Record
from graph.sources.partner_api.tally import declared

TYPES: Final = {name: name for name in ("STANDARD", "TOP_CREATOR_PROGRAM")}


def invitation(doc: Document, record: Record, programme_id: str, more: Mapping[str, object]) -> Row:
    """Return an invitation's row; the platform misspells the count of the invited in one endpoint."""
    record.choice("type", TYPES)
    invited = record.count("creator_invited_count")
    values = {
        "programme_id": programme_id,
        "kind": "TARGETED",
        "name": record.text("name"),
        "offered_at": record.time("start_time"),
        "ends_at": record.time("end_time"),
        "raw_status": record.text("type"),
        "invited_count": record.count("creator_inivited_count") if invited is None else invited,
    }
    return programme_row(doc, record, values | dict(more))


def _read(doc: Document) -> Iterator[Item]:
    yield from doc.each("target_collaborations", "programmes", _invitation)


def _invitation(doc: Document, record: Record) -> Iterator[Item]:
    yield invitation(doc, record, record.required_id("id"), {})


ENDPOINT: Final = Endpoint(
    slug="search-target-collaborations",
    path="/affiliate_seller/202508/target_collaborations/search",
    tables=("programmes",),
    fields=declared(
        """
        total_count next_page_token target_collaborations(id name -message start_time end_time -update_time creator_inivited_count
        +creator_invited_count -showcase_creator_count -content_creator_count -product_count -free_sample_rule(has_free_sample
        is_sample_approval_exempt) type)
        """
    ),
    read=_read,
    pages="target_collaborations",
)

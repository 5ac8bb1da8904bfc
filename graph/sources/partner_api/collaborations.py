"""One creator's part in an invitation, campaign or open plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from graph.rows import CreatorRef, Row
from graph.sources.partner_api.endpoint import Document
from graph.sources.partner_api.record import Record

AGREED: Final = frozenset({"ACCEPTED", "DELIVERED", "FAILED"})
"""States in which the creator has said yes, whatever came of it."""


def plan_of(product_id: str) -> str:
    """Return the programme by which the open plan of a product goes where its own id is not told."""
    return f"open:{product_id}"


def collaboration_row(doc: Document, record: Record, ref: CreatorRef, values: Mapping[str, object], *, part: str = "") -> Row:
    """Return a collaboration (`kind`, `status` …) between a creator and the owner, where that is a shop or partner.

    `part` sets rows apart that each tell of one product of a collaboration: together they are the whole.
    """
    accepted = values["status"] in AGREED or None
    parties = {"creator_id": ref, "brand_id": doc.owner.brand, "partner_id": doc.owner.partner, "accepted": accepted}
    row = doc.row("collaborations", parties | {k: v for k, v in values.items() if v is not None}, record)
    return replace(row, part=f"product:{part} {row.part}") if part else row


def programme_row(doc: Document, record: Record, values: Mapping[str, object], *, observed_at: int | None = None) -> Row:
    """Return what all collaborations of one invitation, campaign or plan (`programme_id`, `kind`) share."""
    owners = {"brand_id": doc.owner.brand, "partner_id": doc.owner.partner}
    return doc.row("programmes", owners | dict(values), record, observed_at=observed_at)

"""Who was shown a creator's scores."""

# Enums are made by call, which no checker takes for types.
# pyright: reportInvalidTypeForm=false
from __future__ import annotations

from typing import Any, Final

import strawberry

from api.features.access_keys.roles import KeyRole
from api.graphql.types.enums import named
from api.graphql.types.fields import argument, planned
from api.graphql.types.nouns import BrandRef, CreatorRef
from api.graphql.types.page import PageInfo
from api.graphql.types.scalars import DateTime, Id

DisclosureChannel: Final = named(
    "DisclosureChannel",
    "How scores were shown.",
    {
        "GRAPHQL": ("graphql", "A GraphQL answer."),
        "SUBSCRIPTION": ("subscription", "An event of a subscription."),
        "WEBHOOK": ("webhook", "A message to a webhook."),
        "MCP": ("mcp", "A tool of an agent."),
        "CYPHER": ("cypher", "A free query, run by an analyst or an administrator."),
        "EXPORT": ("export", "A file that was fetched."),
    },
)

DisclosureScope: Final = named(
    "DisclosureScope",
    "What is known of whom an answer showed.",
    {
        "NAMED": ("NAMED", "The answer showed scores, forecasts, sales or flags of these creators."),
        "ANY": ("ANY", "A free query or an export, which may have shown any creator within the key's bounds."),
    },
)


@strawberry.type(description="An answer that showed, or may have shown, a creator's scores.")
class Disclosure:
    """One entry of the audit log."""

    at: DateTime = planned("When it was written down, at most about a second after the answer.")
    index: int = planned("Number of the entry in the log, from 0; the log's tiles prove it.")
    channel: DisclosureChannel = planned("How it was shown.")
    scope: DisclosureScope = planned("Whether the answer is known to have shown the creator.")
    operation: str = planned("Name of the operation or of what was exported; empty where it has none.")
    times: int = planned("How often the same answer was given to the same key within that second.")
    role: KeyRole = planned("Role of the key that asked.")
    holder: str | None = planned(
        "Who holds the key, by its name. Creators see it of brands, partners and themselves; of staff (analysts and administrators) they"
        " see the role alone. Null then, and where the key is no longer stored."
    )
    brands: list[BrandRef | None] = planned("The brand, or a partner's clients, whose key asked; null for those since removed.")
    key_id: Id | None = planned("The key; null for all but administrators.")
    document: str | None = planned("SHA-256 of the document or query; null for all but administrators.")
    text: str | None = planned("The free query or the order of an export; null for all but administrators, and once it is forgotten.")
    creators: list[CreatorRef | None] | None = planned(
        "Creators whom the answer showed; null for all but administrators, and where the scope is `ANY`. Null in the list for erased ones."
    )


@strawberry.type(description="An entry with its cursor.")
class DisclosureEdge:
    """One place of the list."""

    cursor: str = planned("Cursor for `after`.")
    node: Disclosure = planned("The entry.")


@strawberry.type(description="A page of entries of the audit log, newest first.")
class DisclosureConnection:
    """There is no total: the log is read from its end."""

    edges: list[DisclosureEdge] = planned("The entries with their cursors.")
    nodes: list[Disclosure] = planned("The entries without their cursors.")
    page_info: PageInfo = planned("The page's position in the list.")


PAGE: Final = (
    argument("first", int, "Number of entries to return, at most 100.", 20),
    argument("after", str | None, "A cursor; returns older entries."),
)
DISCLOSURES: Final[Any] = planned(
    "Who was shown the creator's scores, forecasts, sales or flags, newest first. For the creator and administrators; null for others.",
    argument("named", bool, "Whether to leave out free queries and exports that may have shown any creator.", False),
    *PAGE,
)


@strawberry.type(description="Whether the audit log is as it was written.")
class AuditVerification:
    """As of the moment of asking."""

    sound: bool = planned("Whether no entry was edited, dropped, added or moved, as far as the log itself can tell.")
    entries: int = planned("Number of entries that the newest checkpoint counts.")
    first_kept: int = planned("Number of the first entry that was not removed by age.")
    problem_count: int = planned("How many problems were found.")
    problems: list[str] = planned("The first 20 of them.")
    checked_at: DateTime = planned("When it was checked.")


@strawberry.type
class Query:
    """The whole log, for administrators."""

    disclosures: DisclosureConnection | None = planned(
        "The audit log, newest first, for administrators. Null, with an error, for others.",
        argument("creator", Id | None, "Only entries that show this creator."),
        argument("key", Id | None, "Only entries of this key, by its id."),
        argument("since", DateTime | None, "Only entries from this time on."),
        argument("until", DateTime | None, "Only entries before this time."),
        *PAGE,
    )
    audit_verification: AuditVerification | None = planned(
        "Reads the whole audit log, one request at a time, and compares each entry with its hashes and the signed checkpoint, as "
        "`creatorgraph audit verify` does. That the newest entries were cut off shows only beside a checkpoint that was saved elsewhere. "
        "For administrators. Null, with an error, for others."
    )

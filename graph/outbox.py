"""Domain events: what changed, written in the transaction that changes it, and numbered without gaps in the order of commits."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from time import time
from typing import Any, Final, LiteralString, TypeAlias

from neo4j import AsyncDriver, AsyncManagedTransaction, AsyncTransaction

from graph.connection import writing
from graph.errors import GraphError

Value: TypeAlias = str | int | float | bool | None
KEPT: Final = 100_000
"""The newest events that are kept; a reader who fell further behind has to begin anew."""


class Audience(StrEnum):
    """Who may be told of an event beside administrators, who are told of all."""

    BRAND = "the brand that it names"
    CREATOR = "the creator whom it names"
    ANALYSTS = "analysts"
    EVERYONE = "everyone"
    KEY = "the key that it names, and nobody else"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of event: its name, what happened, the label of the node that it is about, who may be told, and what it carries.

    `optional` is what it may carry besides.
    """

    name: str
    meaning: str
    subject: str
    audience: tuple[Audience, ...]
    payload: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()


COLLABORATION_RATED: Final = Kind(
    "collaboration.rated", "A brand rated a collaboration.", "Collaboration", (Audience.BRAND, Audience.CREATOR), ("rating",)
)
EVENT_CONTESTED: Final = Kind("event.contested", "A creator contested an event.", "Appeal", (Audience.CREATOR,), ("subject",))
APPEAL_DECIDED: Final = Kind("appeal.decided", "An appeal was decided.", "Appeal", (Audience.CREATOR,), ("status",))
CONSENT_CHANGED: Final = Kind(
    "consent.changed",
    "A creator gave or withdrew consent to show exact sales.",
    "Creator",
    (Audience.CREATOR, Audience.ANALYSTS),
    ("consent",),
)
RATING_OBJECTED: Final = Kind(
    "rating.objected", "A creator objected to being rated, and is in no rating any more.", "Creator", (Audience.CREATOR,)
)
RATING_RESUMED: Final = Kind("rating.resumed", "A creator withdrew the objection to being rated.", "Creator", (Audience.CREATOR,))
ERASURE_REQUESTED: Final = Kind("erasure.requested", "A creator asked to be erased.", "Creator", (Audience.CREATOR,), ("due",))
ERASURE_WITHDRAWN: Final = Kind("erasure.withdrawn", "A creator withdrew the request to be erased.", "Creator", (Audience.CREATOR,))
CREATOR_ERASED: Final = Kind("creator.erased", "A creator was erased; who it was is not kept.", "Erased", (Audience.ANALYSTS,))
BRIEF_CREATED: Final = Kind("brief.created", "A brief was saved.", "Brief", (Audience.BRAND,), ("version",))
BRIEF_UPDATED: Final = Kind("brief.updated", "A brief was changed.", "Brief", (Audience.BRAND,), ("version",))
BRIEF_DELETED: Final = Kind("brief.deleted", "A brief was deleted.", "Brief", (Audience.BRAND,))
BRIEF_RUN: Final = Kind("brief.run", "A brief was run, and its results saved.", "BriefRun", (Audience.BRAND,), ("brief",))
PROSPECTS_ADDED: Final = Kind(
    "prospects.added", "A brand put creators on its list of whom to invite.", "Brand", (Audience.BRAND,), ("count",)
)
PROSPECTS_CHANGED: Final = Kind("prospects.changed", "A brand changed what it notes of a creator on its list.", "Brand", (Audience.BRAND,))
PROSPECTS_REMOVED: Final = Kind(
    "prospects.removed", "A brand took creators off its list of whom to invite.", "Brand", (Audience.BRAND,), ("count",)
)
SAMPLE_DECIDED: Final = Kind(
    "sample.decided",
    "A brand decided on a sample; the platform is not told yet.",
    "Collaboration",
    (Audience.BRAND,),
    ("decision",),
)
SAMPLE_REOPENED: Final = Kind("sample.reopened", "A brand took back a decision on a sample.", "Collaboration", (Audience.BRAND,))
SAMPLE_EXPORTED: Final = Kind(
    "sample.exported",
    "A decision on a sample was exported for the platform.",
    "Collaboration",
    (Audience.BRAND,),
    ("decision",),
)
SAMPLE_RULE_SAVED: Final = Kind("samplerule.saved", "A rule for sample applications was saved.", "SampleRule", (Audience.BRAND,), ("on",))
SAMPLE_RULE_DELETED: Final = Kind("samplerule.deleted", "A rule for sample applications was deleted.", "SampleRule", (Audience.BRAND,))
QUERY_SAVED: Final = Kind("query.saved", "A Cypher query was saved or changed.", "SavedQuery", (Audience.ANALYSTS,), ("version",))
QUERY_DELETED: Final = Kind("query.deleted", "A saved Cypher query was deleted.", "SavedQuery", (Audience.ANALYSTS,))
RUN_PUBLISHED: Final = Kind(
    "run.published", "A scoring run was published: scores and rankings are new.", "ScoringRun", (Audience.EVERYONE,)
)
RUN_HELD: Final = Kind(
    "run.held", "A scoring run was held back for review, since scores moved too far.", "ScoringRun", (Audience.ANALYSTS,)
)
RUN_DISCARDED: Final = Kind("run.discarded", "A scoring run that was held back was discarded.", "ScoringRun", (Audience.ANALYSTS,))
RUN_RESTORED: Final = Kind(
    "run.restored",
    "A scoring run was taken back, and the one before it is current again.",
    "ScoringRun",
    (Audience.EVERYONE,),
    ("takenBack",),
)
SCORING_STARTED: Final = Kind("scoring.started", "An administrator started scoring.", "State", (Audience.ANALYSTS,))
SCORING_CANCELLED: Final = Kind("scoring.cancelled", "An administrator cancelled scoring.", "State", (Audience.ANALYSTS,))
SCORING_FAILED: Final = Kind("scoring.failed", "Scoring failed; `scoringRuns` tells which run is current.", "State", (Audience.ANALYSTS,))
IMPORT_FINISHED: Final = Kind(
    "import.finished",
    "An import finished, and changed something.",
    "State",
    (Audience.ANALYSTS,),
    ("created", "changed", "rejected"),
    optional=("uploaded",),
)
ALERT_CREATED: Final = Kind("alert.created", "An alert was created.", "Alert", (Audience.KEY,), ("alert", "name"))
ALERT_DELETED: Final = Kind("alert.deleted", "An alert was deleted.", "Alert", (Audience.KEY,), ("alert", "name"))
ALERT_ENTERED: Final = Kind("alert.entered", "A creator came inside an alert of yours.", "Alert", (Audience.KEY,), ("alert", "name"))
ALERT_LEFT: Final = Kind("alert.left", "A creator left an alert of yours.", "Alert", (Audience.KEY,), ("alert", "name"))
VIEW_SAVED: Final = Kind("view.saved", "A view of the explorer was saved or changed.", "SavedView", (Audience.KEY,), ("view",))
VIEW_DELETED: Final = Kind("view.deleted", "A saved view was deleted.", "SavedView", (Audience.KEY,), ("view",))

KINDS: Final[dict[str, Kind]] = {
    kind.name: kind
    for kind in (
        COLLABORATION_RATED,
        EVENT_CONTESTED,
        APPEAL_DECIDED,
        CONSENT_CHANGED,
        RATING_OBJECTED,
        RATING_RESUMED,
        ERASURE_REQUESTED,
        ERASURE_WITHDRAWN,
        CREATOR_ERASED,
        BRIEF_CREATED,
        BRIEF_UPDATED,
        BRIEF_DELETED,
        BRIEF_RUN,
        PROSPECTS_ADDED,
        PROSPECTS_CHANGED,
        PROSPECTS_REMOVED,
        SAMPLE_DECIDED,
        SAMPLE_REOPENED,
        SAMPLE_EXPORTED,
        SAMPLE_RULE_SAVED,
        SAMPLE_RULE_DELETED,
        QUERY_SAVED,
        QUERY_DELETED,
        RUN_PUBLISHED,
        RUN_HELD,
        RUN_DISCARDED,
        RUN_RESTORED,
        SCORING_STARTED,
        SCORING_CANCELLED,
        SCORING_FAILED,
        IMPORT_FINISHED,
        ALERT_CREATED,
        ALERT_DELETED,
        ALERT_ENTERED,
        ALERT_LEFT,
        VIEW_SAVED,
        VIEW_DELETED,
    )
}


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a node, by its own id; `brand`, `creator` and `key` name who else it concerns.

    ValueError where the payload is not what the kind declares.
    """

    kind: Kind
    subject: str
    payload: Mapping[str, Value] = field(default_factory=dict[str, Value])
    brand: str | None = None
    creator: str | None = None
    key: str | None = None

    def __post_init__(self) -> None:
        """Hold the payload to its declaration."""
        if set(self.payload) - set(self.kind.optional) != set(self.kind.payload):
            raise ValueError(f"{self.kind.name} carries {sorted(self.payload)}; it is declared with {sorted(self.kind.payload)}")


@dataclass(frozen=True, slots=True)
class Recorded:
    """An event as it is read: its number, and the second at which it was written."""

    number: int
    at: int
    event: Event


class EventsForgotten(GraphError):
    """A reader asks for events that are no longer kept."""


RECORD: Final[LiteralString] = """
MERGE (state:State {id: 'data'})
SET state._locked = true // takes the lock before the numbers are read: who commits later has the higher number
WITH state, coalesce(state.events, 0) AS before
SET state.version = coalesce(state.version, 0) + size($events), state.events = before + size($events)
REMOVE state._locked
WITH before
UNWIND range(0, size($events) - 1) AS i
WITH before, i, $events[i] AS event
CREATE (:DomainEvent {
  id: before + i + 1, name: event.name, subject: event.subject, at: event.at, payload: event.payload,
  brandId: event.brand, creatorId: event.creator, keyId: event.key
})
RETURN max(before + i + 1) AS newest
"""


async def record(tx: AsyncTransaction | AsyncManagedTransaction, event: Event, *, at: int | None = None) -> int:
    """Write an event in the transaction of the change that it tells of, and return its number; call it last, since it holds up whoever
    else changes anything.

    It moves the data's version, too: what was answered before is no longer to be taken from a cache.
    """
    return await record_all(tx, [event], at=at)


async def record_all(tx: AsyncTransaction | AsyncManagedTransaction, events: Sequence[Event], *, at: int | None = None) -> int:
    """Write several, in their order, as `record` does one; returns the number of the last, 0 where there are none."""
    now = int(time()) if at is None else at
    row = await (await tx.run(RECORD, events=[_values(each, now) for each in events])).single(strict=True)
    return row["newest"] or 0


def _values(event: Event, at: int) -> dict[str, Value]:
    return {
        "name": event.kind.name,
        "subject": event.subject,
        "at": at,
        "payload": json.dumps(dict(event.payload), sort_keys=True),
        "brand": event.brand,
        "creator": event.creator,
        "key": event.key,
    }


def recorded(node: Mapping[str, Any]) -> Recorded:
    """Return the event that a node holds."""
    event = Event(
        KINDS[node["name"]], node["subject"], json.loads(node["payload"]), node.get("brandId"), node.get("creatorId"), node.get("keyId")
    )
    return Recorded(node["id"], node["at"], event)


FORGET: Final[LiteralString] = """
MATCH (state:State {id: 'data'})
MATCH (event:DomainEvent)
WHERE event.id <= state.events - $kept
CALL (event) {
  DELETE event
} IN TRANSACTIONS OF 10000 ROWS
"""


async def forget_old(driver: AsyncDriver, *, kept: int = KEPT, database: str = "neo4j") -> None:
    """Drop all but the newest events."""
    async with writing(driver, database) as session:
        await (await session.run(FORGET, kept=kept)).consume()

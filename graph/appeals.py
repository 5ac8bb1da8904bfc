"""Creators' objections to events, their decision, and creators' consent to show exact sales."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from time import time
from typing import Any, Final, LiteralString, NamedTuple

from neo4j import AsyncManagedTransaction

from graph.outbox import APPEAL_DECIDED, CONSENT_CHANGED, EVENT_CONTESTED, Event, record
from graph.reader import Batch, Reader
from graph.runs.scopes import OUTWARD


class Appeal(NamedTuple):
    """One objection as kept."""

    id: str
    creator_id: str
    subject_kind: str
    subject_id: str
    reason: str
    evidence: tuple[str, ...]
    status: str
    created_at: int
    due_at: int | None
    decided_at: int | None
    answer: str | None


@dataclass(frozen=True, slots=True)
class Objection:
    """What a creator contests, why, and addresses of what shows it; `kind` is a label of CONTESTABLE."""

    creator: str
    kind: str
    subject: str
    reason: str
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of an appeal: `UPHELD` or `REJECTED`, by the key with the id `by`."""

    appeal: str
    status: str
    by: str
    answer: str


CONTESTABLE: Final[dict[str, LiteralString]] = {
    "Sale": """
MATCH (:Sale {id: $subject})-[:CREDITED_TO]->(creator:Creator {id: $creator})
RETURN creator.id AS creator
LIMIT 1
""",
    "Content": """
MATCH (:Content {id: $subject})<-[:PUBLISHED]-(creator:Creator {id: $creator})
RETURN creator.id AS creator
LIMIT 1
""",
    "Collaboration": """
MATCH (:Collaboration {id: $subject})-[:WITH]->(creator:Creator {id: $creator})
RETURN creator.id AS creator
LIMIT 1
""",
    "Flag": """
MATCH (creator:Creator {id: $creator})<-[:CONCERNS]-(:Flag {key: $subject})
RETURN creator.id AS creator
LIMIT 1
""",
}
"""By kind of event, whether it is the creator's own."""

CONTESTED: Final[LiteralString] = """
MERGE (appeal:Appeal {id: $id})
ON CREATE SET appeal.creatorId = $creator, appeal.subjectKind = $kind, appeal.subjectId = $subject,
  appeal.status = 'PENDING', appeal.createdAt = $now, appeal.dueAt = $due
SET appeal.id = appeal.id // takes the lock, so that no reason changes once it is decided
WITH appeal, appeal.status = 'PENDING' AND (coalesce(appeal.reason, '') <> $reason OR coalesce(appeal.evidence, []) <> $evidence) AS changed
SET appeal.reason = CASE WHEN changed THEN $reason ELSE appeal.reason END,
  appeal.evidence = CASE WHEN changed THEN $evidence ELSE appeal.evidence END
RETURN appeal, changed
"""


async def contested(tx: AsyncManagedTransaction, objection: Objection, *, now: int, due: int) -> Appeal | None:
    """Make an appeal, to be decided by `due`, against an event of the creator's own; None where there is no such event.

    An event is contested once: asked again, a new reason and evidence replace those of a pending appeal, whose time goes on, and
    a decided one comes back as it is.
    """
    values = asdict(objection) | {"evidence": list(objection.evidence)}
    if await (await tx.run(CONTESTABLE[objection.kind], values)).single() is None:
        return None
    values |= {"id": f"{objection.creator}|{objection.kind}|{objection.subject}", "now": now, "due": due}
    subject = f"{objection.kind}:{objection.subject}"
    return await _appeal(
        tx, CONTESTED, values, lambda appeal: Event(EVENT_CONTESTED, appeal.id, {"subject": subject}, creator=appeal.creator_id)
    )


DECIDED: Final[LiteralString] = """
MATCH (appeal:Appeal {id: $appeal})
SET appeal.id = appeal.id // takes the lock, so that of two who decide at once the second sees the first
WITH appeal, appeal.status = 'PENDING' AS pending
SET appeal.status = CASE WHEN pending THEN $status ELSE appeal.status END,
  appeal.decidedAt = CASE WHEN pending THEN $now ELSE appeal.decidedAt END,
  appeal.decidedBy = CASE WHEN pending THEN $by ELSE appeal.decidedBy END,
  appeal.answer = CASE WHEN pending THEN $answer ELSE appeal.answer END
RETURN appeal, pending AS changed
"""


async def decided(tx: AsyncManagedTransaction, decision: Decision, *, now: int) -> Appeal | None:
    """Decide a pending appeal and return it; one decided before comes back as it is, None where there is none."""
    values = asdict(decision) | {"now": now}
    return await _appeal(
        tx, DECIDED, values, lambda appeal: Event(APPEAL_DECIDED, appeal.id, {"status": appeal.status}, creator=appeal.creator_id)
    )


CONSENTED: Final[LiteralString] = """
MATCH (creator:Creator {id: $creator})
SET creator.id = creator.id // takes the lock, so that of two who say otherwise at once the second is told of, too
WITH creator, coalesce(creator.salesConsent <> $consent, true) AS changed, coalesce(creator.salesConsent, false) AS before
SET creator.salesConsent = $consent, creator._consented = true, // an import leaves alone what was said here
  creator._consentGivenAt = CASE WHEN $consent AND NOT before THEN coalesce(creator._consentGivenAt, $now) ELSE creator._consentGivenAt END,
  creator._consentWithdrawnAt = CASE WHEN $consent THEN null WHEN before THEN $now ELSE creator._consentWithdrawnAt END
RETURN creator.salesConsent AS consent, changed
"""
"""When consent was first given, null where an import told it, and when it was withdrawn, is for whoever takes back a run."""

WITHDRAWN: Final[LiteralString] = """
MATCH (:Creator {id: $creator})<-[:RATES]-(card:Scorecard)
WHERE card.runId ENDS WITH $outward
REMOVE card.facts
"""
"""Outward scorecards of runs made with the consent hold exact sales; without facts they cannot be explained."""


async def consented(tx: AsyncManagedTransaction, creator: str, *, consent: bool) -> bool | None:
    """Keep whether a creator shares exact sales, and return it; None where there is no such creator.

    What a withdrawal concerns is gone at once from the scorecards that brands and partners see.
    """
    found = await (await tx.run(CONSENTED, creator=creator, consent=consent, now=int(time()))).single()
    if not consent:
        await tx.run(WITHDRAWN, creator=creator, outward=OUTWARD)
    if found is None:
        return None
    if found["changed"]:
        await record(tx, Event(CONSENT_CHANGED, creator, {"consent": consent}, creator=creator))
    return found["consent"]


async def appealed(reader: Reader, id_: str) -> Appeal | None:
    """Return an appeal by its id; None where there is none."""
    batches: list[Batch] = [{"id": id_}]
    (found,) = await reader.read(APPEALED, batches, lambda record: record["appeal"])
    return None if found is None else _kept(found)


APPEALED: Final[LiteralString] = """
OPTIONAL MATCH (appeal:Appeal {id: $id})
RETURN appeal
"""


async def _appeal(
    tx: AsyncManagedTransaction, cypher: LiteralString, values: dict[str, Any], event: Callable[[Appeal], Event]
) -> Appeal | None:
    """Run a query that returns an appeal, and record the event where it `changed`."""
    found = await (await tx.run(cypher, values)).single()
    if found is None:
        return None
    appeal = _kept(found["appeal"])
    if found["changed"]:
        await record(tx, event(appeal), at=values["now"])
    return appeal


def _kept(kept: Mapping[str, Any]) -> Appeal:
    return Appeal(
        kept["id"],
        kept["creatorId"],
        kept["subjectKind"],
        kept["subjectId"],
        kept["reason"],
        tuple(kept.get("evidence") or ()),
        kept["status"],
        kept["createdAt"],
        kept.get("dueAt"),
        kept.get("decidedAt"),
        kept.get("answer"),
    )

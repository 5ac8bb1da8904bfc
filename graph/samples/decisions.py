"""Brands decide sample applications: what is decided waits in the graph until it is exported, and can be taken back until then.

Nothing here tells the platform: a decision is the brand's word, which its export carries on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final, LiteralString, NamedTuple

from neo4j import AsyncManagedTransaction

from graph.outbox import SAMPLE_DECIDED, SAMPLE_EXPORTED, SAMPLE_REOPENED, Event, record_all

APPROVE: Final = "APPROVE"
DECLINE: Final = "DECLINE"


@dataclass(frozen=True, slots=True)
class Decision:
    """What some applications are decided as: `reason` is that of a refusal, `rule` the rule that decided, `as_of` the data's date."""

    decision: str
    as_of: int
    now: int
    reason: str | None = None
    rule: str | None = None


class Refused(NamedTuple):
    """An application that was not decided: NOT_FOUND, NOT_PENDING (with the platform's status), OVERDUE or DECIDED (with as what)."""

    id: str
    code: str
    detail: str = ""


class Exported(NamedTuple):
    """A decision that was exported just now."""

    id: str
    decision: str
    reason: str | None


LOCKED: Final[LiteralString] = """
UNWIND $ids AS id
MATCH (b:Brand)-[:OFFERED]->(k:Collaboration {id: id, kind: 'SAMPLE'})
WHERE $brands IS NULL OR b.id IN $brands
WITH k, min(b.id) AS brand
ORDER BY k.id // everybody takes the locks in one order
SET k.id = k.id // takes the lock, so that of two who decide at once the second sees the first's decision
RETURN k.id AS id, brand, k.status AS status, k.approvalDueAt AS due, k.decision AS decision, k.decisionReason AS reason,
  k.decisionExportedAt AS exportedAt
LIMIT 1000000
"""

DECIDED: Final[LiteralString] = """
UNWIND $ids AS id
MATCH (k:Collaboration {id: id})
SET k.decision = $decision, k.decisionReason = $reason, k.decidedAt = $now, k.decisionRule = $rule
"""

REOPENED: Final[LiteralString] = """
UNWIND $ids AS id
MATCH (k:Collaboration {id: id})
REMOVE k.decision, k.decisionReason, k.decidedAt, k.decisionRule
"""

WAITING: Final[LiteralString] = """
MATCH (b:Brand {id: $brand})-[:OFFERED]->(k:Collaboration {kind: 'SAMPLE'})
WHERE k.decision IS NOT NULL AND k.decisionExportedAt IS NULL AND k.status = 'OFFERED' AND ($brands IS NULL OR b.id IN $brands)
SET k.decisionExportedAt = $now
RETURN k.id AS id, k.decision AS decision, k.decisionReason AS reason
ORDER BY k.decidedAt, id
LIMIT 100000
"""


async def decided(
    tx: AsyncManagedTransaction, ids: Sequence[str], decision: Decision, *, brands: Sequence[str] | None
) -> tuple[list[str], list[Refused]]:
    """Decide applications of the brands (None: of any); return those that stand as decided, and why others do not.

    The same decision again changes nothing; another one is refused until the first is taken back.
    """
    found = await _locked(tx, ids, brands)
    standing: list[str] = []
    new: list[str] = []
    refused: list[Refused] = []
    for id_ in dict.fromkeys(ids):
        against = _against(id_, found.get(id_), decision)
        if against is not None:
            refused.append(against)
            continue
        standing.append(id_)
        if found[id_]["decision"] is None:
            new.append(id_)
    if new:
        await (await tx.run(DECIDED, asdict(decision) | {"ids": new})).consume()
        events = [Event(SAMPLE_DECIDED, id_, {"decision": decision.decision}, brand=found[id_]["brand"]) for id_ in new]
        await record_all(tx, events, at=decision.now)
    return standing, refused


async def reopened(
    tx: AsyncManagedTransaction, ids: Sequence[str], *, brands: Sequence[str] | None, now: int
) -> tuple[list[str], list[Refused]]:
    """Take back decisions that were not exported; return the applications that stand without one, and why others do not."""
    found = await _locked(tx, ids, brands)
    refused = [Refused(id_, "NOT_FOUND") for id_ in dict.fromkeys(ids) if id_ not in found]
    refused += [Refused(id_, "EXPORTED", row["decision"]) for id_, row in found.items() if row["exportedAt"] is not None]
    back = [id_ for id_, row in found.items() if row["exportedAt"] is None]
    changed = [id_ for id_ in back if found[id_]["decision"] is not None]
    if changed:
        await (await tx.run(REOPENED, ids=changed)).consume()
        await record_all(tx, [Event(SAMPLE_REOPENED, id_, brand=found[id_]["brand"]) for id_ in changed], at=now)
    return back, refused


async def exported(tx: AsyncManagedTransaction, brand: str, *, brands: Sequence[str] | None, now: int) -> list[Exported]:
    """Note that a brand's decisions are exported, and return those that were not before, in the order in which they were made."""
    result = await tx.run(WAITING, brand=brand, brands=None if brands is None else list(brands), now=now)
    found = [Exported(**row.data()) async for row in result]
    if found:
        await record_all(tx, [Event(SAMPLE_EXPORTED, each.id, {"decision": each.decision}, brand=brand) for each in found], at=now)
    return found


async def _locked(tx: AsyncManagedTransaction, ids: Sequence[str], brands: Sequence[str] | None) -> dict[str, dict[str, Any]]:
    result = await tx.run(LOCKED, ids=list(dict.fromkeys(ids)), brands=None if brands is None else list(brands))
    return {row["id"]: row.data() async for row in result}


def _against(id_: str, row: dict[str, Any] | None, decision: Decision) -> Refused | None:
    """Return what speaks against a decision; None for nothing, or where it stands already."""
    if row is None:
        return Refused(id_, "NOT_FOUND")
    if row["decision"] is not None:
        same = (row["decision"], row["reason"]) == (decision.decision, decision.reason)
        return None if same else Refused(id_, "DECIDED", row["decision"])
    if row["status"] != "OFFERED" or row["due"] is None:
        return Refused(id_, "NOT_PENDING", row["status"])
    return Refused(id_, "OVERDUE", str(row["due"])) if row["due"] < decision.as_of else None

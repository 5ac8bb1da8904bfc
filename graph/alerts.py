"""Alerts: who is inside a saved filter, and the events of whoever entered or left it, written in one transaction."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, LiteralString

from neo4j import AsyncDriver, AsyncManagedTransaction

from graph.connection import reading
from graph.errors import GraphError
from graph.outbox import ALERT_CREATED, ALERT_DELETED, ALERT_ENTERED, ALERT_LEFT, Event, record, record_all


class TooManyAlerts(GraphError):
    """A key has as many alerts as it may."""


@dataclass(frozen=True, slots=True)
class Alert:
    """One alert: whose it is, what it watches, and who was inside at the last look.

    `key_id` is the account of the key that created it, which outlasts rotations. `seen` is the number of the event that it was last
    looked at for, None before the first look; `error` says why that look failed.
    """

    id: str
    key_id: str
    name: str
    watches: Mapping[str, Any]
    created_at: int
    inside: tuple[str, ...] = ()
    seen: int | None = None
    looked_at: int | None = None
    crossed_at: int | None = None
    error: str | None = None

    @classmethod
    def of(cls, node: Mapping[str, Any]) -> Alert:
        """Return the alert that an `Alert` node holds."""
        return cls(
            node["id"],
            node["keyId"],
            node["name"],
            json.loads(node["watches"]),
            node["createdAt"],
            tuple(node["inside"]),
            node.get("seen"),
            node.get("lookedAt"),
            node.get("crossedAt"),
            node.get("error"),
        )


ALERTS: Final[LiteralString] = """
MATCH (alert:Alert)
WHERE ($key IS NULL OR alert.keyId = $key) AND ($before IS NULL OR coalesce(alert.seen, -1) < $before)
RETURN alert {.*} AS alert
ORDER BY alert.createdAt, alert.id
LIMIT 100000
"""


async def alerts(driver: AsyncDriver, *, key: str | None = None, before: int | None = None, database: str = "neo4j") -> list[Alert]:
    """Return the alerts of a key, or all, the oldest first; those that were last looked at `before` an event."""
    async with reading(driver, database) as session:
        return [Alert.of(row["alert"]) async for row in await session.run(ALERTS, key=key, before=before)]


LOCKED: Final[LiteralString] = """
MERGE (lock:Lock {id: 'alerts'})
SET lock.takenAt = timestamp() / 1000
WITH lock
OPTIONAL MATCH (alert:Alert {keyId: $key})
RETURN count(alert) AS count
"""

CREATED: Final[LiteralString] = """
CREATE (:Alert {id: $id, keyId: $key, name: $name, watches: $watches, createdAt: $now, inside: []})
"""


async def create(tx: AsyncManagedTransaction, alert: Alert, *, most: int) -> None:
    """Keep a new alert, which is looked at for the first time soon; TooManyAlerts where its key has `most`."""
    row = await (await tx.run(LOCKED, key=alert.key_id)).single(strict=True)
    if row["count"] >= most:
        raise TooManyAlerts(f"this key has {most} alerts, which is as many as it may have; delete one")
    watches = json.dumps(dict(alert.watches), sort_keys=True)
    await tx.run(CREATED, id=alert.id, key=alert.key_id, name=alert.name, watches=watches, now=alert.created_at)
    await record(tx, Event(ALERT_CREATED, alert.id, {"alert": alert.id, "name": alert.name}, key=alert.key_id))


DELETED: Final[LiteralString] = """
MATCH (alert:Alert {id: $id, keyId: $key})
WITH alert, alert.name AS name
DELETE alert
RETURN name
"""


async def delete(tx: AsyncManagedTransaction, id_: str, *, key: str) -> bool:
    """Delete an alert of a key; False where it has none of this id."""
    row = await (await tx.run(DELETED, id=id_, key=key)).single()
    if row is None:
        return False
    await record(tx, Event(ALERT_DELETED, id_, {"alert": id_, "name": row["name"]}, key=key))
    return True


TAKEN: Final[LiteralString] = """
MATCH (alert:Alert {id: $id})
SET alert.lookedAt = $now // takes the lock before the state is read: who looks at the same time waits
RETURN alert {.*} AS alert
"""

LOOKED: Final[LiteralString] = """
MATCH (alert:Alert {id: $id})
SET alert.inside = $inside, alert.seen = $seen, alert.error = null,
    alert.crossedAt = CASE WHEN $crossed THEN $now ELSE alert.crossedAt END
"""


@dataclass(frozen=True, slots=True)
class Look:
    """Who matches by now, and who stays if inside already, as of an event's number."""

    entering: Sequence[str]
    staying: Collection[str]
    seen: int
    now: int


async def looked(tx: AsyncManagedTransaction, id_: str, look: Look) -> bool:
    """Store who is inside by now, and an event for each who entered or left since the last look; none at the first.

    False where the alert is gone, or was looked at for a later event.
    """
    row = await (await tx.run(TAKEN, id=id_, now=look.now)).single()
    if row is None:
        return False
    before = Alert.of(row["alert"])
    if before.seen is not None and before.seen >= look.seen:
        return False
    inside = sorted({*look.entering, *(each for each in before.inside if each in look.staying)})
    entered, left = sorted({*inside} - {*before.inside}), sorted({*before.inside} - {*inside})
    told = before.seen is not None
    crossed = told and bool(entered or left)
    await tx.run(LOOKED, id=id_, inside=inside, seen=look.seen, now=look.now, crossed=crossed)
    if crossed:
        told_as = {"alert": id_, "name": before.name}
        crossings = ((ALERT_ENTERED, entered), (ALERT_LEFT, left))
        events = [Event(kind, id_, told_as, None, each, before.key_id) for kind, some in crossings for each in some]
        await record_all(tx, events)
    return True


FAILED: Final[LiteralString] = """
MATCH (alert:Alert {id: $id})
WHERE coalesce(alert.seen, -1) < $seen
SET alert.error = $error, alert.lookedAt = $now
"""


async def failed(tx: AsyncManagedTransaction, id_: str, error: str, *, seen: int, now: int) -> None:
    """Note why a look failed; who is inside stays as it was, so that nothing is told twice once it succeeds."""
    await tx.run(FAILED, id=id_, error=error, seen=seen, now=now)

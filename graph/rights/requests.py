"""What creators have asked for, as it is kept until it is done."""

from __future__ import annotations

from typing import Any, Final, LiteralString, NamedTuple

from neo4j import AsyncDriver

from graph.dates import DAY
from graph.outbox import ERASURE_REQUESTED, ERASURE_WITHDRAWN, Event, record
from graph.retrying import read_rows
from graph.rights.gate import Tx, passed
from graph.rights.objections import objected
from graph.sources.handles import compared

DAYS: Final = 30
"""Within a month (Art. 12(3) GDPR), counted so that it is never more."""

MOST: Final = 1_000


class Standing(NamedTuple):
    """What a creator has asked for; None where not."""

    objects_since: int | None
    erasure_requested_at: int | None
    erasure_due_at: int | None


class Request(NamedTuple):
    """A request to be erased."""

    creator: str
    at: int
    due_at: int


HANDLE: Final[LiteralString] = """
MATCH (c:Creator {id: $creator})
RETURN c.handle AS handle
"""

REQUESTED: Final[LiteralString] = """
OPTIONAL MATCH (before:ErasureRequest {id: $creator})
MERGE (request:ErasureRequest {id: $creator})
ON CREATE SET request.at = $now, request.dueAt = $due
RETURN request.at AS at, request.dueAt AS due, before IS NULL AS made
"""

WITHDRAW: Final[LiteralString] = """
MATCH (request:ErasureRequest {id: $creator})
DELETE request
RETURN count(*) AS gone
"""

STANDING: Final[LiteralString] = """
OPTIONAL MATCH (objection:Objection {id: $creator})
OPTIONAL MATCH (request:ErasureRequest {id: $creator})
RETURN objection.at AS objectsSince, request.at AS requestedAt, request.dueAt AS dueAt
"""

REQUESTS: Final[LiteralString] = """
MATCH (request:ErasureRequest)
RETURN request.id AS creator, request.at AS at, request.dueAt AS due
ORDER BY due, creator
LIMIT $most
"""


async def handle_of(tx: Tx, creator: str) -> str | None:
    """Return a creator's user name; None where there is no such creator."""
    found = await (await tx.run(HANDLE, creator=creator)).single()
    return None if found is None else str(found["handle"] or "")


def confirms(typed: str, handle: str) -> bool:
    """Tell whether a typed user name is the creator's, by whatever case and with or without `@`."""
    return compared(typed) == compared(handle)


async def requested(tx: Tx, creator: str, *, now: int) -> Request:
    """Keep a creator's request to be erased, who is not rated from then on; a second request changes nothing."""
    await passed(tx)
    found = await (await tx.run(REQUESTED, creator=creator, now=now, due=now + DAYS * DAY)).single(strict=True)
    if found["made"]:
        await objected(tx, creator, now=now)
        await record(tx, Event(ERASURE_REQUESTED, creator, {"due": found["due"]}, creator=creator), at=now)
    return Request(creator, found["at"], found["due"])


async def withdrawn_request(tx: Tx, creator: str, *, now: int) -> bool:
    """Withdraw a request; tell whether there was one. The objection that came with it stands."""
    found = await (await tx.run(WITHDRAW, creator=creator)).single(strict=True)
    if found["gone"]:
        await record(tx, Event(ERASURE_WITHDRAWN, creator, creator=creator), at=now)
    return bool(found["gone"])


async def standing(driver: AsyncDriver, creator: str, *, database: str) -> Standing:
    """Return what a creator has asked for."""
    return Standing(*(await _rows(driver, STANDING, database, creator=creator))[0])


async def requests(driver: AsyncDriver, *, database: str) -> list[Request]:
    """Return the requests to be erased that are not executed yet, the one that is due first at the head."""
    return [Request(creator, at, due) for creator, at, due in await _rows(driver, REQUESTS, database, most=MOST)]


async def _rows(driver: AsyncDriver, query: LiteralString, database: str, **values: Any) -> list[list[Any]]:
    return await read_rows(driver, query, values, database=database)

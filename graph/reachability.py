"""Whether a database that has not answered in time answers at all: what is too slow is told otherwise than what is away."""

from __future__ import annotations

import asyncio
import ssl
from contextvars import Context
from time import monotonic
from typing import Final, LiteralString
from weakref import WeakKeyDictionary

from neo4j import AsyncDriver
from neo4j.exceptions import DriverError, Neo4jError

from graph.connection import reading

SECONDS: Final = 2.0

ONE: Final[LiteralString] = """
RETURN 1 AS one
"""

AWAY: Final = (DriverError, Neo4jError, OSError, TimeoutError)
"""What a query raises where the database is away, or too slow for whoever waits."""

_HEARD: Final[WeakKeyDictionary[AsyncDriver, float]] = WeakKeyDictionary()
_ASKING: Final[WeakKeyDictionary[AsyncDriver, asyncio.Task[bool]]] = WeakKeyDictionary()


def heard(driver: AsyncDriver) -> None:
    """Note that the database has just answered something."""
    _HEARD[driver] = monotonic()


async def responds(driver: AsyncDriver, database: str, *, since: float) -> bool:
    """Tell whether the database has answered anybody since a moment (`time.monotonic`), or answers the least query in two seconds.

    It is asked once for all who want to know at the same time: where slow queries have all connections, asking takes one more.
    """
    if _HEARD.get(driver, since) > since:
        return True
    asking = _ASKING.get(driver)
    if asking is None or asking.done():
        asking = asyncio.get_running_loop().create_task(_answers(driver, database), context=Context())
        _ASKING[driver] = asking
    return await asyncio.shield(asking)


async def _answers(driver: AsyncDriver, database: str) -> bool:
    try:
        async with asyncio.timeout(SECONDS), reading(driver, database) as session:
            await (await session.run(ONE)).consume()
    except AWAY:
        return False
    heard(driver)
    return True


def unaccepted(error: BaseException) -> str | None:
    """Return what is wrong with the server's certificate, where that is why it could not be reached."""
    cause: BaseException | None = error
    while cause is not None and not isinstance(cause, ssl.SSLCertVerificationError):
        cause = cause.__cause__ or cause.__context__
    return None if cause is None else cause.verify_message

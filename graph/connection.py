"""One way to open a driver, whichever server it is for, and sessions that only read, or write too."""

from pathlib import Path
from typing import Any, Final

from neo4j import (
    READ_ACCESS,
    WRITE_ACCESS,
    AsyncDriver,
    AsyncGraphDatabase,
    AsyncNeo4jDriver,
    AsyncSession,
    NotificationMinimumSeverity,
    Query,
)

from graph.bookmarks import shared_bookmarks
from graph.sockets import lose_as_others

CONNECTIONS: Final = 50
SECONDS_TO_CONNECT: Final = 10.0
SECONDS_FOR_A_CONNECTION: Final = 30.0
SECONDS_UNTIL_CHECKED: Final = 60.0
ROWS_A_MESSAGE: Final = 1_000

lose_as_others()


class Foreign(Query):
    """A query that somebody else wrote, which may hold anything: a trace names it by the hash of its text alone."""


def open_driver(uri: str, *, auth: tuple[str, str], connections: int = CONNECTIONS, bookmarks: Path | None = None) -> AsyncDriver:
    """Return a driver for the server or cluster at `uri`; it connects at the first query, so a wrong address shows only then.

    Of a cluster, whoever shares the folder `bookmarks` reads what any of them has written or seen. Notifications are off, since our own
    queries are tested: sessions for those of others turn them on.
    """
    driver = AsyncGraphDatabase.driver(  # pyright: ignore[reportUnknownMemberType] -- the driver leaves its options untyped
        uri,
        auth=auth,
        max_connection_pool_size=connections,
        connection_timeout=SECONDS_TO_CONNECT,
        connection_acquisition_timeout=SECONDS_FOR_A_CONNECTION,
        liveness_check_timeout=SECONDS_UNTIL_CHECKED,
        keep_alive=True,
        user_agent="creatorgraph",
        notifications_min_severity=NotificationMinimumSeverity.OFF,
    )
    if isinstance(driver, AsyncNeo4jDriver):
        # What a session writes and what `execute_query` reads share one list; the driver has no option for that.
        driver._query_bookmark_manager = shared_bookmarks(bookmarks, uri)  # pyright: ignore[reportPrivateUsage]
    return driver


def reading(driver: AsyncDriver, database: str, *, fetch_size: int = ROWS_A_MESSAGE, notified: bool = False) -> AsyncSession:
    """Return a session in which the database refuses to write; `fetch_size` rows come before it waits to be asked for more, -1: all.

    Of a cluster, any server answers that has what was written before. A `notified` one is for queries that somebody else wrote: their
    results tell what the database warns of.
    """
    least = NotificationMinimumSeverity.WARNING if notified else NotificationMinimumSeverity.OFF
    return _session(driver, database, default_access_mode=READ_ACCESS, fetch_size=fetch_size, notifications_min_severity=least)


def writing(driver: AsyncDriver, database: str, *, fetch_size: int = ROWS_A_MESSAGE) -> AsyncSession:
    """Return a session that may write; of a cluster, with the server that takes writes."""
    return _session(driver, database, default_access_mode=WRITE_ACCESS, fetch_size=fetch_size)


def _session(driver: AsyncDriver, database: str, **options: Any) -> AsyncSession:
    if isinstance(driver, AsyncNeo4jDriver):
        options["bookmark_manager"] = driver.execute_query_bookmark_manager
    return driver.session(database=database, **options)  # pyright: ignore[reportUnknownMemberType] -- the driver leaves its options untyped

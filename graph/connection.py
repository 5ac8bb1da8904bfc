"""One way to open a driver, whichever server it is for, and a session that only reads."""

from typing import Final

from neo4j import READ_ACCESS, AsyncDriver, AsyncGraphDatabase, AsyncSession, NotificationMinimumSeverity, Query

from graph.sockets import lose_as_others

CONNECTIONS: Final = 50
SECONDS_TO_CONNECT: Final = 10.0
SECONDS_FOR_A_CONNECTION: Final = 30.0
SECONDS_UNTIL_CHECKED: Final = 60.0
ROWS_A_MESSAGE: Final = 1_000

lose_as_others()


class Foreign(Query):
    """A query that somebody else wrote, which may hold anything: a trace names it by the hash of its text alone."""


def open_driver(uri: str, *, auth: tuple[str, str], connections: int = CONNECTIONS, user_agent: str = "creatorgraph") -> AsyncDriver:
    """Return a driver for the server at `uri`; it connects at the first query, so a wrong address shows only then.

    Notifications are off, since our own queries are tested: sessions for those of others turn them on.
    """
    return AsyncGraphDatabase.driver(  # pyright: ignore[reportUnknownMemberType] -- the driver leaves its options untyped
        uri,
        auth=auth,
        max_connection_pool_size=connections,
        connection_timeout=SECONDS_TO_CONNECT,
        connection_acquisition_timeout=SECONDS_FOR_A_CONNECTION,
        liveness_check_timeout=SECONDS_UNTIL_CHECKED,
        keep_alive=True,
        user_agent=user_agent,
        notifications_min_severity=NotificationMinimumSeverity.OFF,
    )


def reading(driver: AsyncDriver, database: str, *, fetch_size: int = ROWS_A_MESSAGE, notified: bool = False) -> AsyncSession:
    """Return a session in which the database refuses to write; `fetch_size` rows come before it waits to be asked for more, -1: all.

    A `notified` one is for queries that somebody else wrote: their results tell what the database warns of.
    """
    least = NotificationMinimumSeverity.WARNING if notified else NotificationMinimumSeverity.OFF
    return driver.session(  # pyright: ignore[reportUnknownMemberType] -- the driver leaves its options untyped
        database=database, default_access_mode=READ_ACCESS, fetch_size=fetch_size, notifications_min_severity=least
    )

"""Whether a server answers: its port opens before it does, so only a query can tell."""

import logging
from typing import Final, LiteralString

from neo4j import Driver, GraphDatabase
from neo4j.exceptions import AuthError, DriverError, Neo4jError

from graph.errors import DatabaseUnreachable, ServerBroken, StoreUnreadable

NEEDS_RESTART: Final = "Neo.DatabaseError.Transaction.TransactionStartFailed"
UNAVAILABLE: Final = "DatabaseUnavailable"
STATUS: Final[LiteralString] = """
SHOW DATABASES
YIELD name, currentStatus, statusMessage
WHERE name = 'neo4j' AND currentStatus = 'offline'
RETURN statusMessage AS message
"""


def answers(uri: str, auth: tuple[str, str]) -> bool:
    """Tell whether the server at `uri` runs a query now; a refused password is an error at once, as is a store that is shut or damaged."""
    log = logging.getLogger("neo4j")
    log.setLevel(max(log.level, logging.ERROR))  # failures are expected here; a command may have silenced more
    with GraphDatabase.driver(uri, auth=auth, connection_timeout=2, max_transaction_retry_time=0) as driver:  # pyright: ignore[reportUnknownMemberType] -- untyped options
        try:
            return bool(driver.execute_query("RETURN 1 AS one", database_="neo4j").records)
        except AuthError as error:
            raise DatabaseUnreachable(f"{uri}: the password is rejected; check that the file `password` belongs to this data") from error
        except (DriverError, Neo4jError) as error:
            if isinstance(error, Neo4jError) and error.code == NEEDS_RESTART:
                raise ServerBroken(f"{uri}: {error.message}") from error
            if isinstance(error, Neo4jError) and (error.code or "").endswith(UNAVAILABLE) and (said := _given_up(driver)):
                raise StoreUnreadable(said) from error
            return False


def _given_up(driver: Driver) -> str:
    """Return why the server has given up opening the store; nothing where it has not."""
    try:
        found = driver.execute_query(STATUS, database_="system").records
    except (DriverError, Neo4jError):
        return ""
    return (found[0]["message"] or "") if found else ""

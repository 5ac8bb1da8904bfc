"""What clients are told of failures that are not theirs: little, and what they can do. The log has the whole."""

from __future__ import annotations

import logging
from typing import Any, Final

from graphql import GraphQLError
from neo4j.exceptions import ClientError, DriverError, ServiceUnavailable, SessionExpired, TransientError

from api.errors import ApiError, BadUserInput, LimitExceeded, NotReady, masked
from graph.errors import DatabaseUnreachable

LOG: Final = logging.getLogger("creatorgraph")
RETRY: Final = {"Retry-After": "5"}
TOO_COSTLY: Final = (
    "Neo.ClientError.Transaction.TransactionTimedOut",
    "Neo.ClientError.Transaction.TransactionTimedOutClientConfiguration",
    "Neo.TransientError.General.MemoryPoolOutOfMemoryError",
    "Neo.TransientError.General.TransactionMemoryLimit",
)


def translated(error: BaseException, request_id: str) -> ApiError:
    """Return the error to show for a failure, and log the failure whole where it is not the client's."""
    if isinstance(error, ApiError):
        return error
    if isinstance(error, ClientError | TransientError) and error.code in TOO_COSTLY:
        LOG.warning("too costly", extra={"fields": {"reason": error.code}})
        return LimitExceeded("this operation exceeded the database's time or memory limit; request less, or filter more")
    if isinstance(error, ServiceUnavailable | SessionExpired | DatabaseUnreachable) or _exhausted(error):
        LOG.error("the database is not responding", exc_info=error)
        return NotReady("the database is not responding; try again in a few seconds (details at /readyz)", headers=RETRY)
    LOG.error("failure", exc_info=error)
    return masked(request_id)


def shown(error: GraphQLError, request_id: str) -> dict[str, Any]:
    """Return a field's error as clients see it: GraphQL's own words where the fault is theirs, else what `translated` says."""
    cause = error.original_error
    told = BadUserInput(error.message) if cause is None or isinstance(cause, GraphQLError) else translated(cause, request_id)
    formatted: dict[str, Any] = dict(error.formatted)
    given = formatted.get("extensions", {})
    return formatted | {"message": told.message, "extensions": given if "code" in given else told.extensions}


def _exhausted(error: BaseException) -> bool:
    """Tell whether the driver could get no connection in time."""
    return isinstance(error, DriverError) and "connection" in str(error).lower()

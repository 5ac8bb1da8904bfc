"""What clients are told of failures that are not theirs: little, and what they can do. The log has the whole."""

from __future__ import annotations

import errno
import logging
import re
from collections.abc import Callable
from typing import Any, Final

from graphql import GraphQLError
from neo4j.exceptions import DriverError, IncompleteCommit, Neo4jError, ServiceUnavailable, SessionExpired

from api.errors import (
    ApiError,
    BadUserInput,
    CypherFailed,
    CypherRefused,
    Forbidden,
    LimitExceeded,
    NotReady,
    StaleCursor,
    TooManyAtOnce,
    Unconfirmed,
    masked,
)
from graph import queries
from graph.errors import Busy, DatabaseUnreachable, OutOfTime
from graph.exports.errors import TooLong as ExportTooLong
from graph.plans.errors import OutdatedCursor, PlanError, TooComplex
from graph.plans.errors import Refused as PlanRefused
from graph.queries.parameters import ParameterRefused

LOG: Final = logging.getLogger("creatorgraph")
RETRY: Final = {"Retry-After": "5"}
SECONDS_BUSY: Final = 2
TOO_COSTLY: Final = (
    "Neo.ClientError.Transaction.TransactionTimedOut",
    "Neo.ClientError.Transaction.TransactionTimedOutClientConfiguration",
    "Neo.TransientError.General.MemoryPoolOutOfMemoryError",
    "Neo.TransientError.General.TransactionMemoryLimit",
)


def _unchanged(error: ApiError) -> ApiError:
    return error


def _of_cypher(error: queries.Refused) -> ApiError:
    return CypherRefused(str(error), refusals=[refusal(each) for each in error.refusals])


def _too_costly(_error: Exception) -> ApiError:
    return LimitExceeded("this operation exceeded the database's time or memory limit; request less, or filter more")


def _away(_error: Exception) -> ApiError:
    return NotReady("the database is not responding; try again in a few seconds (details at /readyz)", headers=RETRY)


def _unconfirmed(_error: Exception) -> ApiError:
    return Unconfirmed(
        "the connection to the database was lost while the change was being saved, so it may have been made or not; "
        "read what it changes before you send it again"
    )


def _full(_error: Exception) -> ApiError:
    return NotReady("the server's disk is full; contact its operator, and try again later")


def _busy(error: Busy) -> ApiError:
    headers = {"Retry-After": str(SECONDS_BUSY)}
    return TooManyAtOnce(str(error), headers=headers, retryAfter=SECONDS_BUSY) if error.own else NotReady(str(error), headers=headers)


def _saying(kind: type[ApiError]) -> Callable[[Exception], ApiError]:
    """Return what makes an error of ours with the failure's own words, which are written for clients."""
    return lambda error: kind(str(error))


TABLE: Final[tuple[tuple[tuple[type[BaseException], ...], Callable[[Any], ApiError]], ...]] = (
    ((ApiError,), _unchanged),
    ((GraphQLError,), lambda error: BadUserInput(plain_words(error.message))),
    ((OutdatedCursor,), _saying(StaleCursor)),
    ((PlanRefused,), _saying(Forbidden)),
    ((TooComplex, OutOfTime), _saying(LimitExceeded)),
    ((Busy,), _busy),
    ((PlanError, ParameterRefused), _saying(BadUserInput)),
    ((queries.Refused,), _of_cypher),
    ((queries.Faulty, queries.Mixed, queries.Unreadable), _saying(CypherFailed)),
    ((queries.QueryError, ExportTooLong), _saying(LimitExceeded)),
    ((IncompleteCommit,), _unconfirmed),
    ((ServiceUnavailable, SessionExpired, DatabaseUnreachable), _away),
)
"""From a failure to what is told of it; the first row that fits holds. What fits none is ours, and masked."""

LOGGED: Final[dict[Callable[[Any], ApiError], str]] = {
    _away: "the database is not responding",
    _unconfirmed: "the database was lost as it committed a change",
    _full: "the disk is full",
}
"""What is noted in the log as well, since it may be the operator's."""


def translated(error: BaseException, request_id: str) -> ApiError:
    """Return the error to show for a failure, and log the failure whole where it is not the client's."""
    told = _told(error)
    if told is None:
        LOG.error("failure", exc_info=error)
        return masked(request_id)
    if told is _too_costly:
        LOG.warning("too costly: %s", error)  # the client's to mend: one line, without a traceback
    if told in LOGGED:
        LOG.error("%s: %s", LOGGED[told], " ".join(str(error).split()))  # one line each: every reader meets it until it is over
    return told(error)


def refusal(each: queries.Refusal) -> dict[str, str]:
    """Return a refusal of the guard as errors show it."""
    return {"rule": each.rule.value, "name": each.name, "remedy": each.remedy}


def _told(error: BaseException) -> Callable[[Any], ApiError] | None:
    """Return what makes the error to show; None where the failure is not known."""
    if isinstance(error, Neo4jError) and error.code in TOO_COSTLY:
        return _too_costly
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        return _full
    found = next((made for kinds, made in TABLE if isinstance(error, kinds)), None)
    return _away if found is None and _exhausted(error) else found


def shown(error: GraphQLError, request_id: str) -> dict[str, Any]:
    """Return a field's error as clients see it: GraphQL's own words where the fault is theirs, else what `translated` says."""
    cause = error.original_error
    told = BadUserInput(plain_words(error.message)) if cause is None or isinstance(cause, GraphQLError) else translated(cause, request_id)
    formatted: dict[str, Any] = dict(error.formatted)
    given = formatted.get("extensions", {})
    return formatted | {"message": told.message, "extensions": given if "code" in given else told.extensions}


def _exhausted(error: BaseException) -> bool:
    """Tell whether the driver could get no connection in time."""
    return isinstance(error, DriverError) and "connection" in str(error).lower()


VALUES: Final = {"None": "null", "True": "true", "False": "false"}
BARE: Final = re.compile(r"""(?<!['"\w])(None|True|False)(?!['"\w])""")
WRAPPED: Final = re.compile(r"Expected value of type '\w+!?', but encountered error '(.*)'; found: .*$", re.DOTALL)
"""What the library puts around the words of a scalar of ours, which name the value and the remedy themselves."""

TOO_MANY: Final = "Too many validation errors, error limit reached. Validation aborted."
ABORTED: Final = "Validation aborted."
WORDS: Final = {
    TOO_MANY: "there are more errors; correct these first",
    ABORTED: "the document is too deep, or uses its fragments too often, to be validated; send a smaller one",
}


def plain_words(message: str) -> str:
    """Return a message of the library with JSON's values in place of Python's, and a remedy where it gave up."""
    message = WRAPPED.sub(lambda found: found[1], message)
    return WORDS.get(message) or BARE.sub(lambda found: VALUES[found[1]], message)

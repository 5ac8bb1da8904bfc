"""What can go wrong between us and whoever asks; each error names the value, the rule and the remedy.

ApiError
├── BadRequest               the HTTP request is no GraphQL request
│   ├── MethodRefused          a method, or a mutation by GET, that is not allowed
│   ├── NotAcceptable          no media type that we can answer in
│   ├── MediaTypeRefused       a body in a type that we cannot read
│   ├── PersistedQueryNotFound      a document by a hash that is not known, or not of this key
│   ├── PersistedQueryNotSupported  a document by its hash, where none are kept
│   ├── PersistedQueryRefused       a document by a hash that is not its own
│   ├── DocumentNotInList           an id that no trusted document has
│   ├── DocumentNotTrusted          a document that the key may not run, since it is not trusted
│   └── TooLarge               a body beyond the bound
├── Unauthenticated          no key, or one that is not valid
├── Forbidden                the viewer's role may not do this
├── BadUserInput             an argument or variable that breaks a rule
├── ParseFailed              the document is no GraphQL
├── ValidationFailed         the document does not fit the schema
├── LimitExceeded            deeper, broader or longer than allowed
├── CypherRefused            the guard does not let a Cypher query through
├── CypherFailed             a Cypher query has a mistake in it
├── TooManyAtOnce            as many Cypher queries of the key as may be run already
├── CostExceeded             the key's budget is used up for now
├── StaleCursor              a cursor of a run or an order that is no more
├── AuditUnavailable         what is shown cannot be written down, and so is not shown
├── NotReady                 the database or the scores are not there
├── Unconfirmed              a change of which nobody knows whether it was made
├── Internal                 a failure of ours, masked
├── LogDamaged               the audit log, or the key that signs it, is not as it was written (command line)
├── ProofError               a proof, or the key that signs it, that cannot be read
└── AccessError              a key that cannot be made, found or changed (command line)
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, ClassVar


class ApiError(Exception):
    """The root: `code` goes to clients as `extensions.code`, `status` where the error is the whole answer."""

    code: ClassVar[str] = "INTERNAL"
    status: ClassVar[HTTPStatus] = HTTPStatus.INTERNAL_SERVER_ERROR

    def __init__(self, message: str, *, headers: dict[str, str] | None = None, **extensions: Any) -> None:
        """Keep the message, headers for an HTTP answer, and what `extensions` shows beside the code."""
        super().__init__(message)
        self.message = message
        self.headers = headers or {}
        self.extensions = {"code": self.code, **extensions}

    @property
    def formatted(self) -> dict[str, Any]:
        """The error as GraphQL writes it."""
        return {"message": self.message, "extensions": self.extensions}


class BadRequest(ApiError):
    """The HTTP request cannot be understood as a GraphQL request."""

    code = "BAD_REQUEST"
    status = HTTPStatus.BAD_REQUEST


class MethodRefused(BadRequest):
    """The method is not allowed here, or not for this operation."""

    code = "METHOD_NOT_ALLOWED"
    status = HTTPStatus.METHOD_NOT_ALLOWED


class NotAcceptable(BadRequest):
    """The client accepts none of the media types that we answer in."""

    code = "NOT_ACCEPTABLE"
    status = HTTPStatus.NOT_ACCEPTABLE


class MediaTypeRefused(BadRequest):
    """The body's media type, charset or encoding cannot be read."""

    code = "UNSUPPORTED_MEDIA_TYPE"
    status = HTTPStatus.UNSUPPORTED_MEDIA_TYPE


class PersistedQueryNotFound(BadRequest):
    """A document is named by a hash that is not known; by this code and status Apollo's clients know to send its text."""

    code = "PERSISTED_QUERY_NOT_FOUND"
    status = HTTPStatus.OK


class PersistedQueryNotSupported(BadRequest):
    """A document is named by its hash, and none are kept; by this code and status Apollo's clients no longer try."""

    code = "PERSISTED_QUERY_NOT_SUPPORTED"
    status = HTTPStatus.OK


class PersistedQueryRefused(BadRequest):
    """The hash is not that of the text, or of another version; Apollo Server gives such errors the code that it gives all without one."""

    code = "INTERNAL_SERVER_ERROR"
    status = HTTPStatus.BAD_REQUEST


class DocumentNotInList(BadRequest):
    """No trusted document has this id; the code is that of Apollo's router, as is the next one."""

    code = "PERSISTED_QUERY_NOT_IN_LIST"
    status = HTTPStatus.NOT_FOUND


class DocumentNotTrusted(BadRequest):
    """The document is not trusted, and the key may run trusted ones only."""

    code = "QUERY_NOT_IN_SAFELIST"
    status = HTTPStatus.FORBIDDEN


class TooLarge(BadRequest):
    """The body is longer than the bound."""

    code = "BODY_TOO_LARGE"
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE


class Unauthenticated(ApiError):
    """No key, or one that is malformed, unknown, revoked or expired."""

    code = "UNAUTHENTICATED"
    status = HTTPStatus.UNAUTHORIZED


class Forbidden(ApiError):
    """The viewer's role may not do this."""

    code = "FORBIDDEN"
    status = HTTPStatus.FORBIDDEN


class BadUserInput(ApiError):
    """An argument or a variable breaks a rule."""

    code = "BAD_USER_INPUT"
    status = HTTPStatus.BAD_REQUEST


class ParseFailed(ApiError):
    """The document is not GraphQL."""

    code = "GRAPHQL_PARSE_FAILED"
    status = HTTPStatus.BAD_REQUEST


class ValidationFailed(ApiError):
    """The document does not fit the schema."""

    code = "GRAPHQL_VALIDATION_FAILED"
    status = HTTPStatus.BAD_REQUEST


class LimitExceeded(ApiError):
    """The operation is deeper, broader or longer than allowed, or a page is too large."""

    code = "LIMIT_EXCEEDED"
    status = HTTPStatus.BAD_REQUEST


class CypherRefused(ApiError):
    """The guard does not let a Cypher query through; `refusals` tells each rule, what broke it and what to write instead."""

    code = "CYPHER_REFUSED"
    status = HTTPStatus.BAD_REQUEST


class CypherFailed(ApiError):
    """The database does not understand a Cypher query, or it fails on the data."""

    code = "CYPHER_FAILED"
    status = HTTPStatus.BAD_REQUEST


class TooManyAtOnce(ApiError):
    """As many Cypher queries as may run at once are running."""

    code = "CONCURRENCY_LIMIT"
    status = HTTPStatus.TOO_MANY_REQUESTS


class CostExceeded(ApiError):
    """The key has used up its budget for now."""

    code = "COST_EXCEEDED"
    status = HTTPStatus.TOO_MANY_REQUESTS


class StaleCursor(ApiError):
    """The cursor belongs to a scoring run or an order that is no longer served."""

    code = "STALE_CURSOR"
    status = HTTPStatus.BAD_REQUEST


class AuditUnavailable(ApiError):
    """Nothing can be shown of a creator, since it could not be written down that it was."""

    code = "AUDIT_UNAVAILABLE"
    status = HTTPStatus.SERVICE_UNAVAILABLE


class NotReady(ApiError):
    """The database does not answer, or there is nothing to answer from yet."""

    code = "NOT_READY"
    status = HTTPStatus.SERVICE_UNAVAILABLE


class Unconfirmed(ApiError):
    """The database was lost as it committed a change, or right after: whether, or how, it was made is to be seen in the graph alone."""

    code = "UNCONFIRMED"
    status = HTTPStatus.SERVICE_UNAVAILABLE


class Internal(ApiError):
    """A failure of ours; clients learn the request id and nothing else."""

    code = "INTERNAL"
    status = HTTPStatus.INTERNAL_SERVER_ERROR


class LogDamaged(ApiError):
    """The audit log, or the key that signs it, is not as it was written."""


class ProofError(ApiError):
    """A proof of ratings, or the key that signs them, cannot be read."""


class AccessError(ApiError):
    """A key cannot be made, found or changed as asked; for the command line and administrators."""

    code = "BAD_USER_INPUT"
    status = HTTPStatus.BAD_REQUEST


STATUS_BY_CODE: dict[str, HTTPStatus] = {
    kind.code: kind.status
    for kind in (
        BadRequest,
        MethodRefused,
        NotAcceptable,
        MediaTypeRefused,
        PersistedQueryNotFound,
        PersistedQueryNotSupported,
        PersistedQueryRefused,
        DocumentNotInList,
        DocumentNotTrusted,
        TooLarge,
        Unauthenticated,
        Forbidden,
        BadUserInput,
        ParseFailed,
        ValidationFailed,
        LimitExceeded,
        CypherRefused,
        CypherFailed,
        TooManyAtOnce,
        CostExceeded,
        StaleCursor,
        AuditUnavailable,
        NotReady,
        Unconfirmed,
        Internal,
    )
}
"""The HTTP status of an answer that consists of an error of this code."""


def masked(request_id: str) -> Internal:
    """Return the error that a client sees in place of an unknown failure."""
    return Internal(
        f"internal error; contact the operator with the request id {request_id}",
        requestId=request_id,
    )

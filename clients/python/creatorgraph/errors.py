"""What can go wrong for whoever asks.

ClientError
├── Unreachable        no answer came
├── NotReady           the service is there, its database or its scores are not
├── Unauthenticated    no key, or one that is not valid
├── Forbidden          the key's role may not do this
├── RateLimited        the key's budget, or its share of queries at once, is used up for now
├── Refused            what was asked breaks a rule
│   └── StaleCursor      the order changed while its pages were read, again and again
├── Unconfirmed        a change may have been made or not
├── NotFound           there is nothing with this id that the key may see
├── ExportFailed       an export ended without a file
└── ServerFault        a failure of the service; its operator finds the request id in the log
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar


class ClientError(Exception):
    """The root. `errors` are those of the answer, as GraphQL writes them; `data` is what came in spite of them."""

    def __init__(self, message: str, *, errors: Sequence[Mapping[str, Any]] = (), data: Any = None) -> None:
        """Keep the message, the answer's errors and its data."""
        super().__init__(message)
        self.errors = tuple(errors)
        self.data = data

    @property
    def code(self) -> str | None:
        """The first error's `extensions.code`; None where no answer came."""
        return _extensions(self.errors).get("code")


class Unreachable(ClientError):
    """No answer came: nobody listens there, the connection broke, or it took too long."""


class NotReady(ClientError):
    """The service cannot answer for now."""


class Unauthenticated(ClientError):
    """No key was given, or it is malformed, unknown, revoked or expired."""


class Forbidden(ClientError):
    """The key's role may not do this."""


class RateLimited(ClientError):
    """Too much was asked in a while, or at once."""

    @property
    def retry_after(self) -> float | None:
        """Seconds to wait; None where the service does not say."""
        return _extensions(self.errors).get("retryAfter")


class Refused(ClientError):
    """What was asked breaks a rule, which the message names."""


class StaleCursor(Refused):
    """The order changed while its pages were read."""


class Unconfirmed(ClientError):
    """The service lost its database as a change was saved: read what it changes before it is sent again."""


class NotFound(ClientError):
    """There is nothing with this id that the key may see."""


class ExportFailed(ClientError):
    """An export ended without a file."""


class ServerFault(ClientError):
    """A failure of the service."""

    CODE: ClassVar = "INTERNAL"

    @property
    def request_id(self) -> str | None:
        """The id under which the service's log has the whole of it; None where the answer names none."""
        return _extensions(self.errors).get("requestId")


BY_CODE: Mapping[str, type[ClientError]] = {
    "UNAUTHENTICATED": Unauthenticated,
    "FORBIDDEN": Forbidden,
    "COST_EXCEEDED": RateLimited,
    "CONCURRENCY_LIMIT": RateLimited,
    "STALE_CURSOR": StaleCursor,
    "NOT_FOUND": NotFound,
    "NOT_READY": NotReady,
    "UNCONFIRMED": Unconfirmed,
    ServerFault.CODE: ServerFault,
}
"""Kinds of errors by `extensions.code`; all other codes are `Refused`."""

BY_STATUS: Mapping[int, type[ClientError]] = {
    401: Unauthenticated,
    403: Forbidden,
    404: NotFound,
    429: RateLimited,
    502: NotReady,
    503: NotReady,
    504: NotReady,
}
"""Kinds of errors by HTTP status, for answers that are not ours: those of a proxy."""


def of_errors(errors: Sequence[Mapping[str, Any]], data: Any = None) -> ClientError:
    """Return the error to raise for an answer's errors: that of the first, whose message it bears."""
    code = _extensions(errors).get("code", "")
    more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
    return BY_CODE.get(code, Refused)(f"{errors[0].get('message', code)}{more}", errors=errors, data=data)


def of_status(status: int, text: str) -> ClientError:
    """Return the error to raise for an answer without errors of ours."""
    kind = BY_STATUS.get(status, ServerFault if status >= 500 else Refused)
    return kind(f"the answer has status {status}: {text[:200] or 'no message'}")


def _extensions(errors: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    return errors[0].get("extensions") or {} if errors else {}

"""What a refused request is told of how to sign in (RFC 6750)."""

from __future__ import annotations

from typing import Final

from api.errors import Unauthenticated

CHALLENGE: Final = {"WWW-Authenticate": 'Bearer realm="creatorgraph"'}
REFUSED: Final = {"WWW-Authenticate": 'Bearer realm="creatorgraph", error="invalid_token"'}


def refused(message: str) -> Unauthenticated:
    """Return the refusal of a key or token that was sent and is not valid."""
    return Unauthenticated(message, headers=REFUSED)

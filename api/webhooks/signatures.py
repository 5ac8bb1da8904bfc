"""Secrets and signatures, as Standard Webhooks 1.0 has them (symmetric, `v1`)."""

from __future__ import annotations

import base64
import hmac
from collections.abc import Iterable
from hashlib import sha256
from secrets import token_bytes
from typing import Final

PREFIX: Final = "whsec_"
BYTES: Final = 32


def minted() -> str:
    """Return a new random secret."""
    return PREFIX + base64.b64encode(token_bytes(BYTES)).decode()


def headers(secrets: Iterable[str], message: str, at: int, body: bytes) -> dict[str, str]:
    """Return what is sent beside a body: the message's id, the second of this attempt, and a signature by each secret."""
    signed = f"{message}.{at}.".encode() + body
    signatures = " ".join(f"v1,{_signature(secret, signed)}" for secret in secrets)
    return {"webhook-id": message, "webhook-timestamp": str(at), "webhook-signature": signatures}


def _signature(secret: str, signed: bytes) -> str:
    key = base64.b64decode(secret.removeprefix(PREFIX))
    return base64.b64encode(hmac.new(key, signed, sha256).digest()).decode()

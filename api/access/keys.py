"""Access keys as text: `cgk_`, an id to find the key by, 256 random bits, and a checksum.

Only the SHA-256 of a key is kept. A slow, salted hash defends what people choose; against 256 random bits
guessing is hopeless however fast the hash, and a fast one keeps each request cheap.
"""

from __future__ import annotations

import re
import secrets
import zlib
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

PREFIX: Final = "cgk_"
ALPHABET: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
ID_LENGTH: Final = 8
SECRET_LENGTH: Final = 43
CHECKSUM_LENGTH: Final = 6
KEY: Final = re.compile(rf"{PREFIX}([0-9A-Za-z]{{{ID_LENGTH}}})[0-9A-Za-z]{{{SECRET_LENGTH + CHECKSUM_LENGTH}}}")
SECRET_BITS: Final = 256


@dataclass(frozen=True, slots=True)
class Key:
    """A key at the one moment when its text is known."""

    id: str
    text: str

    def __repr__(self) -> str:
        """Show the id alone, so that no traceback or log spells the key."""
        return f"Key(id={self.id!r})"


def minted() -> Key:
    """Return a new random key."""
    id_ = "".join(secrets.choice(ALPHABET) for _ in range(ID_LENGTH))
    body = PREFIX + id_ + _base62(secrets.randbits(SECRET_BITS), SECRET_LENGTH)
    return Key(id_, body + checksum(body))


def key_id(text: str) -> str | None:
    """Return the id in a key's text, or None where the text is no whole key: mistyped, cut off, or something else."""
    match = KEY.fullmatch(text)
    if match is None or checksum(text[:-CHECKSUM_LENGTH]) != text[-CHECKSUM_LENGTH:]:
        return None
    return match[1]


def digest(text: str) -> bytes:
    """Return what is kept of a key."""
    return sha256(text.encode()).digest()


def checksum(body: str) -> str:
    """Return the six characters that tell a mistyped key from an unknown one; no secret is in them."""
    return _base62(zlib.crc32(body.encode()), CHECKSUM_LENGTH)


def _base62(number: int, length: int) -> str:
    digits: list[str] = []
    for _ in range(length):
        number, rest = divmod(number, len(ALPHABET))
        digits.append(ALPHABET[rest])
    return "".join(reversed(digits))

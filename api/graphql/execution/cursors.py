"""Cursors that tell nothing: places encrypted under a key of this instance, bound to their order."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import orjson
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV

from api.access.secret_file import secret
from graph.plans.errors import InvalidValue

FILE: Final = "cursor.key"
BITS: Final = 512
LONGEST: Final = 2_000
WIDTH: Final = 96
"""Places are filled with blanks to a multiple of so many bytes, which holds any of those served: a length would tell digits of a rank."""


class SealedCursors:
    """Deterministic encryption (AES-SIV, RFC 5297): one place of one order always has the same cursor.

    Were the place readable, the distance between two cursors would count creators that a viewer may not see.
    """

    def __init__(self, key: bytes) -> None:
        """Seal with a key of 64 bytes."""
        self._cipher = AESSIV(key)

    def write(self, place: Sequence[Any], *, order: str) -> str:
        """Return the cursor of a place."""
        plain = orjson.dumps(place)
        sealed = self._cipher.encrypt(plain.ljust(-(-len(plain) // WIDTH) * WIDTH), [order.encode()])
        return urlsafe_b64encode(sealed).rstrip(b"=").decode()

    def read(self, cursor: str, *, order: str) -> list[Any]:
        """Return the place; `InvalidValue` for a cursor that was not written here for this order."""
        try:
            if len(cursor) > LONGEST:
                raise ValueError
            sealed = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
            return orjson.loads(self._cipher.decrypt(sealed, [order.encode()]))
        except (ValueError, InvalidTag) as error:
            raise InvalidValue(
                f"{cursor[:80]!r} is not a cursor of this list; a cursor is valid only for the list, order and arguments that it came from;"
                " use one that the same field returned, or start from the first page"
            ) from error


@lru_cache(maxsize=16)
def cursors(home: Path) -> SealedCursors:
    """Return the cursors of an instance; its key is made at first use, readable by its owner alone."""
    return SealedCursors(secret(home / FILE, lambda: AESSIV.generate_key(BITS)))

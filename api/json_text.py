"""JSON as text: read with every whole number as it stands.

The fast reader makes fractions of whole numbers beyond 64 bits, in silence: what has so many digits is read again by one that does not.
"""

from __future__ import annotations

import json
import re
from typing import Any, Final

import orjson

MANY_DIGITS: Final = re.compile(rb"\d{19}")


def parsed(text: str | bytes) -> Any:
    """Return what a text of JSON says; `orjson.JSONDecodeError`, a ValueError, where it is none."""
    found = orjson.loads(text)
    return json.loads(text) if MANY_DIGITS.search(text.encode() if isinstance(text, str) else text) else found

"""JSON as text: read with every whole number as it stands, and shown in messages.

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


def shown(value: Any, *, most: int = 60) -> str:
    """Return a value as messages show it: a text in quotes, all else as JSON, cut off after `most` characters."""
    text = repr(value) if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= most else f"{text[:most]}…"

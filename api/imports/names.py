"""Names of uploaded files: paths below the import's own folder, and nothing else."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath
from typing import Final

from api.errors import BadUserInput

MAPPING: Final = "mapping.toml"
"""The mapping through which an import is read, beside its files."""

LONGEST: Final = 1_000
LONGEST_PART: Final = 200
"""Bytes in UTF-8; file systems take 255, of which a half-written file's name needs some."""

MOST_SHOWN: Final = 100
DEEPEST: Final = 16
RESERVED: Final = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)", re.IGNORECASE)
"""Names of devices on Windows, where files may be fetched again."""

DRIVE: Final = re.compile(r"[A-Za-z]:")
INVISIBLE: Final = frozenset({"Cc", "Cs", "Zl", "Zp"})
TURNING: Final = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Characters that turn the direction of what follows, so that a name reads as another."""


def relative_path(name: str) -> PurePosixPath:
    """Return a file's name as a path below the folder of its import; BadUserInput names what is wrong with it, and what is right."""
    if (rule := _broken(name)) is not None:
        raise BadUserInput(f"the file name {_shown(name)} {rule}")
    return PurePosixPath(name)


def _broken(name: str) -> str | None:
    if any(unicodedata.category(each) in INVISIBLE or each in TURNING for each in name):
        return "has control characters, or such as turn the direction of text; rename the file"
    if not name or len(name.encode()) > LONGEST:
        return f"is empty or longer than {LONGEST:,} bytes; give a shorter one"
    if name.startswith("/") or "\\" in name or DRIVE.match(name):
        return "is absolute or has a backslash; give a path relative to what is imported, with / between folders"
    parts = name.split("/")
    if len(parts) > DEEPEST:
        return f"lies in more than {DEEPEST - 1} folders; upload a folder further down"
    return next((rule for part in parts if (rule := _broken_part(part)) is not None), None)


def _broken_part(part: str) -> str | None:
    if part in ("", ".", ".."):
        return "has an empty part, . or ..; give the path itself, such as shop/orders.json"
    if part.startswith("."):
        return f"has a hidden part, {_shown(part)}; leave the file out, or rename it"
    if len(part.encode()) > LONGEST_PART:
        return f"has a part longer than {LONGEST_PART} bytes; rename the file"
    if part != part.strip() or part.endswith("."):
        return f"has a part that begins or ends with white space, or ends with a dot, {_shown(part)}; rename the file"
    if RESERVED.match(part):
        return f"has a part that is the name of a device, {_shown(part)}; rename the file"
    return None


def _shown(text: str) -> str:
    return ascii(text) if len(text) <= MOST_SHOWN else ascii(text[:MOST_SHOWN]) + "…"

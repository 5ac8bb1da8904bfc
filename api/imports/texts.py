"""Values and messages of imports as texts that JSON can carry."""

from __future__ import annotations

from typing import Any, Final

from graph import json_text

LONGEST: Final = 2_000


def printable(text: str) -> str:
    """Return a text that may hold half characters, as names of files and broken cells do, as one that JSON can carry; long ones are cut."""
    cut = text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
    return cut.encode("utf-8", "replace").decode()


def shown_cell(value: Any) -> str | None:
    """Return a cell as text: what is no text as JSON."""
    if value is None:
        return None
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else json_text.dumps(value).decode()

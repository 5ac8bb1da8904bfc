"""User names of creators."""

from __future__ import annotations


def handle(text: str | None) -> str | None:
    """Return a user name as it is kept: trimmed, without a leading `@`; None where nothing is left."""
    return (text or "").strip().lstrip("@").strip() or None

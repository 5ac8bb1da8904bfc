"""Dates as they are given at a terminal."""

from __future__ import annotations

from datetime import UTC, datetime

import typer


def seconds(text: str) -> int:
    """Return a date, or a date and time, as Unix seconds; a date is its first moment in UTC."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(f"{text!r} is neither a date (2026-01-31) nor a date and time (2026-01-31T18:00:00Z)") from error
    return int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp())

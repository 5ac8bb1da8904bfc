"""Places in the order of events, as clients are given them: cursors that tell nobody how many events there were."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from api.errors import StaleCursor
from api.graphql.execution.cursors import cursors

ORDER: Final = "changes"


def cursor(home: Path, number: int) -> str:
    """Return the cursor of an event's number, under the key of an instance."""
    return cursors(home).write([number], order=ORDER)


def number(home: Path, given: str) -> int:
    """Return the number of a cursor; `InvalidValue` for what is no cursor of events."""
    (found,) = cursors(home).read(given, order=ORDER)
    return int(found)


def stale() -> StaleCursor:
    """Return the error of a cursor whose next events are gone."""
    return StaleCursor("changes after this cursor are no longer stored; take a new one from `changes`, then read what you need anew")

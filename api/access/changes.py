"""Whether another connection has changed a file of SQLite: looked at once a turn of the event loop, for all that runs in it.

A change that was made before a request was sent is seen by that request, on one condition: whoever reads input looks from a
task or a callback that was queued after the read. The turn's number is forgotten by a callback that was queued at the look, so
what is queued by a later read runs after it. A handler that takes a message which waits for it, without yielding, and looks in
the same task as before would break this: it may have an answer from before the message was sent.
"""

from __future__ import annotations

import asyncio
import sqlite3

from api.access.sqlite import changes


class Changes:
    """The number of changes of one connection's file, as of this turn of the loop; where no loop runs, as of now."""

    def __init__(self, database: sqlite3.Connection) -> None:
        """Look at nothing yet."""
        self._database = database
        self._number = 0
        self._loop: asyncio.AbstractEventLoop | None = None
        """The loop in whose present turn the number was read."""

    @property
    def number(self) -> int:
        """A number that differs once another connection has changed the file."""
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            return changes(self._database)
        if self._loop is not loop:
            # Queued before the look: whatever is queued after it, is queued after what makes the next look anew.
            loop.call_soon(self._end_turn)
            self._number, self._loop = changes(self._database), loop
        return self._number

    def _end_turn(self) -> None:
        self._loop = None

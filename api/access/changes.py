"""Whether another connection has changed a file of SQLite: looked at once a turn of the event loop, for all that runs in it.

What a turn works on has arrived before the turn began, and so before the look: a change that was made before a request
was sent is seen by that request.
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
            self._number, self._loop = changes(self._database), loop
            loop.call_soon(self._end_turn)
        return self._number

    def _end_turn(self) -> None:
        self._loop = None

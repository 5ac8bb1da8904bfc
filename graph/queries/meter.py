"""Counts the bytes of an answer as they come from the database.

A row is in memory whole before anyone can look at its size, and one row may hold a list of any length: so the bytes are
counted on the connection, and a row that is too large breaks it.
"""

from __future__ import annotations

from typing import Any

from neo4j import AsyncSession


class RowTooLarge(OSError):
    """A row goes on beyond what is left to read; the connection is of no more use."""


class Meter:
    """Stands before the socket of one session's connection for as long as its answer is read."""

    def __init__(self, session: AsyncSession, *, most: int) -> None:
        """Begin to count; reading more than `most` bytes breaks the connection."""
        # The driver has no public way to its socket; a test notices if this one changes.
        self._inbox: Any = session._connection.inbox  # pyright: ignore -- private and untyped
        self._socket: Any = self._inbox._socket
        self._most = most
        self.bytes = 0
        self._inbox._socket = self

    @property
    def exceeded(self) -> bool:
        """Whether a row has broken the connection."""
        return self.bytes > self._most

    async def recv_into(self, *arguments: Any) -> int:
        """Read as the socket does, and count."""
        if self.exceeded:
            raise RowTooLarge
        count: int = await self._socket.recv_into(*arguments)
        self.bytes += count
        if self.exceeded:
            raise RowTooLarge
        return count

    def remove(self) -> None:
        """Let the connection read directly again."""
        self._inbox._socket = self._socket

    def shut(self) -> None:
        """Let the connection read nothing more, unless the meter is gone already: whatever reads next closes it."""
        if self._inbox._socket is self:
            self._most = -1

    def __getattr__(self, name: str) -> Any:
        """Be the socket in everything else."""
        return getattr(self._socket, name)

"""Losing a connection is the same to the driver on every event loop: an OSError where it writes, which it knows how to go on from.

On uvloop, writing to a connection that the other side has reset is a RuntimeError. The driver lets that through: the query is
not tried again, the connection stays in the pool, and closing the driver fails too.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, Final, cast

from neo4j._async_compat.network import AsyncBoltSocketBase

CLOSED: Final = "the handler is closed"
"""What uvloop says."""

Write = Callable[[Any, bytes], Awaitable[None]]


def _as_lost(write: Write) -> Write:
    async def sendall(socket: Any, data: bytes) -> None:
        try:
            await write(socket, data)
        except RuntimeError as error:
            if CLOSED not in str(error):
                raise
            raise ConnectionResetError(f"the connection is closed ({error})") from error

    return sendall


def lose_as_others() -> None:
    """Have the driver's sockets say so; once for a process."""
    write = cast("Write", AsyncBoltSocketBase.sendall)
    if write.__module__ != __name__:
        setattr(AsyncBoltSocketBase, "sendall", _as_lost(write))  # noqa: B010 -- its declared type has no keyword parameters

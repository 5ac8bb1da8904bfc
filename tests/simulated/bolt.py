"""What a connection to the database says, as far as a schedule needs to know it: where messages begin and end, and what they are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

HELLO: Final = b"\xb1\x01"
"""With which the first message begins, after what both have agreed on."""

BEGIN, RUN, COMMIT, ROLLBACK = 0x11, 0x10, 0x12, 0x13
PULL, DISCARD = 0x3F, 0x2F
GOODBYE: Final = 0x02
NAMES: Final = {BEGIN: "begin", RUN: "run", COMMIT: "commit", ROLLBACK: "rollback", PULL: "pull", DISCARD: "discard"}
"""What an actor waits at: all else is housekeeping of the driver, as logging in."""

SUCCESS, IGNORED, FAILURE = 0x70, 0x7E, 0x7F
ENDS: Final = (SUCCESS, IGNORED, FAILURE)
"""The last message of an answer."""

LONGEST: Final = 60


def messages(buffer: bytearray) -> Iterator[bytes]:
    """Yield the whole messages at the head of a buffer, and take them out of it."""
    at, parts = 0, bytearray()
    while at + 2 <= len(buffer):
        size = int.from_bytes(buffer[at : at + 2])
        if at + 2 + size > len(buffer):
            return
        parts += buffer[at + 2 : at + 2 + size]
        at += 2 + size
        if not size:
            whole, parts = bytes(parts), bytearray()
            del buffer[:at]
            at = 0
            if whole:
                yield whole


def tag(message: bytes) -> int:
    """Return what kind of message it is."""
    return message[1]


def described(batch: list[bytes]) -> str:
    """Return a batch of requests in a few words: its first message, of a query the first line."""
    named = NAMES.get(tag(batch[0]), "other")
    return f"{named} {_query(batch[0])}" if tag(batch[0]) == RUN else named


def _query(message: bytes) -> str:
    marker = message[2]
    size, at = {0xD0: (1, 3), 0xD1: (2, 3), 0xD2: (4, 3)}.get(marker, (0, 3))
    length = int.from_bytes(message[at : at + size]) if size else marker & 0x0F
    text = message[at + size : at + size + length].decode("utf-8", "replace")
    return " ".join(text.split())[:LONGEST]

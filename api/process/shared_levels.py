"""What is left of each key's budget, in a file that the processes of one service map into memory: a look costs microseconds."""

from __future__ import annotations

import fcntl
import mmap
import os
import struct
from collections.abc import Generator
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from typing import Final

SLOTS: Final = 2**15
LOOKED_AT: Final = 64
"""Slots that are looked at for a key; where others have them all, the one that was used least lately is taken."""
SLOT: Final = struct.Struct("16sdd")
EMPTY: Final = bytes(16)


class SharedLevels:
    """Levels by key, with the moments (`time.monotonic`, the same for all processes of a machine) of which they are."""

    def __init__(self, path: Path) -> None:
        """Map the file at `path`, made where it is missing."""
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        os.posix_fallocate(handle, 0, SLOTS * SLOT.size)  # now, since a full disk would end a process that writes to memory later
        self._handle, self._table = handle, mmap.mmap(handle, SLOTS * SLOT.size)

    def close(self) -> None:
        """Let go of the file."""
        self._table.close()
        os.close(self._handle)

    @contextmanager
    def held(self) -> Generator[None]:
        """Keep other processes from reading and writing within the block, which must be short."""
        fcntl.flock(self._handle, fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.flock(self._handle, fcntl.LOCK_UN)

    def get(self, key: str) -> tuple[float, float] | None:
        """Return a key's level and its moment; None where there is none."""
        digest = _digest(key)
        _, found = self._place(digest)
        return found[1:] if found[0] == digest else None

    def set(self, key: str, level: float, at: float) -> None:
        """Write a key's level."""
        digest = _digest(key)
        place, _ = self._place(digest)
        SLOT.pack_into(self._table, place * SLOT.size, digest, level, at)

    def _place(self, digest: bytes) -> tuple[int, tuple[bytes, float, float]]:
        """Return a key's slot, or the one to take for it, and what it holds."""
        first = int.from_bytes(digest[:8], "little")
        oldest: tuple[int, tuple[bytes, float, float]] | None = None
        for step in range(LOOKED_AT):
            place = (first + step) % SLOTS
            found = SLOT.unpack_from(self._table, place * SLOT.size)
            if found[0] in (digest, EMPTY):
                return place, found
            if oldest is None or found[2] < oldest[1][2]:
                oldest = place, found
        assert oldest is not None
        return oldest


def _digest(key: str) -> bytes:
    return blake2b(key.encode(), digest_size=16).digest()

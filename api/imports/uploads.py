"""A file as it is uploaded: piece by piece to the disk, within the bytes that an import may have and the room that there is."""

from __future__ import annotations

import asyncio
import errno
import shutil
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

from api.imports.errors import DiskFull
from api.imports.record import Record
from api.imports.store import PARTS, Store, too_large

PIECE: Final = 1024 * 1024
"""Bytes that are gathered before they are written."""

RESERVE: Final = 256 * 1024 * 1024
"""Bytes that an upload leaves free: the database and the logs are on the same disk."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that is to be uploaded: of which import, its path there, and its bytes where the client tells them."""

    id: str
    name: PurePosixPath
    length: int | None = None


@dataclass(frozen=True, slots=True)
class Bounds:
    """What an import may have: so many bytes, until `expires_at` (Unix seconds) if nothing is done with it."""

    bytes: int
    expires_at: int


async def uploaded(store: Store, upload: Upload, pieces: AsyncIterator[bytes], *, bounds: Bounds) -> Record:
    """Store a file of an import and return the record; of one that does not come whole nothing is left.

    TooLarge and DiskFull before the first byte where the client tells its length, else as soon as it shows.
    """
    id_ = upload.id
    part = await asyncio.to_thread(store.part, id_)
    try:
        await asyncio.to_thread(_refuse_no_room, store, upload, upload.length or 0, bounds)
        await _written(store, upload, part, pieces, bounds)
        return await asyncio.to_thread(store.place, id_, part, upload.name, most=bounds.bytes, expires_at=bounds.expires_at)
    except FileNotFoundError:
        store.record(id_)  # NoSuchImport where it was removed meanwhile
        raise
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        raise _disk_full(store.folder, 0) from error
    finally:
        await asyncio.shield(asyncio.to_thread(_removed, part))


async def _written(store: Store, upload: Upload, part: Path, pieces: AsyncIterator[bytes], bounds: Bounds) -> None:
    gathered = bytearray()
    with part.open("xb", buffering=0) as file:
        part.chmod(0o600)
        async for piece in pieces:
            gathered += piece
            if len(gathered) >= PIECE:
                await asyncio.to_thread(_refuse_no_room, store, upload, len(gathered), bounds)
                await asyncio.to_thread(_write, file.fileno(), gathered)
                gathered = bytearray()
        await asyncio.to_thread(_write, file.fileno(), gathered)


def _write(descriptor: int, content: bytearray) -> None:
    with open(descriptor, "wb", closefd=False) as file:  # which writes all of it, or says why not
        file.write(content)


def _refuse_no_room(store: Store, upload: Upload, more: int, bounds: Bounds) -> None:
    """Raise TooLarge or DiskFull where `more` bytes are too many; files under way at the same time count, one to be replaced does not."""
    under_way = sum(_size(each) for each in (store.at(upload.id) / PARTS).iterdir())
    total = store.record(upload.id).bytes - _size(store.files(upload.id) / upload.name) + under_way + more
    if total > bounds.bytes:
        raise too_large(total, bounds.bytes)
    if shutil.disk_usage(store.folder).free - more < RESERVE:
        raise _disk_full(store.folder, more)


def _disk_full(folder: Path, more: int) -> DiskFull:
    free = shutil.disk_usage(folder).free
    needed = (f"{more / 1e6:,.1f} MB more and " if more else "") + f"{RESERVE / 1e6:,.0f} MB in reserve"
    return DiskFull(
        f"the disk of CREATORGRAPH_HOME has {free / 1e6:,.1f} MB free, and this needs {needed}; free some space, or remove other imports"
    )


def _size(path: Path) -> int:
    """Return the bytes of a file; 0 where there is none, or none any more."""
    try:
        return path.stat().st_size if path.is_file() else 0
    except (FileNotFoundError, NotADirectoryError):
        return 0


def _removed(part: Path) -> None:
    with suppress(FileNotFoundError):
        part.unlink()

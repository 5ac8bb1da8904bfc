"""The bytes of a file, unpacked as they are read."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from graph.sources.faults import BadValue

GZIP: Final = b"\x1f\x8b"
CHUNK: Final = 256 * 1024
BOM: Final = b"\xef\xbb\xbf"


def is_gzip(path: Path) -> bool:
    """Tell by its first bytes, not by its name, whether a file is gzipped."""
    with path.open("rb") as file:
        return file.read(2) == GZIP


def chunks(path: Path, *, ratio: int | None = None, marked: bool = False) -> Iterator[bytes]:
    """Yield a file's content piece by piece, unpacked and, unless `marked`, without a byte-order mark of UTF-8.

    BadValue where it is broken, or unpacks to more than `ratio` times its size.
    """
    try:
        pieces = _unpacked(path, ratio) if is_gzip(path) else _plain(path)
        if marked:
            yield from pieces
            return
        head = b""
        for piece in pieces:
            head += piece
            if len(head) >= len(BOM):
                break
        yield head.removeprefix(BOM)
        yield from pieces
    except OSError as error:
        raise BadValue(path.name, f"a file can be read ({error.strerror})", "check that it is there and who may read it") from None


def _plain(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(CHUNK):
            yield piece


def _unpacked(path: Path, ratio: int | None) -> Iterator[bytes]:
    most = None if ratio is None else ratio * path.stat().st_size
    total = 0
    for piece in _members(path):
        total += len(piece)
        if most is not None and total > most:
            raise BadValue(path.name, f"a file may not unpack to more than {ratio} times its size", "save it again, or unpacked")
        yield piece


def _members(path: Path) -> Iterator[bytes]:
    """Yield what every member of a gzip file unpacks to, never more than a chunk at once."""
    unpacker, fresh = zlib.decompressobj(wbits=31), True
    try:
        for packed in _plain(path):
            while packed:
                if fresh and not (packed := packed.lstrip(b"\0")):
                    break
                fresh = False
                yield unpacker.decompress(packed, CHUNK)
                packed = unpacker.unconsumed_tail or unpacker.unused_data
                if unpacker.eof:
                    unpacker, fresh = zlib.decompressobj(wbits=31), True
    except zlib.error as error:
        raise BadValue(path.name, f"the gzip data is broken ({error})", "save it again") from None
    if not fresh:
        raise BadValue(path.name, "the gzip data ends too early", "save it again")

"""The lines of a file, unpacked and decoded."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, Final

from graph.sources.faults import BadValue
from graph.sources.packed import BOM, chunks, is_gzip

LONGEST_LINE: Final = 16 * 1024 * 1024


def byte_lines(path: Path) -> Iterator[bytes]:
    """Yield lines with their ends; a last one without an end too. BadValue where one is too long."""
    with _opened(path) as stream:
        first = True
        while line := stream.readline(LONGEST_LINE + 1):
            if len(line) > LONGEST_LINE:
                raise _too_long(path)
            yield line.removeprefix(BOM) if first else line
            first = False


def text_lines(path: Path, encoding: str | None) -> Iterator[str]:
    """Yield lines as text, with their ends.

    Bytes that the encoding does not know become lone surrogates, which the checks of a cell refuse.
    """
    if encoding is None:
        for line in byte_lines(path):
            yield line.decode("utf-8", "surrogateescape")
        return
    with io.TextIOWrapper(_opened(path), encoding=encoding, errors="surrogateescape", newline="") as stream:
        try:
            while line := stream.readline(LONGEST_LINE + 1):
                if len(line) > LONGEST_LINE:
                    raise _too_long(path)
                yield line.removeprefix("\ufeff")
        except UnicodeError as error:
            raise BadValue(path.name, f"the file is not written in {encoding} ({error})", "name its encoding in the mapping") from None


def _too_long(path: Path) -> BadValue:
    return BadValue(path.name, f"a line has at most {LONGEST_LINE} bytes", "end lines with a line feed")


def _opened(path: Path) -> IO[bytes]:
    return io.BufferedReader(_Chunks(path)) if is_gzip(path) else path.open("rb")


class _Chunks(io.RawIOBase):
    """Unpacked chunks as a raw stream, which the standard library can buffer."""

    def __init__(self, path: Path) -> None:
        self._chunks = chunks(path)
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._rest:
            following = next(self._chunks, None)
            if following is None:
                return 0
            self._rest = following
        size = min(len(buffer), len(self._rest))
        buffer[:size], self._rest = self._rest[:size], self._rest[size:]
        return size

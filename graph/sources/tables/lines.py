"""The lines of a file, unpacked and decoded."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, Final

from graph.sources.encodings import HEAD, UTF_8, encoding_of, utf8_chunks
from graph.sources.faults import BadValue
from graph.sources.packed import BOM, GZIP

LONGEST_LINE: Final = 16 * 1024 * 1024
LONE_RETURN: Final = re.compile(r"(?<=\r)(?!\n)(?!$)")


def byte_lines(path: Path, encoding: str | None = None) -> Iterator[bytes]:
    """Yield lines as UTF-8 with their ends; a last one without an end too. BadValue where one is too long."""
    with _opened(path, encoding) as stream:
        first = True
        while line := stream.readline(LONGEST_LINE + 1):
            if len(line) > LONGEST_LINE:
                raise BadValue(path.name, f"a line has at most {LONGEST_LINE} bytes", "end lines with a line feed")
            yield line.removeprefix(BOM) if first else line
            first = False


def text_lines(path: Path, encoding: str | None = None) -> Iterator[str]:
    """Yield lines as text, with their ends.

    What the encoding does not know becomes lone surrogates, which the checks of a cell refuse.
    """
    for line in byte_lines(path, encoding):
        text = line.decode("utf-8", "surrogateescape")
        if -1 < text.find("\r") < len(text) - 2:  # as old spreadsheets end lines
            yield from LONE_RETURN.split(text)
        else:
            yield text


def _opened(path: Path, encoding: str | None) -> IO[bytes]:
    head = head_of(path)
    if not head.startswith(GZIP) and encoding_of(head, encoding).name == UTF_8:
        return path.open("rb")
    return io.BufferedReader(_Chunks(utf8_chunks(path, named=encoding)))


def head_of(path: Path) -> bytes:
    """Return the first bytes of a file; BadValue where it cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(HEAD)
    except OSError as error:
        raise BadValue(path.name, f"a file can be read ({error.strerror})", "check that it is there and who may read it") from None


class _Chunks(io.RawIOBase):
    """Chunks as a raw stream, which the standard library can buffer."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._chunks = pieces
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

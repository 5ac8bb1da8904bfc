"""In which encoding a text was saved, and its content as UTF-8.

A byte-order mark decides, then what the user named, then the zero bytes that UTF-16 without a mark has; all else is UTF-8. Other encodings
are never guessed: what is no UTF-8 is rejected row by row, with how likely encodings would read it.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Final

from graph.sources.faults import BadValue
from graph.sources.packed import chunks

UTF_8: Final = "utf-8"
HEAD: Final = 4096
BROKEN: Final = "creatorgraph.broken"
MARKS: Final = (
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
    (b"\xef\xbb\xbf", UTF_8),
)
# As the web reads these labels: the first name each is the larger set that files really hold.
SUPERSETS: Final = {"gbk": "gb18030", "gb2312": "gb18030", "iso8859-1": "cp1252", "ascii": "cp1252"}
NO_FILES: Final = frozenset({"idna", "punycode", "raw-unicode-escape", "unicode-escape", "undefined"})
"""What Python calls text encodings too, and no file is saved in."""
UNORDERED: Final = frozenset({"utf-16", "utf-32"})
"""Codecs that want a byte-order mark; without one, little-endian is what is found."""
LIKELY: Final = ("windows-1252", "windows-1251", "gb18030", "big5", "shift_jis", "euc-kr")


@dataclass(frozen=True, slots=True)
class Encoding:
    """An encoding by the name of its codec, the bytes of its mark, and how it is known (empty: nothing else was seen)."""

    name: str
    mark: int = 0
    known_by: str = ""


def codec_of(name: str) -> str | None:
    """Return the codec that reads what is called `name`; None if there is no such text encoding."""
    try:
        codec = codecs.lookup(name).name
        b"a".decode(codec, BROKEN)
    except (LookupError, ValueError):
        return None
    return None if codec in NO_FILES else SUPERSETS.get(codec, codec)


def encoding_of(head: bytes, named: str | None = None) -> Encoding:
    """Return the encoding of a text that begins with `head`; `named` counts where there is no byte-order mark."""
    for mark, name in MARKS:
        if head.startswith(mark):
            return Encoding(name, len(mark), "as its byte-order mark shows")
    if named is not None:
        return Encoding(_ordered(codec_of(named) or UTF_8, head), 0, "as you named it")
    found = _by_zeros(head)
    return Encoding(found, 0, "as its zero bytes show") if found else Encoding(UTF_8)


def assumed(path: Path, named: str | None = None) -> str | None:
    """Return what to say of a file's encoding, if it is another than UTF-8; None too where the file cannot be read."""
    try:
        head = _head(chunks(path, marked=True))[0]
    except BadValue:
        return None
    found = encoding_of(head, named)
    return None if found.name == UTF_8 else f"read as {found.name.upper()}, {found.known_by}"


def utf8_chunks(path: Path, *, ratio: int | None = None, named: str | None = None) -> Iterator[bytes]:
    """Yield a file's content piece by piece, unpacked, as UTF-8 and without a byte-order mark.

    Bytes that are wrong in the file's encoding stay wrong: as they are in UTF-8, else as lone surrogates. BadValue as `chunks` raises it.
    """
    pieces = chunks(path, ratio=ratio, marked=True)
    head, _ = _head(pieces)
    found = encoding_of(head, named)
    if found.name == UTF_8:
        yield head[found.mark :]
        yield from pieces
        return
    decoder = codecs.getincrementaldecoder(found.name)(BROKEN)
    try:
        for piece in chain((head[found.mark :],), pieces):
            yield decoder.decode(piece).encode(UTF_8, "surrogatepass")
        yield decoder.decode(b"", True).encode(UTF_8, "surrogatepass")
    except UnicodeError as error:  # some codecs give up, whatever is to be done with bytes that they do not know
        rule = f"the file cannot be read as {found.name.upper()} ({error})"
        raise BadValue(shown_name(path), rule, "name the encoding that it was saved in") from error


def shown_name(path: Path) -> str:
    """Return a file's name as it is stored and shown: always valid Unicode."""
    return path.name.encode(UTF_8, "surrogateescape").decode(UTF_8, "replace")


def is_broken(text: str) -> bool:
    """Tell whether a text holds a lone surrogate: a byte that its encoding does not know, or half a character."""
    return not text.isascii() and any("\ud800" <= character <= "\udfff" for character in text)


def readings(text: str) -> str:
    """Return how likely encodings read the bytes that were no UTF-8, as a hint; empty where none reads them."""
    try:
        content = text.encode(UTF_8, "surrogateescape")
    except UnicodeEncodeError:  # half a character of JSON, and no byte
        return ""
    found: list[str] = []
    for name in LIKELY:
        try:
            read = content.decode(name)
        except UnicodeDecodeError:
            continue
        found += [f"{name} reads it as '{read[:40]}'"] if read.isprintable() else []
    return ", ".join(found)


def _ordered(codec: str, head: bytes) -> str:
    """Return a codec that reads a text without a byte-order mark."""
    return (_by_zeros(head) if codec == "utf-16" else None) or f"{codec}-le" if codec in UNORDERED else codec


def _by_zeros(head: bytes) -> str | None:
    """Return which UTF-16 a text without a mark is: its letters of ASCII have their zero bytes all on one side."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if max(even, odd) < 2 or max(even, odd) < len(head) / 40 or min(even, odd) * 20 > max(even, odd):
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _head(pieces: Iterator[bytes]) -> tuple[bytes, Iterator[bytes]]:
    head = bytearray()
    for piece in pieces:
        head += piece
        if len(head) >= HEAD:
            break
    return bytes(head), pieces


def _broken(error: UnicodeError) -> tuple[str, int]:
    """Keep what a codec does not know as lone surrogates, one a byte, whatever the codec."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "".join(chr(0xDC00 + byte) for byte in error.object[error.start : error.end]), error.end


codecs.register_error(BROKEN, _broken)

"""The JSON documents of a saved file, within limits."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import orjson

from graph.sources.faults import BadValue
from graph.sources.options import Options
from graph.sources.packed import chunks


def documents(path: Path, *, lines: bool, options: Options) -> Iterator[tuple[str, dict[str, Any] | BadValue]]:
    """Yield each document with the place where it stood, or why it cannot be read.

    A `.json` file holds one document; with `lines`, each line that is not blank is one. Nothing is yielded for a file without any.
    """
    parts = _lines(path, options) if lines else _whole(path, options)
    try:
        for place, content in parts:
            if isinstance(content, BadValue):
                yield place, content
            elif content.strip():
                yield place, _parsed(content)
    except BadValue as fault:
        yield "", fault


def _whole(path: Path, options: Options) -> Iterator[tuple[str, bytes | BadValue]]:
    content = bytearray()
    for piece in chunks(path, ratio=options.unpacking_ratio):
        content += piece
        if len(content) > options.document_bytes:
            yield "", _too_large(path, options)
            return
    yield "", bytes(content)


def _lines(path: Path, options: Options) -> Iterator[tuple[str, bytes | BadValue]]:
    """Yield line by line; what is too long is dropped as it is read, so that memory stays bounded."""
    number, rest, dropped = 1, bytearray(), False
    for piece in chunks(path, ratio=options.unpacking_ratio):
        *ended, tail = piece.split(b"\n")
        for end in ended:
            rest += end
            too_long = dropped or len(rest) > options.document_bytes
            yield f"line {number}", _too_large(path, options) if too_long else bytes(rest)
            number, rest, dropped = number + 1, bytearray(), False
        rest += tail
        if len(rest) > options.document_bytes:
            rest, dropped = bytearray(), True
    yield f"line {number}", _too_large(path, options) if dropped else bytes(rest)


def _too_large(path: Path, options: Options) -> BadValue:
    return BadValue(path.name, f"a document has at most {options.document_bytes} bytes unpacked", "save it in smaller pages")


def _parsed(content: bytes) -> dict[str, Any] | BadValue:
    try:
        found: object = orjson.loads(content)
    except orjson.JSONDecodeError as error:
        return _unreadable(content, error)
    if not isinstance(found, dict):
        return BadValue(content[:200].decode(errors="replace"), "a document is one JSON object", "save each response as one object")
    return cast("dict[str, Any]", found)


def _unreadable(content: bytes, error: orjson.JSONDecodeError) -> BadValue:
    shown = content[:200].decode(errors="replace")
    if error.msg.startswith("unexpected content after document"):
        return BadValue(shown, "one file or line holds one document", "name the file .jsonl, with one document a line")
    return BadValue(shown, f"a document is JSON ({error.msg})", "save the response again, as UTF-8")

"""The JSON documents of a saved file, within limits."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import orjson

from graph.sources.faults import BadValue
from graph.sources.options import Options
from graph.sources.packed import chunks

Parsed = dict[str, Any] | BadValue


def documents(path: Path, *, lines: bool, options: Options) -> Iterator[tuple[str, Parsed]]:
    """Yield each document with the place where it stood, or why it cannot be read.

    A `.json` file holds one document; with `lines`, each line that is not blank is one. Nothing is yielded for a file without any.
    """
    try:
        for place, found in _lines(path, options) if lines else _whole(path, options):
            if found is not None:
                yield place, found
    except BadValue as fault:
        yield "", fault


def _whole(path: Path, options: Options) -> Iterator[tuple[str, Parsed | None]]:
    content = bytearray()
    for piece in chunks(path, ratio=options.unpacking_ratio):
        content += piece
        if len(content) > options.document_bytes:
            yield "", _too_large(path, options)
            return
    found = _parsed(content)
    del content  # a large document need not be held twice while its records are read
    yield "", found


def _lines(path: Path, options: Options) -> Iterator[tuple[str, Parsed | None]]:
    """Yield line by line; what is too long is dropped as it is read, so that memory stays bounded."""
    number, rest, dropped = 1, bytearray(), False
    for piece in chunks(path, ratio=options.unpacking_ratio):
        *ended, tail = piece.split(b"\n")
        for end in ended:
            rest += end
            found = _too_large(path, options) if dropped or len(rest) > options.document_bytes else _parsed(rest)
            rest, dropped = bytearray(), False
            yield f"line {number}", found
            number += 1
        rest += tail
        if len(rest) > options.document_bytes:
            rest, dropped = bytearray(), True
    yield f"line {number}", _too_large(path, options) if dropped else _parsed(rest)


def _too_large(path: Path, options: Options) -> BadValue:
    return BadValue(path.name, f"a document has at most {options.document_bytes} bytes unpacked", "save it in smaller pages")


def _parsed(content: bytearray) -> Parsed | None:
    """Return a document, why it is none, or None where there is only white space."""
    if not content or content.isspace():
        return None
    try:
        found: object = orjson.loads(content)
    except orjson.JSONDecodeError as error:
        return _unreadable(content, error.msg)
    if not isinstance(found, dict):
        return BadValue(content[:200].decode(errors="replace"), "a document is one JSON object", "save each response as one object")
    return cast("dict[str, Any]", found)


def _unreadable(content: bytearray, why: str) -> BadValue:
    shown = content[:200].decode(errors="replace")
    if why.startswith("unexpected content after document"):
        return BadValue(shown, "one file or line holds one document", "name the file .jsonl, with one document a line")
    return BadValue(shown, f"a document is JSON ({why})", "save the response again, as UTF-8")

"""The JSON documents of a saved file, within limits."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import orjson

from graph import json_text
from graph.sources.encodings import utf8_chunks
from graph.sources.faults import BadValue
from graph.sources.options import Options
from graph.sources.partner_api.slices import slices

Parsed = dict[str, Any] | BadValue


def documents(path: Path, *, lines: bool, options: Options, pages: str = "") -> Iterator[tuple[str, Parsed]]:
    """Yield each document with the place where it stood, or why it cannot be read.

    A `.json` file holds one document; with `lines`, each line that is not blank is one. Nothing is yielded for a file without any.
    A large document with a list `pages` comes in several pieces.
    """
    try:
        for place, content in _lines(path, options) if lines else _whole(path, options):
            yield from ((place, found) for found in _parsed(content, pages, options))
    except BadValue as fault:
        yield "", fault


def _whole(path: Path, options: Options) -> Iterator[tuple[str, bytearray | BadValue]]:
    content = bytearray()
    for piece in utf8_chunks(path, ratio=options.unpacking_ratio):
        content += piece
        if len(content) > options.document_bytes:
            yield "", _too_large(path, options)
            return
    yield "", content


def _lines(path: Path, options: Options) -> Iterator[tuple[str, bytearray | BadValue]]:
    """Yield line by line; what is too long is dropped as it is read, so that memory stays bounded."""
    number, rest, dropped = 1, bytearray(), False
    for piece in utf8_chunks(path, ratio=options.unpacking_ratio):
        *ended, tail = piece.split(b"\n")
        for end in ended:
            rest += end
            yield f"line {number}", _too_large(path, options) if dropped or len(rest) > options.document_bytes else rest
            number, rest, dropped = number + 1, bytearray(), False
        rest += tail
        if len(rest) > options.document_bytes:
            rest, dropped = bytearray(), True
    yield f"line {number}", _too_large(path, options) if dropped else rest


def _too_large(path: Path, options: Options) -> BadValue:
    return BadValue(
        path.name,
        f"a document has at most {options.document_bytes:,} bytes unpacked",
        "save it in smaller pages, or raise --max-document-mb",
    )


def _parsed(content: bytearray | BadValue, pages: str, options: Options) -> Iterator[Parsed]:
    """Yield a document, whole or in pieces, or why it is none; nothing where there is only white space."""
    if isinstance(content, BadValue):
        yield content
        return
    if not content or content.isspace():
        return
    try:
        pieces = slices(content, pages) if pages and len(content) > options.whole_bytes else None
        if pieces is None:
            yield _document(content)
        else:
            yield from pieces
    except orjson.JSONDecodeError as error:
        yield _unreadable(content, error.msg)


def _document(content: bytearray) -> Parsed:
    found: object = json_text.loads(content)
    if not isinstance(found, dict):
        return BadValue(content[:200].decode(errors="replace"), "a document is one JSON object", "save each response as one object")
    content.clear()  # a large document need not be held twice while its records are read
    return cast("dict[str, Any]", found)


def _unreadable(content: bytearray, why: str) -> BadValue:
    shown = content[:200].decode(errors="replace")
    if why.startswith("unexpected content after document"):
        return BadValue(shown, "one file or line holds one document", "name the file .jsonl, with one document a line")
    return BadValue(shown, f"a document is JSON ({why})", "save the response again, as UTF-8")

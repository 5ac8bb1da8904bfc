"""A large document read piece by piece: its one long list in slices, so that only a slice is held as objects.

As objects, a document takes six times the memory of its text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

import orjson

from graph import json_text

SLICE: Final = 1024 * 1024
STRING: Final = rb'"([^"\\]*(?:\\.[^"\\]*)*)"'
KEYS: Final = re.compile(STRING + rb"(\s*:)?|[{}\[\]]", re.DOTALL)
STRUCTURE: Final = re.compile(STRING + rb"|[{}\[\]]", re.DOTALL)
QUOTE, OPENING, CLOSING = ord('"'), frozenset(b"{["), frozenset(b"}]")

Span = tuple[int, int]


class Slice(list[Any]):
    """Some items of a longer list, from place `start` on."""

    start = 0


def slices(content: bytearray, name: str) -> Iterator[dict[str, Any]] | None:
    """Return the document in pieces, each with a slice of the list `data.name`; None where it must be read whole.

    The first piece has all other fields. JSONDecodeError, on reading, where a slice is no JSON.
    """
    opened = _opening(content, name.encode())
    found = None if opened is None else _spans(content, opened)
    if opened is None or found is None:
        return None
    spans, closed = found
    frame = _frame(content[: opened + 1] + content[closed:], name)
    return None if frame is None else _pieces(content, spans, frame, name)


def _pieces(content: bytearray, spans: list[Span], frame: dict[str, Any], name: str) -> Iterator[dict[str, Any]]:
    place = 0
    for start, end in spans:
        items = Slice(json_text.loads(b"[" + content[start:end] + b"]"))
        items.start = place
        if place == 0:
            _data(frame)[name] = items
        yield frame if place == 0 else {"data": {name: items}}
        place += len(items)


def _frame(text: bytearray, name: str) -> dict[str, Any] | None:
    """Return the document without the list's items, if it succeeded and the list stands in it once."""
    try:
        frame: Any = json_text.loads(text)
        sound = _data(frame).get(name) == [] and str(frame.get("response", frame).get("code", 0)) == "0"
    except (orjson.JSONDecodeError, AttributeError):
        return None
    return frame if sound else None


def _data(frame: Any) -> Any:
    return frame.get("response", frame).get("data")


def _opening(content: bytearray, name: bytes) -> int | None:
    """Return where the list `data.name` opens, of a bare response or of one in an envelope."""
    path: list[bytes] = []
    key = b""
    for token in KEYS.finditer(content):
        first = content[token.start()]
        if first == QUOTE:
            key = token[1] if token[2] else b""
        elif first in OPENING:
            path.append(key)
            if key == name and path[1:] in ([b"data", name], [b"response", b"data", name]):
                return token.start() if first == ord("[") else None
            key = b""
        elif path:
            path.pop()
    return None


def _spans(content: bytearray, opened: int) -> tuple[list[Span], int] | None:
    """Return where slices of a list's items begin and end, and where the list closes; None if it holds no objects alone."""
    spans: list[Span] = []
    depth, start, end = 0, -1, opened + 1
    for token in STRUCTURE.finditer(content, opened + 1):
        first = content[token.start()]
        if first in OPENING:
            if depth == 0:
                between = bytes(content[end : token.start()]).strip()
                if between != (b"" if start < 0 else b","):
                    return None
                if start < 0 or end - start >= SLICE:
                    spans.extend([(start, end)] if start >= 0 else [])
                    start = token.start()
            depth += 1
        elif first in CLOSING:
            if depth == 0:
                return _ended(content, spans, (start, end), token.start())
            depth -= 1
            end = token.end()
        elif depth == 0:
            return None
    return None


def _ended(content: bytearray, spans: list[Span], last: Span, closed: int) -> tuple[list[Span], int] | None:
    if last[0] < 0 or content[last[1] : closed].strip():
        return None
    return [*spans, last], closed


def start_of(items: object) -> int:
    """Return the place of a list's first item in the whole list."""
    return items.start if isinstance(items, Slice) else 0

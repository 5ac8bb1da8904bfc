"""JSON with every digit of its numbers: documents as they are found, requests as they must be; and values as messages show them.

The fast reader makes fractions of whole numbers beyond 64 bits and refuses a document with a number beyond floats. What may hold one is
read again by the standard library, which takes about as long.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from math import isfinite
from typing import Any, Final, NoReturn

import orjson

# What orjson says of bytes that are no UTF-8, of halves of surrogate pairs, and of numbers beyond floats.
READ_AGAIN: Final = ("str is not valid UTF-8", "surrogate in string", "number is infinity")

NO_MEMORY: Final = "Not enough memory"

# With all digits alike, a run of them is found as fast as memory is read.
ALIKE: Final = bytes.maketrans(b"123456789", b"0" * 9)
RUNS: Final = (b"0" * 20, b"-" + b"0" * 19)
"""Shorter numbers fit into 64 bits, signed or not."""

BEFORE_NUMBERS: Final = frozenset(b":[, \t\r\n-")
MOST_DIGITS: Final = 300
"""So many digits fit into a float; longer numbers, which nobody means, are read as the texts that they are."""


def loads(content: bytes | bytearray) -> Any:
    """Return what a document of somebody else holds: a broken character costs the text that holds it, never the document.

    Bytes that are no UTF-8, and halves of characters, become lone surrogates; a number beyond floats is its text. orjson's
    JSONDecodeError where it is no JSON.
    """
    try:
        return strict(content)
    except orjson.JSONDecodeError as error:
        if not any(sign in error.msg for sign in READ_AGAIN):
            raise
        return _patient(content, error)


def strict(content: str | bytes | bytearray) -> Any:
    """Return what a request says; orjson's JSONDecodeError for broken characters and numbers beyond floats too."""
    try:
        found = orjson.loads(content)
    except orjson.JSONDecodeError as error:
        if error.msg.startswith(NO_MEMORY):  # which says nothing of the document
            raise MemoryError from None
        raise
    content = content.encode() if isinstance(content, str) else content
    if not _has_long_number(content):
        return found
    try:
        return _exact(content)
    except RecursionError:
        return found


def dumps(value: Any) -> bytes:
    """Return a value as one line of JSON, lone surrogates as their escapes; ValueError where it nests too deep."""
    try:
        return orjson.dumps(value, default=str, option=orjson.OPT_NON_STR_KEYS)
    except TypeError:
        try:
            return json.dumps(value, default=str, separators=(",", ":")).encode("ascii")
        except RecursionError:
            raise ValueError("it nests too deep to be written as JSON") from None


def shown(value: Any, *, most: int = 60) -> str:
    """Return a value as messages show it: a text in quotes, all else as JSON, cut off after `most` characters."""
    text = repr(value) if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= most else f"{text[:most]}…"


def _patient(content: bytes | bytearray, error: orjson.JSONDecodeError) -> Any:
    # The standard library lets lone surrogates through; what it takes beyond JSON is refused as orjson does.
    try:
        return _exact(content)
    except (ValueError, RecursionError):
        raise error from None


def _has_long_number(content: bytes | bytearray) -> bool:
    """Tell whether a whole number beyond 64 bits may stand in a JSON text; such digits within texts seldom count."""
    alike = content.translate(ALIKE)
    return any(at == 0 or content[at - 1] in BEFORE_NUMBERS for run in RUNS for at in _places(alike, run))


def _places(alike: bytes | bytearray, run: bytes) -> Iterator[int]:
    at = alike.find(run)
    while at >= 0:
        yield at
        at = alike.find(run, at + len(run))


def _exact(content: bytes | bytearray) -> Any:
    text = content.decode("utf-8", "surrogateescape")
    return json.loads(text, parse_int=_whole, parse_float=_fraction, parse_constant=_no_number)


def _whole(text: str) -> int | str:
    return int(text) if len(text) <= MOST_DIGITS else text


def _fraction(text: str) -> float | str:
    found = float(text)
    return found if isfinite(found) else text


def _no_number(_text: str) -> NoReturn:
    raise ValueError

"""JSON read as it is found: a broken character costs the text that holds it, never the document."""

from __future__ import annotations

import json
from typing import Any, Final, NoReturn

import orjson

# What orjson says of bytes that are no UTF-8, and of halves of surrogate pairs.
BROKEN_TEXT: Final = ("str is not valid UTF-8", "surrogate in string")


def loads(content: bytes | bytearray) -> Any:
    """Return what a JSON text holds; bytes that are no UTF-8, and halves of characters, become lone surrogates.

    orjson's JSONDecodeError where it is no JSON.
    """
    try:
        return orjson.loads(content)
    except orjson.JSONDecodeError as error:
        if not any(sign in error.msg for sign in BROKEN_TEXT):
            raise
        return _patient(content, error)


def dumps(value: Any) -> bytes:
    """Return a value as one line of JSON, lone surrogates as their escapes; ValueError where it nests too deep."""
    try:
        return orjson.dumps(value, default=str, option=orjson.OPT_NON_STR_KEYS)
    except TypeError:
        try:
            return json.dumps(value, default=str, separators=(",", ":")).encode("ascii")
        except RecursionError:
            raise ValueError("it nests too deep to be written as JSON") from None


def _patient(content: bytes | bytearray, error: orjson.JSONDecodeError) -> Any:
    # The standard library lets lone surrogates through; what it takes beyond JSON is refused as orjson does.
    try:
        return json.loads(content.decode("utf-8", "surrogateescape"), parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise error from None


def _no_number(_text: str) -> NoReturn:
    raise ValueError

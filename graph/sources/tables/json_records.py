"""The records of JSON Lines, and of JSON documents that hold a list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any, Final, cast

import orjson

from graph import json_text
from graph.exactness import EXACT
from graph.sources.encodings import utf8_chunks
from graph.sources.faults import BadValue
from graph.sources.identifiers import RoundedInteger, is_rounded
from graph.sources.tables.layout import Layout
from graph.sources.tables.lines import byte_lines

LONG_NUMBER: Final = re.compile(rb"[:\[,\s]-?[0-9]{16}")
REMEDY: Final = 'name the list in a mapping: list = "data" in [source]'
LARGEST_DOCUMENT: Final = 64 * 1024 * 1024
LONGEST_ROW: Final = 100_000
"""Characters of a broken line that are kept for correction."""

Cells = dict[str, Any] | BadValue


def json_lines(path: Path, layout: Layout) -> Iterator[tuple[str, Cells]]:
    """Yield the object of each line that is not blank, or why it is none."""
    numbers = _LargeNumbers(_with_long_numbers(path, layout))
    for number, line in enumerate(byte_lines(path, layout.encoding), start=1):
        if line.strip():
            found = _line(line)
            yield f"line {number}", numbers.marked(found) if LONG_NUMBER.search(line) else found


def _with_long_numbers(path: Path, layout: Layout) -> Iterator[Cells]:
    with suppress(BadValue):  # a line that ends the reading is told of in its place
        yield from (_line(line) for line in islice(byte_lines(path, layout.encoding), layout.ahead) if LONG_NUMBER.search(line))


def json_document(path: Path, layout: Layout) -> Iterator[tuple[str, Cells]]:
    """Yield the objects of the one list in a document: the document itself, or the list under `layout.list_key`.

    BadValue where there is no such list, or several and no key that names one.
    """
    content = _content(path, layout.encoding)
    if not content.strip():
        return
    try:
        found: object = json_text.loads(content)
    except orjson.JSONDecodeError as error:
        if error.msg.startswith("unexpected content after document"):
            yield from json_lines(path, layout)
            return
        raise BadValue(path.name, f"the file is one JSON document ({error.msg})", "correct it, or name it .jsonl") from None
    place, items = _list(found, layout.list_key, path.name)
    numbers = _LargeNumbers(cast("dict[str, Any]", item) for item in islice(items, layout.ahead) if isinstance(item, dict))
    for number, item in enumerate(items):
        record = cast("dict[str, Any]", item) if isinstance(item, dict) else BadValue(item, "a record is a JSON object", "write {…}")
        yield f"{place}[{number}]", numbers.marked(record)


def _content(path: Path, encoding: str | None) -> bytearray:
    content = bytearray()
    for piece in utf8_chunks(path, named=encoding):
        content += piece
        if len(content) > LARGEST_DOCUMENT:
            rule = f"a JSON document has at most {LARGEST_DOCUMENT:,} bytes unpacked"
            raise BadValue(path.name, rule, "write JSON Lines instead, one record a line")
    return content


def _list(found: object, key: str | None, name: str) -> tuple[str, list[Any]]:
    """Return the list of records in a document, and where it is."""
    if key is not None:
        return key, _under(found, key, name)
    if isinstance(found, list):
        return "", cast("list[Any]", found)
    lists = _lists(cast("dict[str, Any]", found), "") if isinstance(found, dict) else {}
    if len(lists) != 1:
        held = f"it holds {', '.join(lists)}" if lists else "it holds none"
        raise BadValue(name, f"a JSON document is a list of records, or holds one such list ({held})", REMEDY)
    return next(iter(lists.items()))


def _lists(document: dict[str, Any], above: str) -> dict[str, list[Any]]:
    """Return the lists of objects in a document, by the path of their keys; at most three keys deep."""
    lists: dict[str, list[Any]] = {}
    for key, value in document.items():
        path = f"{above}{key}"
        if isinstance(value, list) and value and isinstance(value[0], dict):
            lists[path] = cast("list[Any]", value)
        elif isinstance(value, dict) and path.count(".") < 2:
            lists |= _lists(cast("dict[str, Any]", value), f"{path}.")
    return lists


def _under(found: object, key: str, name: str) -> list[Any]:
    below: object = found
    for part in key.split("."):
        below = cast("dict[str, object]", below).get(part) if isinstance(below, dict) else None
    if not isinstance(below, list):
        raise BadValue(name, f"the document has a list under {key}", "correct `list` in the mapping's [source]")
    return cast("list[Any]", below)


def _line(line: bytes) -> Cells:
    try:
        found: object = json_text.loads(line)
    except orjson.JSONDecodeError as error:
        text = line.decode(errors="replace")
        return BadValue(text, f"a line is one JSON object ({error.msg})", "correct it", row=text[:LONGEST_ROW])
    if not isinstance(found, dict):
        return BadValue(found, "a line is one JSON object", "write {…}")
    return cast("dict[str, Any]", found)


class _LargeNumbers:
    """Marks the whole numbers of a file that have been rounded, as JavaScript does: one that has all its digits clears the others.

    `records` are those of the file, which are looked through once, from the first number that looks rounded to one that does not.
    """

    def __init__(self, records: Iterable[Cells]) -> None:
        self._records = records

    @cached_property
    def _rounded(self) -> bool:
        return all(is_rounded(number) for record in self._records if isinstance(record, dict) for _, _, number in _large(record))

    def marked(self, record: Cells) -> Cells:
        """Return the record with its rounded numbers as such."""
        found = [] if isinstance(record, BadValue) else [each for each in _large(record) if is_rounded(each[2])]
        if found and self._rounded:
            for part, key, number in found:
                part[key] = RoundedInteger(number)
        return record


def _large(record: dict[str, Any]) -> Iterator[tuple[Any, Any, int]]:
    """Yield the whole numbers above 2^53, each with the object or list that holds it, and where in it."""
    waiting: list[Any] = [record]
    while waiting:
        part = waiting.pop()
        pairs: list[tuple[Any, Any]] = (
            list(cast("dict[str, Any]", part).items()) if isinstance(part, dict) else list(enumerate(cast("list[Any]", part)))
        )
        for key, value in pairs:
            if isinstance(value, int):
                if abs(value) > EXACT:
                    yield part, key, value
            elif isinstance(value, (dict, list)):
                waiting.append(value)

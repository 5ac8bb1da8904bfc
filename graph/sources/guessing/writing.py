"""Mappings as TOML; a proposed one with what to check beside it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, time
from typing import Any, Final, cast

from graph.sources.guessing.proposal import Proposal

BARE: Final = re.compile(r"[A-Za-z0-9_-]+")
MOST_UNUSED: Final = 100


def toml_of(proposal: Proposal, file: str) -> str:
    """Return the mapping file of a proposal for a file called `file`."""
    lines = [f"# Proposed from {json.dumps(file, ensure_ascii=False)}. Check each line, above all those that say CHECK.", "", "[source]"]
    lines += _lines("source", {"files": [_pattern(file)]} | proposal.source, proposal)
    for table, cells in proposal.tables.items():
        lines += ["", "[[tables]]", f"table = {_value(table)}", "", "[tables.columns]", *_lines(table, cells, proposal)]
    if proposal.unused:
        lines += ["", "# Columns that are not used:", *(f"#   {_line(column)}" for column in proposal.unused[:MOST_UNUSED])]
        lines += ["#   and more"] if len(proposal.unused) > MOST_UNUSED else []
    return "\n".join(lines) + "\n"


def text_of(document: Mapping[str, Any], notes: Mapping[tuple[int, str], str], remarks: Mapping[tuple[int, str], Sequence[str]]) -> str:
    """Return the mapping file of a document that a mapping was read from.

    Notes end the line of a key, by section, 0 for the source; remarks are lines of their own above a key or a heading, or, where that
    is no more, at the end of its section.
    """
    left = dict(remarks)
    lines = [*left.pop((0, "[source]"), ()), "[source]", *_pairs(0, document["source"], notes, left), *_rest(0, left)]
    for number, section in enumerate(document["tables"], start=1):
        said = {key: value for key, value in section.items() if key != "columns"}
        lines += ["", *left.pop((number, "[[tables]]"), ()), "[[tables]]", *_pairs(number, said, {}, left)]
        lines += ["", *left.pop((number, "[tables.columns]"), ()), "[tables.columns]"]
        lines += [*_pairs(number, section["columns"], notes, left), *_rest(number, left)]
    end = [line for block in left.values() for line in block]
    return "\n".join([*lines, "", *end] if end else lines) + "\n"


def _pairs(
    section: int, values: Mapping[str, Any], notes: Mapping[tuple[int, str], str], left: dict[tuple[int, str], Sequence[str]]
) -> Iterator[str]:
    """Yield the line of each key, below its remarks, which are no longer left then."""
    for key, value in values.items():
        yield from left.pop((section, key), ())
        note = notes.get((section, key))
        yield f"{_key(key)} = {_value(value)}" + (f"  # {note}" if note else "")


def _rest(section: int, left: dict[tuple[int, str], Sequence[str]]) -> Iterator[str]:
    for place in [place for place in left if place[0] == section]:
        yield from left.pop(place)


def _key(name: str) -> str:
    return name if BARE.fullmatch(name) else _value(name)


def _lines(section: str, values: dict[str, Any], proposal: Proposal) -> list[str]:
    notes = {key: proposal.notes.get((section, key)) for key in values}
    return [f"{key} = {_value(value)}" + (f"  # {_line(note)}" if (note := notes[key]) else "") for key, value in values.items()]


def _pattern(file: str) -> str:
    """Return a file's name as a pattern that fits it alone."""
    return re.sub(r"([\[*?])", r"[\1]", file)


def _value(value: object) -> str:
    if isinstance(value, dict):
        pairs = cast("dict[str, Any]", value).items()
        return "{ " + ", ".join(f"{_key(key)} = {_value(part)}" for key, part in pairs) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(_value(part) for part in cast("list[object]", value)) + "]"
    if isinstance(value, (date, time)):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _line(text: str) -> str:
    return " ".join(text.split())

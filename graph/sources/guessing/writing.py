"""Mappings as TOML; a proposed one with what to check beside it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
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


def text_of(document: Mapping[str, Any], notes: Mapping[tuple[int, str], str]) -> str:
    """Return the mapping file of a document that a mapping was read from, with notes by section, 0 for the source, and key."""
    lines = ["[source]", *_pairs(0, document["source"], notes)]
    for number, section in enumerate(document["tables"], start=1):
        said = {key: value for key, value in section.items() if key != "columns"}
        lines += ["", "[[tables]]", *_pairs(number, said, {})]
        lines += ["", "[tables.columns]", *_pairs(number, section["columns"], notes)]
    return "\n".join(lines) + "\n"


def _pairs(section: int, values: Mapping[str, Any], notes: Mapping[tuple[int, str], str]) -> list[str]:
    lines = ((f"{_key(key)} = {_value(value)}", notes.get((section, key))) for key, value in values.items())
    return [f"{line}  # {note}" if note else line for line, note in lines]


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

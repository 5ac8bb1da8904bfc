"""The text of a mapping file to its TOML document, within what a mapping ever needs."""

from __future__ import annotations

import re
import tomllib
from typing import Any, Final, cast

from graph.sources.faults import BadMapping, shown

MOST_POINTS: Final = 10
"""Points in one key: each opens a section, and a key of thousands takes the parser seconds."""

DEEPEST: Final = 20
"""Brackets within brackets: the parser calls itself for each."""

LARGEST: Final = 2**63 - 1
"""TOML's integers have 64 bits; Python does not even print those of more than 4,300 digits."""

# A string that does not end reaches to the end of its line, or of the text: the parser reads no further either.
QUOTED: Final = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*+(?:"{3,5}|\Z)'
    r"|'''(?:[^']|'(?!''))*+(?:'{3,5}|\Z)"
    r'|"(?:[^"\\\n]|\\.)*+"?'
    r"|'[^'\n]*+'?"
    r"|#[^\n]*+",
    re.DOTALL,
)
HEADING: Final = re.compile(r"\s*(\[\[?)\s*([A-Za-z0-9_.-]+)\s*\]")
KEY: Final = re.compile(r"\s*([A-Za-z0-9_-]+)\s*=")
END: Final = (-1, "")
"""Where comments stand that nothing follows."""

PARTS: Final = re.compile(r"[=,\n\[\]{}]")


def document_of(text: str, name: str) -> dict[str, Any]:
    """Return the TOML document that the text of a file called `name` is; BadMapping where it is none, or none of a mapping."""
    bare = QUOTED.sub("", text)
    _check_keys(bare, name)
    _check_depth(bare, name)
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadMapping(f"{name}: {error}; a mapping is a TOML file") from None
    except ValueError:
        rule = f"a number of more than 4,300 digits: a whole number is at most {LARGEST:,}"
        raise BadMapping(f"{name}: {rule}; write a longer one in quotes") from None
    _check_numbers(content, name)
    return content


def notes_of(text: str) -> dict[tuple[int, str], str]:
    """Return the comments at the end of lines by their key and section: 0 is that of the source, the tables count from 1."""
    found: dict[tuple[int, str], str] = {}
    section = 0
    for line in text.splitlines():
        if heading := HEADING.match(line):
            section += heading[1] == "[[" and heading[2] == "tables"
        elif (key := KEY.match(line)) and (note := next((part for part in QUOTED.findall(line) if part.startswith("#")), None)):
            found.setdefault((section, key[1]), note.lstrip("# ").rstrip())
    return found


def remarks_of(text: str) -> dict[tuple[int, str], list[str]]:
    """Return the comments on lines of their own by section and by what follows them: a key, a heading, or the text's END."""
    found: dict[tuple[int, str], list[str]] = {}
    waiting: list[str] = []
    tables = section = start = 0
    own = _own_lines(text)
    for line in text.split("\n"):
        place = None
        if start in own:
            waiting.append(line.strip())
        elif heading := HEADING.match(line):
            tables += heading[1] == "[[" and heading[2] == "tables"
            section = 0 if heading[2] == "source" else tables
            place = (section, heading[1] + heading[2] + "]" * len(heading[1]))
        elif key := KEY.match(line):
            place = (section, key[1])
        if place and waiting:
            found.setdefault(place, []).extend(waiting)
            waiting = []
        start += len(line) + 1
    return found | ({END: waiting} if waiting else {})


def _own_lines(text: str) -> set[int]:
    """Return where lines begin that are a comment and nothing else."""
    comments = (part.start() for part in QUOTED.finditer(text) if part[0].startswith("#"))
    lines = ((text.rfind("\n", 0, at) + 1, at) for at in comments)
    return {start for start, at in lines if not text[start:at].strip()}


def _check_keys(bare: str, name: str) -> None:
    key = next((part for part in PARTS.split(bare) if part.count(".") > MOST_POINTS), None)
    if key is not None:
        rule = f"a key of {key.count('.'):,} points: it has at most {MOST_POINTS}"
        raise BadMapping(f"{name}: {shown(key)}: {rule}; write a name that has points in quotes")


def _check_depth(bare: str, name: str) -> None:
    depth = 0
    for at, character in enumerate(bare):
        if character in "[{":
            depth += 1
        elif character in "]}":
            depth -= 1
        if depth > DEEPEST:
            line = bare[:at].rpartition("\n")[2] + character
            raise BadMapping(f"{name}: {shown(line)}: lists and sections in each other: at most {DEEPEST}; write fewer, or close them")


def _check_numbers(content: dict[str, Any], name: str) -> None:
    waiting: list[tuple[str, object]] = list(content.items())
    while waiting:
        key, value = waiting.pop()
        if isinstance(value, dict):
            waiting += cast("dict[str, object]", value).items()
        elif isinstance(value, list):
            waiting += ((key, item) for item in cast("list[object]", value))
        elif isinstance(value, int) and not -LARGEST <= value <= LARGEST:
            rule = f"a whole number of {value.bit_length():,} bits: it is at most {LARGEST:,}"
            raise BadMapping(f"{name}: {shown(key)}: {rule}; write a longer one in quotes")

"""One field of a sound response is broken, each declared field in turn: the message names it, and its record alone is missing."""

from __future__ import annotations

import copy
import re
from collections import defaultdict
from pathlib import Path
from typing import Any, Final

import pytest

from graph.rows import Note, Reject, Row
from graph.sources import read
from tests.graph.sources.partner_api import generated
from tests.graph.sources.partner_api.generated import SPECIFICATIONS, WHY_ABSENT

pytestmark = pytest.mark.skipif(not SPECIFICATIONS.is_dir(), reason=WHY_ABSENT)

BREAKS: Final[dict[str, Any]] = {
    "text": "abc", "nan": "nan", "null as text": "null", "true": True, "negative": -5, "negative text": "-5", "fraction": 1.5,
    "huge": 1e300, "beyond 64 bits": 2**63, "list": [1], "nested list": [["a"]], "list of objects": [{"a": 1}], "object": {"a": 1},
    "too long": "x" * 30_000, "exponent": "7.49E+18", "float id": 7.494e18, "no day": "2024-02-30", "bytes": "a\ud83d", "nul": "a\x00b",
}  # fmt: skip
LINE: Final = re.compile(r"line (\d+): ?(.*)")


def _leaves(value: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the places of values in a document, of a list those in its middle."""
    if isinstance(value, dict):
        return [place for key in value for place in _leaves(value[key], (*at, key))]
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return _leaves(value[len(value) // 2], (*at, len(value) // 2))
    return [at]


def _with(document: Any, place: tuple[Any, ...], value: Any) -> Any:
    changed = copy.deepcopy(document)
    below = changed
    for key in place[:-1]:
        below = below[key]
    below[place[-1]] = value
    return changed


def _path(place: tuple[Any, ...]) -> str:
    return "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in place).lstrip(".")


def _by_line(items: list[Any]) -> dict[int, list[Any]]:
    found = defaultdict[int, list[Any]](list)
    for item in items:
        match = None if isinstance(item, Note) else LINE.match(item.where.record)
        if match:
            found[int(match[1])].append((match[2], item))
    return found


def _told(items: list[Any], record: str) -> set[tuple[str, str, str]]:
    """Return the rows beside a record; of what holds the record among others, and sums them up, only that it is there."""
    rows = [(at, item) for at, item in items if isinstance(item, Row) and not _within(at, record)]
    among = record.endswith("]")
    return {(at, item.table, "" if _within(record, at) else repr(item.values)) for at, item in rows if among or not _within(record, at)}


def _within(path: str, of: str) -> bool:
    return path == of or path.startswith((f"{of}.", f"{of}["))


def faults(path: str, sound: list[Any], found: list[Any]) -> list[str]:
    """Return what is wrong with what came of a document that is broken at a path, beside what comes of the sound one."""
    rejects = [(at, item) for at, item in found if isinstance(item, Reject)]
    wrong = [f"names {each.column}: {each.rule}" for _, each in rejects if not _named(path, each)]
    if not rejects or "[" not in path:
        return wrong  # what all records of a response need costs them all
    record = rejects[0][0]
    if len(rejects) > 1 or not _within(path, record):
        wrong.append(f"rejects {[at for at, _ in rejects]}")
    if _told(found, record) != _told(sound, record):
        wrong.append(f"changes {_told(sound, record) ^ _told(found, record)}")
    return wrong


def _named(path: str, reject: Reject) -> bool:
    """Tell whether a reject is of the field, or compares another with it."""
    return _within(reject.column, path) or re.search(rf"\b{path.rpartition('.')[2]}\b", reject.rule) is not None


@pytest.mark.parametrize("slug", generated.slugs())
def test_a_broken_field_is_named_and_costs_its_record_alone(slug: str, tmp_path: Path) -> None:
    generated.write_owner(tmp_path, generated.owner_kind(slug))
    document = generated.Generator(11).write(slug, records=3).document
    data = ("response", "data") if "response" in document else ("data",)
    below = document["response"]["data"] if len(data) == 2 else document["data"]
    places = [(*data, *place) for place in _leaves(below)]
    places += [("request", "path", name) for name in document.get("request", {}).get("path", ())]
    changed = [(place, kind, _with(document, place, value)) for place in places for kind, value in BREAKS.items()]
    generated.save(tmp_path / f"{slug}.jsonl", document, *(each for _, _, each in changed))
    lines = _by_line(list(read(tmp_path)))
    assert not [item for _, item in lines[1] if isinstance(item, Reject)]
    wrong = {}
    for number, (place, kind, _) in enumerate(changed, start=2):
        path = _path(place).removeprefix("response.")
        if told := faults(path, lines[1], lines[number]):
            wrong[path, kind] = told
    assert wrong == {}
    assert sum(isinstance(item, Reject) for found in lines.values() for _, item in found) > len(changed) // 5

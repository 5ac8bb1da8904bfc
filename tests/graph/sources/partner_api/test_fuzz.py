"""Whatever a file holds, reading ends with rows, rejects and notes."""

import copy
import json
import random
from pathlib import Path
from typing import Any

import pytest

from graph.rows import Note, Reject, Row
from graph.sources import read
from tests.graph.sources.partner_api import generated
from tests.graph.sources.partner_api.generated import SPECIFICATIONS, WHY_ABSENT

pytestmark = pytest.mark.skipif(not SPECIFICATIONS.is_dir(), reason=WHY_ABSENT)

DEEP: Any = json.loads("[" * 500 + "]" * 500)
ODD: tuple[Any, ...] = (
    None, "", " ", 0, -1, 1, 1.5, 1e300, True, False, "0", "-1", "x", "€", "\ud7ff", "\x00", "9" * 400, "a" * 30_000, [], {}, [None], [[]],
    {"": ""}, [1, "a", {}], {"amount": "1"}, {"currency": "USD"}, {"amount": {}, "currency": []}, "2024-02-30", "٣", 2**63, -(2**63), DEEP,
)  # fmt: skip


def _places(value: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    keys: Any = range(len(value)) if isinstance(value, list) else value if isinstance(value, dict) else ()
    return [at] * bool(at) + [place for key in keys for place in _places(value[key], (*at, key))]


def _with(document: Any, place: tuple[Any, ...], odd: Any) -> Any:
    changed = copy.deepcopy(document)
    below = changed
    for key in place[:-1]:
        below = below[key]
    below[place[-1]] = odd
    return changed


@pytest.mark.parametrize("slug", generated.slugs())
def test_any_value_in_any_place(slug: str, tmp_path: Path) -> None:
    chance = random.Random(slug)
    generated.write_owner(tmp_path, generated.owner_kind(slug))
    document = generated.Generator(3).write(slug, records=2).document
    places = _places(document)
    chosen = chance.sample(places, min(80, len(places)))
    changed = [_with(document, place, odd) for place in chosen for odd in chance.sample(ODD, 5)]
    generated.save(tmp_path / f"{slug}.jsonl", *changed)
    found = list(read(tmp_path))
    assert all(isinstance(item, (Row, Reject, Note)) for item in found)
    assert sum(isinstance(item, Reject) for item in found) > len(changed) // 20
    for item in found:
        if isinstance(item, Reject):
            assert item.rule
            assert item.remedy
            assert len(item.value) <= 200
        if isinstance(item, Row):
            assert "\x00" not in repr(item.values).replace("\\x00", "\x00")


def _shown(place: tuple[Any, ...]) -> str:
    """Return a place as a message names it, of a bare response as of one in an envelope."""
    path = "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in place)
    return path.removeprefix(".response").lstrip(".")


def _names(reject: Reject, place: tuple[Any, ...]) -> bool:
    """Tell whether a reject names the place, what holds it or what it holds, or compares another field with it by name."""
    at, column = _shown(place), reject.column
    within = any(long == short or long.startswith((f"{short}.", f"{short}[")) for long, short in ((at, column), (column, at)))
    return bool(column) and (within or str(place[-1]) in reject.rule)


@pytest.mark.parametrize("slug", generated.slugs())
def test_a_message_names_the_field_that_is_broken(slug: str, tmp_path: Path) -> None:
    chance = random.Random(slug)
    generated.write_owner(tmp_path, generated.owner_kind(slug))
    document = generated.Generator(3).write(slug, records=2).document
    places = _places(document)
    chosen = [(place, odd) for place in chance.sample(places, min(60, len(places))) for odd in chance.sample(ODD, 2) if odd is not DEEP]
    changed = [(place, _with(document, place, odd)) for place, odd in chosen]
    generated.save(tmp_path / f"{slug}.jsonl", *(document for _, document in changed))
    rejects = [item for item in read(tmp_path) if isinstance(item, Reject)]
    lines = [int(reject.where.record.partition(":")[0].removeprefix("line ")) for reject in rejects]
    misnamed = [(_shown(changed[line - 1][0]), reject.column, reject.rule) for line, reject in zip(lines, rejects, strict=True)
                if not _names(reject, changed[line - 1][0])]  # fmt: skip
    assert rejects
    assert misnamed == []

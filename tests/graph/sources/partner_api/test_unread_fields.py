"""Every declared field is read, or declared as left unread and counted."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from graph.rows import Note
from graph.sources import read
from graph.sources.partner_api.endpoints import ENDPOINTS
from graph.sources.partner_api.record import Record
from graph.sources.partner_api.tally import Fields, Level, Tally, declared
from tests.graph.sources.partner_api import generated
from tests.graph.sources.partner_api.generated import SPECIFICATIONS, WHY_ABSENT

PAGING = frozenset({"next_page_token", "total_count", "search_key"})
PLACE = re.compile(r"\[\d+\]")


def _leaves(fields: Fields, above: str, *, unread: bool = False) -> Iterator[tuple[str, bool]]:
    """Yield the path of each declared field that holds a value, and whether it is declared as unread."""
    for name, below in fields.items():
        left = unread or (isinstance(fields, Level) and name in fields.unread)
        if below is None:
            yield f"{above}{name}", left
        else:
            yield from _leaves(below, f"{above}{name}.", unread=left)


def _nodes(fields: Fields, above: list[str]) -> Iterator[list[str]]:
    for name, below in fields.items():
        yield [*above, name]
        yield from _nodes(below or {}, [*above, name])


def _changed(value: Any, place: list[str], *, alone: bool) -> Any:
    """Return a document without a field, or with it alone among its siblings: what stands in for others is read then."""
    if isinstance(value, list):
        return [_changed(each, place, alone=alone) for each in value]
    if not isinstance(value, dict):
        return value
    name, *below = place
    if below:
        return {key: _changed(each, below, alone=alone) if key == name else each for key, each in value.items()}
    return {key: each for key, each in value.items() if (key == name) is alone}


@pytest.mark.skipif(not SPECIFICATIONS.is_dir(), reason=WHY_ABSENT)
@pytest.mark.parametrize("slug", sorted(ENDPOINTS))
def test_a_declared_field_is_read_or_left_unread(slug: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: set[str] = set()
    value = Record._value  # pyright: ignore[reportPrivateUsage] -- where every reader of a field begins

    def noting(self: Record, name: str) -> object:
        seen.add(PLACE.sub("", f"{self.path}{name}"))
        return value(self, name)

    monkeypatch.setattr(Record, "_value", noting)
    generated.write_owner(tmp_path, generated.owner_kind(slug))
    document = generated.Generator(1).write(slug, records=2).document
    leaves = dict(_leaves(ENDPOINTS[slug].fields, "data."))
    wrapped = ["response"] if "response" in document else []
    nodes = list(_nodes(ENDPOINTS[slug].fields, [*wrapped, "data"]))
    changed = [_changed(document, place, alone=alone) for place in nodes for alone in (False, True)]
    generated.save(tmp_path / f"{slug}.jsonl", document, *changed)
    list(read(tmp_path))
    named = {path for path in leaves if path.rpartition(".")[2] in PAGING | {"currency"}}
    assert {path for path, left in leaves.items() if not left} - seen - named == set()
    assert {path for path, left in leaves.items() if left} & seen == set()


def test_what_is_left_unread_is_counted_by_name() -> None:
    tally = Tally()
    fields = declared("id -tag -fee(amount) more(-note)")
    tally.unknown_fields(
        [{"id": 1, "tag": "x", "fee": {"amount": 1}, "more": {"note": 1}, "new": 1}, {"tag": "", "fee": None}], fields, "e"
    )
    assert list(tally.notes()) == [
        Note("field not used", "e.fee"),
        Note("field not used", "e.more.note"),
        Note("field not used", "e.tag"),
        Note("unknown field", "e.new"),
    ]

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from api.access.viewer import Role, Viewer
from api.exports.record import Record, bounds_of
from api.exports.store import Store
from graph.processes import this_process

PARTNER = Viewer("sub_1", "Acme Agency", Role.PARTNER, ("US", "GB"), ("b1",))


def record(viewer: Viewer, bounds: dict[str, Any] | None) -> Record:
    return Record(Store.new_id(), viewer.account, "graph", "csv", {}, "graph.csv", 1, 1_000, this_process(), bounds=bounds)


@pytest.mark.parametrize(
    ("changed", "readable"),
    [
        ({}, True),
        ({"name": "Acme", "regions": ("GB", "US")}, True),
        ({"role": Role.BRAND}, False),
        ({"regions": ("US",)}, False),
        ({"brands": ("b2",)}, False),
        ({"brands": ("b1", "b2")}, False),
        ({"role": Role.CREATOR, "regions": (), "brands": (), "creator": "c1"}, False),
        ({"key_id": "sub_2"}, False),
    ],
)
def test_an_export_is_read_by_who_still_sees_what_it_holds(changed: dict[str, Any], readable: bool) -> None:
    made = record(PARTNER, bounds_of(PARTNER))
    assert Record.read(made.text.encode()).readable_by(replace(PARTNER, **changed)) is readable


def test_a_record_without_bounds_is_read_by_keys_alone() -> None:
    key = replace(PARTNER, key_id="Ab12Cd34")
    assert (record(key, None).readable_by(key), record(PARTNER, None).readable_by(PARTNER)) == (True, False)


def test_a_record_of_an_earlier_version_has_no_bounds(tmp_path: Path) -> None:
    kept, made = Store(tmp_path), record(PARTNER, None)
    kept.save(made)
    file = tmp_path / made.id / "export.json"
    file.write_text(file.read_text().replace(',"bounds":null', ""))
    assert kept.record(made.id).bounds is None
    assert "bounds" not in file.read_text()

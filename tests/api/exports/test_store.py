from __future__ import annotations

import os
from pathlib import Path

import pytest

from api.exports.errors import NoSuchExport
from api.exports.record import Record, Status
from api.exports.store import Store
from graph.processes import this_process


def record(kept: Store, *, expires_at: int = 1_000, status: Status = Status.DONE) -> Record:
    made = Record(kept.new_id(), "k1", "graph", "csv", {"tables": True}, "graph.csv.zip", 1, expires_at, this_process(), status)
    kept.save(made)
    return made


def test_a_record_comes_back_as_it_was_saved(tmp_path: Path) -> None:
    kept = Store(tmp_path / "exports")
    made = record(kept)
    assert kept.record(made.id) == made
    assert list(kept.records()) == [made]
    assert made.shown()["file"] == f"/exports/{made.id}/file"
    assert "key" not in made.shown()


def test_what_is_over_goes_and_what_is_going_stays(tmp_path: Path) -> None:
    kept = Store(tmp_path / "exports")
    kept.sweep(1)
    old, new, going = record(kept), record(kept, expires_at=3_000), record(kept, status=Status.RUNNING)
    kept.sweep(2_000)
    assert {each.id for each in kept.records()} == {new.id, going.id}
    with pytest.raises(NoSuchExport):
        kept.record(old.id)


def test_a_folder_without_a_record_goes_when_it_is_old(tmp_path: Path) -> None:
    kept = Store(tmp_path)
    for name in (Store.new_id(), "something-else"):
        (tmp_path / name).mkdir()
        os.utime(tmp_path / name, (1_000, 1_000))
    kept.sweep(2_000)
    assert len(list(tmp_path.iterdir())) == 2
    kept.sweep(10_000)
    assert [each.name for each in tmp_path.iterdir()] == ["something-else"]


def test_ids_cannot_be_guessed() -> None:
    assert len({Store.new_id() for _ in range(1_000)}) == 1_000


def test_a_record_that_is_damaged_is_none(tmp_path: Path) -> None:
    kept = Store(tmp_path)
    made = record(kept)
    for text in ("", "[]", "{}", '{"id": 1}'):
        (tmp_path / made.id / "export.json").write_text(text)
        with pytest.raises(NoSuchExport):
            kept.record(made.id)

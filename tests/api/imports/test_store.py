"""Records of imports: claimed by one job, failed with its process, and removed in time."""

from __future__ import annotations

import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest

from api.imports import store as storing
from api.imports.errors import ImportBusy, ImportClosed, ImportEmpty, NoSuchImport
from api.imports.names import MAPPING
from api.imports.record import Job, Reading, Record, Status
from api.imports.store import PARTS, PATIENCE, Store
from graph.processes import Identity, this_process

ENDED: Identity = (2**22 + 1, 1.0)
DAY = 86_400
A, B = "a" * 32, "b" * 32


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path)


def add(store: Store, id_: str = A, *, expires_at: int = 50, text: str = "id\nc1\n") -> None:
    store.add(Record(id_, "k1", "root", 1, expires_at))
    if text:
        (store.files(id_) / "creators.csv").write_text(text)


def claim(store: Store, id_: str = A, *, process: Identity | None = None, job: Job = Job.IMPORT) -> Record:
    return store.claim(id_, job, process or this_process(), now=7, expires_at=60)


def test_a_record_is_read_as_it_was_written(store: Store) -> None:
    add(store)
    record = claim(store, job=Job.CHECK)
    assert (record.status, record.files, record.bytes, record.began_at, record.expires_at) == (Status.CHECKING, 1, 6, 7, 60)
    assert store.record(A) == record
    assert store.at(A).stat().st_mode & 0o777 == 0o700


def test_one_job_is_begun_at_a_time(store: Store) -> None:
    add(store)
    add(store, B)
    claim(store)
    with pytest.raises(ImportBusy, match=f"^import {A}, started by the key 'root', is importing; "):
        claim(store, B)
    with pytest.raises(ImportBusy):
        claim(store)
    assert store.record(B).status is Status.UPLOADING


def test_one_whose_process_has_ended_has_failed_and_keeps_nobody_waiting(store: Store) -> None:
    add(store)
    add(store, B)
    claim(store, process=ENDED)
    assert claim(store, B).is_going
    found = store.record(A)
    assert (found.status, found.ended_at is not None) == (Status.FAILED, True)
    assert found.error == (
        "its process ended without a word, as one that is killed or out of memory; "
        "what was imported before stays: import again, which does nothing twice"
    )


def test_one_whose_process_has_ended_is_read_otherwise(store: Store) -> None:
    add(store)
    claim(store, process=ENDED)
    found = store.read_as(A, Reading(encoding="gbk"), expires_at=70)
    assert (found.status, found.encoding, found.error, found.expires_at) == (Status.UPLOADING, "gbk", None, 70)


def test_a_mapping_lies_beside_the_record_as_long_as_it_holds(store: Store) -> None:
    add(store)
    store.read_as(A, Reading("x = 1\n"), expires_at=50)
    assert (store.mapping(store.record(A)), "x = 1" in store.record(A).text) == ("x = 1\n", False)
    store.read_as(A, Reading(), expires_at=50)
    assert (store.mapping(store.record(A)), (store.at(A) / MAPPING).exists()) == (None, False)


def test_an_import_without_files_is_not_begun(store: Store) -> None:
    add(store, text="")
    with pytest.raises(ImportEmpty, match="has no files; upload some first"):
        claim(store)
    assert store.record(A).status is Status.UPLOADING


def test_a_mark_of_a_job_before_cancels_no_job_after_it(store: Store) -> None:
    add(store)
    store.cancel(A)
    claim(store)
    assert not store.is_cancelled(A)


@pytest.mark.parametrize("id_", ["", "..", "../" + A, A[:-1], A.upper(), f"{A}/", f"{A}\n"])
def test_what_is_no_id_names_nothing(store: Store, id_: str) -> None:
    add(store)
    for work in (store.record, store.part, store.remove):
        with pytest.raises(NoSuchImport):
            work(id_)


def test_what_was_never_imported_is_removed_in_time(store: Store) -> None:
    add(store, expires_at=50)
    store.sweep(49, kept=DAY)
    assert store.record(A).bytes == 0
    store.sweep(50, kept=DAY)
    assert list(store.folder.glob("?" * 32)) == []


def test_of_what_was_imported_the_record_stays(store: Store) -> None:
    add(store)

    def done(record: Record) -> None:
        record.status, record.summary = Status.DONE, {"tables": []}

    store.read_as(A, Reading("x = 1\n"), expires_at=50)
    store.changed(A, done)
    store.rejects(A).mkdir()
    store.sweep(50, kept=DAY)
    store.sweep(51, kept=DAY)
    found = store.record(A)
    assert (found.emptied, found.summary, found.is_open) == (True, {"tables": []}, False)
    assert sorted(each.name for each in store.at(A).iterdir()) == ["import.json"]


def test_records_are_not_kept_without_end(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storing, "MOST_RECORDS", 1)
    for number, id_ in enumerate((A, B)):
        store.add(Record(id_, "k1", "root", number, 50, status=Status.DONE, summary={"tables": []}))
    store.sweep(50, kept=DAY)
    store.sweep(50, kept=DAY)
    assert [each.id for each in store.records()] == [B], "the newer one"


def test_what_is_under_way_is_neither_swept_nor_removed(store: Store) -> None:
    add(store)
    claim(store)
    store.sweep(10**10, kept=DAY)
    with pytest.raises(ImportClosed, match="is under way; cancel it first"):
        store.remove(A)
    assert store.record(A).is_going


def test_what_a_kill_left_behind_is_swept(store: Store) -> None:
    add(store, expires_at=10**11)
    (store.folder / B).mkdir()
    for name in ("old", "new"):
        (store.at(A) / PARTS / name).touch()
    os.utime(store.at(A) / PARTS / "old", (0, 0))
    os.utime(store.folder / B, (0, 0))
    now = int((store.at(A) / PARTS / "new").stat().st_mtime)
    store.sweep(now + PATIENCE - 1, kept=DAY)
    assert [each.name for each in (store.at(A) / PARTS).iterdir()] == ["new"]
    assert not (store.folder / B).exists()


def test_what_another_process_removes_meanwhile_keeps_nothing_from_being_swept(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    for id_ in (A, B):
        store.add(Record(id_, "k1", "root", 1, 50, status=Status.DONE, summary={"tables": []}))
    stale = store.records()
    store.remove(A)
    monkeypatch.setattr(store, "records", lambda: stale)
    store.sweep(50, kept=DAY)
    assert [(each.id, each.emptied) for each in Store(store.folder.parent).records()] == [(B, True)]


def test_a_record_that_cannot_be_read_is_none_in_time(store: Store) -> None:
    add(store)
    record = store.at(A) / "import.json"
    record.write_bytes(b"")
    written = int(record.stat().st_mtime)
    store.sweep(written + DAY, kept=DAY)
    assert store.at(A).exists()
    store.sweep(written + DAY + 2, kept=DAY)
    assert not store.at(A).exists()


def test_what_is_kept_is_kept_from_the_end_of_its_job_on(store: Store) -> None:
    add(store)
    claim(store)
    found = store.changed(A, lambda record: record.end(Status.FAILED, "why", now=1_000))
    assert (found.began_at, found.ended_at, found.expires_at) == (7, 1_000, 1_053)
    found.end(Status.FAILED, "why", now=2_000)
    assert found.expires_at == 1_053, "it ended once"


def test_a_job_that_begins_meanwhile_keeps_its_files(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    @contextmanager
    def late(_: Path) -> Generator[None]:
        monkeypatch.undo()
        claim(store)
        yield

    add(store)
    monkeypatch.setattr(storing, "held", late)
    with pytest.raises(ImportClosed, match="is under way"):
        store.remove(A)
    add(store, B)
    store.changed(A, lambda record: record.end(Status.FAILED, now=8))
    monkeypatch.setattr(storing, "held", late)
    store.sweep(10**10, kept=DAY)
    assert store.record(A).is_going
    assert (store.files(A) / "creators.csv").exists()


def test_what_was_removed_cannot_be_cancelled_and_nothing_is_left_of_it(store: Store) -> None:
    add(store)
    store.remove(A)
    with pytest.raises(NoSuchImport):
        store.cancel(A)
    assert [each.name for each in store.folder.iterdir()] == [".lock"]


def test_what_a_kill_left_half_removed_is_swept(store: Store) -> None:
    add(store)
    store.at(A).rename(store.folder / f".{'0' * 16}.removed")
    store.sweep(1, kept=DAY)
    assert list(store.folder.iterdir()) == []

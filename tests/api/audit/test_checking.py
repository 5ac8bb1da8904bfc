"""A sound log is sound while it is written, and whatever is damaged beside it is a problem rather than an end."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path

import pytest

from api.audit import checking
from api.audit.checking import checked
from api.audit.files import ENTRIES, FOLDER, LogFiles
from api.audit.note import Checkpoint, Signer
from api.audit.pseudonyms import FILE, Pseudonyms
from api.audit.verification import Verdict, verified
from graph.dates import DAY
from tests.api.audit.writing import START, entry, log_of

WHOLE = 256


def test_what_is_appended_meanwhile_is_no_tampering(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each pass begins with partial tiles at two levels, which are gone before it reads any of them."""
    log = log_of(tmp_path, 100, 100, 100)
    sizes = list[int]()

    def overtaken(files: LogFiles, signer: Signer, trusted: Sequence[Checkpoint] = ()) -> Verdict:
        log.append([entry(each) for each in range(WHOLE)])
        found = verified(files, signer, trusted)
        sizes.append(found.size)
        return found

    monkeypatch.setattr(checking, "verified", overtaken)
    assert checked(tmp_path).problems == []
    assert sizes == [300]


def test_a_log_that_is_written_all_the_while(tmp_path: Path) -> None:
    log, stop = log_of(tmp_path, 250), threading.Event()

    def write() -> None:
        while not stop.is_set():
            log.append([entry(each) for each in range(40)])

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for _ in range(10):
            assert checked(tmp_path).problems == []
    finally:
        stop.set()
        writer.join()


def test_what_is_pruned_meanwhile_is_looked_at_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = log_of(tmp_path, 300)
    firsts = list[int]()

    def overtaken(files: LogFiles, signer: Signer, trusted: Sequence[Checkpoint] = ()) -> Verdict:
        log.prune(START + WHOLE + 100 * DAY)
        found = verified(files, signer, trusted)
        firsts.append(found.first)
        return found

    monkeypatch.setattr(checking, "verified", overtaken)
    assert checked(tmp_path).problems == []
    assert firsts[-1] == WHOLE


def test_files_that_are_no_partial_tiles_are_told(tmp_path: Path) -> None:
    log = log_of(tmp_path, 10)
    stray = log.files.tile(ENTRIES, 0, 10).with_name("3x")
    stray.write_bytes(b"")
    assert checked(tmp_path).problems == [f"{stray} is no partial tile, whose name would be a number"]


def test_damaged_pseudonyms_are_a_problem(tmp_path: Path) -> None:
    log_of(tmp_path, 10)
    Pseudonyms(tmp_path / FOLDER).close()
    file = tmp_path / FOLDER / FILE
    file.write_bytes(b"x" * 4_096)
    (problem,) = checked(tmp_path).problems
    assert problem.startswith(f"{file}: ")

"""What is written, by whom, and what of it outlasts an accident."""

import subprocess
import sys
from pathlib import Path

import pytest

from api.audit.files import ENTRIES, FOLDER, LogFiles, unpacked
from api.audit.log import AuditLog
from api.audit.note import Checkpoint, Signer
from api.audit.reading import Wanted, newest
from api.errors import LogDamaged
from graph.dates import DAY
from tests.api.audit.writing import START, entry, files_of, log_of, verdict


def names(home: Path) -> list[str]:
    return [str(each.relative_to(home / FOLDER)) for each in files_of(home)]


def test_files_lie_where_the_specification_has_them(tmp_path: Path) -> None:
    log_of(tmp_path, 250, 50)
    assert names(tmp_path) == ["checkpoint", "tile/0/000", "tile/0/001.p/44", "tile/1/000.p/1", "tile/entries/000", "tile/entries/001.p/44"]
    assert str(LogFiles(Path()).tile(0, 1_234_067)) == "tile/0/x001/x234/067"


def test_a_partial_tile_stays_until_it_is_filled(tmp_path: Path) -> None:
    """A checkpoint that was given away must be served as long."""
    log_of(tmp_path, 3, 2)
    assert names(tmp_path) == ["checkpoint", "tile/0/000.p/3", "tile/0/000.p/5", "tile/entries/000.p/3", "tile/entries/000.p/5"]
    bundle = LogFiles(tmp_path / FOLDER).tile(ENTRIES, 0, 5).read_bytes()
    assert list(unpacked(bundle)) == [entry(each).text for each in range(5)]


def test_the_same_entries_make_the_same_log_whatever_the_batches(tmp_path: Path) -> None:
    one, other = log_of(tmp_path / "one", *[1] * 20, 600, 13), log_of(tmp_path / "other", 633)
    roots = [Checkpoint.read(log.files.checkpoint.read_bytes(), Signer.of(log.files.root.parent).verifier) for log in (one, other)]
    assert roots[0] == roots[1]
    assert verdict(tmp_path / "one").problems == []


def test_a_process_goes_on_where_another_left(tmp_path: Path) -> None:
    one, other = AuditLog(tmp_path, days=1), AuditLog(tmp_path, days=1)
    for number in range(0, 600, 2):
        one.append([entry(number)])
        other.append([entry(number + 1)])
    assert [each.entry for each in newest(tmp_path, Wanted(), first=1_000)] == [entry(each) for each in reversed(range(600))]
    assert verdict(tmp_path).sound


def test_processes_at_once_lose_nothing(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from api.audit.log import AuditLog; from tests.api.audit.writing import entry\n"
        "log = AuditLog(Path(sys.argv[1]), days=1)\nfor each in range(60): log.append([entry(each)] * 3)"
    )
    running = [subprocess.Popen([sys.executable, "-c", code, str(tmp_path)]) for _ in range(3)]
    assert [each.wait(timeout=120) for each in running] == [0, 0, 0]
    found = verdict(tmp_path)
    assert (found.size, found.problems) == (540, [])


@pytest.mark.fault
@pytest.mark.parametrize("step", range(8))
def test_a_batch_that_breaks_off_is_not_in_the_log(tmp_path: Path, step: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whichever of its files was written last: the next batch stands in its place."""
    log, real, left = log_of(tmp_path, 200), Path.replace, [step]

    def full(self: Path, target: Path) -> Path:
        if not left[0]:
            raise OSError(28, "No space left on device")
        left[0] -= 1
        return real(self, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", full)
        try:
            log.append([entry(each) for each in range(200, 300)])
            broke = False
        except OSError:
            broke = True
    assert broke == (step < 6), "five tiles and bundles, then the checkpoint"
    before = 200 if broke else 300
    assert (verdict(tmp_path).size, verdict(tmp_path).problems) == (before, [])
    log.append([entry(9_999)])
    AuditLog(tmp_path, days=1).append([entry(10_000)])
    assert (verdict(tmp_path).size, verdict(tmp_path).problems) == (before + 2, [])


def test_no_log_is_begun_in_the_place_of_one_that_was_damaged(tmp_path: Path) -> None:
    log_of(tmp_path, 3)
    (tmp_path / FOLDER / "checkpoint").unlink()
    with pytest.raises(LogDamaged, match="is missing"):
        AuditLog(tmp_path, days=1).append([entry(3)])


@pytest.mark.fault
def test_nothing_is_added_to_a_log_that_was_changed(tmp_path: Path) -> None:
    log = log_of(tmp_path, 3)
    file = log.files.tile(ENTRIES, 0, 3)
    file.write_bytes(file.read_bytes().replace(b"partner", b"analyst"))
    with pytest.raises(LogDamaged, match="does not make the root"):
        AuditLog(tmp_path, days=1).append([entry(3)])


def test_old_entries_are_dropped_and_the_rest_is_verified(tmp_path: Path) -> None:
    log = log_of(tmp_path, 256, 256, 100, days=10)
    assert log.prune(START + 5 * DAY) == 0
    assert log.prune(START + 300 + 10 * DAY) == 256, "the second bundle still has younger ones"
    assert "tile/entries/000" not in names(tmp_path)
    assert "tile/0/000" not in names(tmp_path)
    found = verdict(tmp_path)
    assert (found.first, found.size, found.problems) == (256, 613, [])
    assert len(newest(tmp_path, Wanted(), first=1_000)) == 256 + 100
    AuditLog(tmp_path, days=10).append([entry(9_999)])
    assert verdict(tmp_path).sound


def test_pruning_says_so_in_the_log(tmp_path: Path) -> None:
    log = log_of(tmp_path, 300, days=1)
    log.prune(START + 99 * DAY)
    last = list(unpacked(log.files.tile(ENTRIES, 1, 45).read_bytes()))[-1]
    assert b'"channel":"log","operation":"prune"' in last
    assert b'"times":256' in last

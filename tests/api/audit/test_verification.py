"""Whatever is done to a log is found, and said which entry it was done to."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.audit.files import ENTRIES, FOLDER, LogFiles, packed, unpacked
from api.audit.merkle import leaf
from api.audit.note import Checkpoint, Signer
from api.audit.verification import verified
from graph.dates import DAY
from tests.api.audit.writing import START, entry, files_of, log_of, verdict


@cache
def written() -> Path:
    """A log with partial tiles of earlier checkpoints, two levels, and pruned entries."""
    home = Path(mkdtemp(prefix="audit-"))
    log = log_of(home, 256, 256, 20, 30)
    log.prune(START + 256 + 100 * DAY)
    assert verdict(home).problems == []
    return home


@contextmanager
def copied() -> Iterator[Path]:
    with TemporaryDirectory() as folder:
        yield Path(shutil.copytree(written(), Path(folder) / "home"))


@given(st.data())
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_edit_of_any_byte_is_found(data: st.DataObject) -> None:
    with copied() as home:
        file = data.draw(st.sampled_from(files_of(home)), label="file")
        content = bytearray(file.read_bytes())
        at = data.draw(st.integers(0, len(content) - 1), label="byte")
        content[at] ^= data.draw(st.integers(1, 255), label="change")
        file.write_bytes(content)
        assert not verdict(home).sound, f"byte {at} of {file.relative_to(home)}"


@given(st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_file_that_is_cut_lengthened_or_gone_is_found(data: st.DataObject) -> None:
    with copied() as home:
        file = data.draw(st.sampled_from([each for each in files_of(home) if ".p" not in str(each) or each.name == "53"]), label="file")
        content = file.read_bytes()
        what = data.draw(st.sampled_from(["cut", "longer", "gone"]))
        if what == "gone":
            file.unlink()
        else:
            file.write_bytes(content[: data.draw(st.integers(0, len(content) - 1))] if what == "cut" else content + b"\0")
        assert not verdict(home).sound, f"{file.relative_to(home)} {what}"


Change = Callable[[list[bytes]], None]


def edited(entries: list[bytes]) -> None:
    entries[7] = entries[7].replace(b"partner", b"analyst")


def dropped(entries: list[bytes]) -> None:
    del entries[7]


def added(entries: list[bytes]) -> None:
    entries.insert(8, entry(5_000).text)


def swapped(entries: list[bytes]) -> None:
    entries[7], entries[9] = entries[9], entries[7]


@pytest.mark.parametrize("bundle", [1, 2], ids=["full", "partial"])
@pytest.mark.parametrize(
    ("change", "told"),
    [
        (edited, ["entry {0} was edited"]),
        (dropped, ["entry {0} was dropped"]),
        (added, ["after entry {0} one was added"]),
        (swapped, ["entry {0} is where entry {1} was", "entry {1} is where entry {0} was"]),
    ],
)
def test_it_is_said_which_entry(change: Change, told: list[str], bundle: int) -> None:
    with copied() as home:
        file = bundle_of(home, bundle)
        entries = list(unpacked(file.read_bytes()))
        change(entries)
        file.write_bytes(packed(entries))
        problems = verdict(home).problems
        for each in told:
            assert any(line.startswith(each.format(bundle * 256 + 7, bundle * 256 + 9)) for line in problems), problems


def test_tiles_that_were_changed_with_their_entries_are_found_by_the_tile_above() -> None:
    with copied() as home:
        file = bundle_of(home, 1)
        entries = list(unpacked(file.read_bytes()))
        edited(entries)
        file.write_bytes(packed(entries))
        LogFiles(home / FOLDER).tile(0, 1).write_bytes(b"".join(map(leaf, entries)))
        assert any("entries 256 to 511" in each for each in verdict(home).problems)


def test_a_log_that_was_cut_below_a_checkpoint_is_found_by_the_one_that_was_kept(tmp_path: Path) -> None:
    log = log_of(tmp_path, 10)
    early = log.files.checkpoint.read_bytes()
    log.append([entry(each) for each in range(10, 20)])
    signer = Signer.of(tmp_path)
    kept = Checkpoint.read(log.files.checkpoint.read_bytes(), signer.verifier)
    assert verified(log.files, signer, [kept, Checkpoint.read(early, signer.verifier)]).problems == []
    log.files.checkpoint.write_bytes(early)
    assert verified(log.files, signer).sound, "alone, an older log cannot be told from a whole one"
    assert verified(log.files, signer, [kept]).problems == [
        "entries 10 to 19 are gone: a checkpoint of 20 entries was kept, and the log has 10"
    ]
    shutil.rmtree(log.files.root)
    assert verified(log.files, signer, [kept]).problems == ["the log is gone; a checkpoint of 20 entries was kept"]


def test_another_history_than_that_of_a_kept_checkpoint_is_found(tmp_path: Path) -> None:
    log = log_of(tmp_path, 10)
    signer = Signer.of(tmp_path)
    kept = Checkpoint.read(log.files.checkpoint.read_bytes(), signer.verifier)
    shutil.rmtree(log.files.root)
    log_of(tmp_path, 0).append([entry(each + 1) for each in range(12)])
    assert verified(log.files, signer).sound
    assert verified(log.files, signer, [kept]).problems == ["some of the entries 0 to 9 are not those of the checkpoint that was kept"]


def bundle_of(home: Path, number: int) -> Path:
    return LogFiles(home / FOLDER).tile(ENTRIES, number, 256 if number == 1 else 51)

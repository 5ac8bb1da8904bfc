"""Files as they come: whole, too large, given up in the middle, on a full disk."""

from __future__ import annotations

import asyncio
import os
import subprocess
from collections.abc import AsyncIterator, Iterator
from pathlib import Path, PurePosixPath

import pytest
from starlette.requests import ClientDisconnect

from api.errors import BadUserInput, TooLarge
from api.imports import uploads
from api.imports.errors import DiskFull, ImportClosed, NoSuchImport
from api.imports.record import Record, Status
from api.imports.store import PARTS, Store
from api.imports.uploads import Bounds, Upload, uploaded
from graph.exports import size_of

MEBIBYTE = 1024 * 1024
BOUNDS = Bounds(3 * MEBIBYTE, 99)
ID = "0" * 32


async def pieces(*given: bytes | Exception) -> AsyncIterator[bytes]:
    for each in given:
        if isinstance(each, Exception):
            raise each
        yield each


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return stored(tmp_path)


def stored(home: Path) -> Store:
    made = Store(home)
    made.add(Record(ID, "k1", "root", 1, 50))
    return made


def left(store: Store) -> list[str]:
    """Return all that lies below the import's folder."""
    return sorted(str(each.relative_to(store.at(ID))) for each in store.at(ID).rglob("*") if each.is_file())


async def sent(store: Store, *given: bytes | Exception, name: str = "a.csv", length: int | None = None) -> Record:
    return await uploaded(store, Upload(ID, PurePosixPath(name), length), pieces(*given), bounds=BOUNDS)


async def test_a_file_is_stored_under_its_name_and_replaces_the_one_before(store: Store) -> None:
    record = await sent(store, b"ab", b"", b"c", name="shop/a.csv")
    assert (record.files, record.bytes, record.expires_at) == (1, 3, 99)
    assert (store.files(ID) / "shop" / "a.csv").read_bytes() == b"abc"
    assert (store.files(ID) / "shop" / "a.csv").stat().st_mode & 0o777 == 0o600
    record = await sent(store, b"z" * (2 * MEBIBYTE + 1), name="shop/a.csv")
    assert (record.files, record.bytes) == (1, 2 * MEBIBYTE + 1)
    assert left(store) == ["files/shop/a.csv", "import.json"]


async def test_one_that_says_that_it_is_too_large_is_refused_before_it_comes(store: Store) -> None:
    with pytest.raises(
        TooLarge, match=r"^the import has 3,145,729 bytes or more, and at most 3,145,728 are allowed \(CREATORGRAPH_IMPORT_MB\);"
    ):
        await sent(store, AssertionError("nothing is read"), length=3 * MEBIBYTE + 1)
    assert left(store) == ["import.json"]


async def test_one_that_becomes_too_large_leaves_nothing(store: Store) -> None:
    await sent(store, b"x" * 2 * MEBIBYTE, name="first.csv")
    for last in (b"y" * 4 * MEBIBYTE, b"y" * (MEBIBYTE + 1)):
        with pytest.raises(TooLarge):
            await sent(store, last)
    assert left(store) == ["files/first.csv", "import.json"]


async def test_one_that_is_replaced_does_not_count_twice(store: Store) -> None:
    for _ in range(2):
        record = await sent(store, *[b"x" * MEBIBYTE] * 2, length=2 * MEBIBYTE)
        assert (record.files, record.bytes) == (1, 2 * MEBIBYTE)


async def test_one_of_an_import_that_is_removed_meanwhile_is_refused(store: Store) -> None:
    async def removing() -> AsyncIterator[bytes]:
        yield b"x" * MEBIBYTE
        store.remove(ID)
        yield b"x" * MEBIBYTE

    with pytest.raises(NoSuchImport):
        await uploaded(store, Upload(ID, PurePosixPath("a.csv")), removing(), bounds=BOUNDS)
    assert not store.at(ID).exists()


async def test_two_at_once_are_not_more_than_one_may_be(store: Store) -> None:
    both = await asyncio.gather(*(sent(store, b"x" * 2 * MEBIBYTE, name=name) for name in ("a", "b")), return_exceptions=True)
    assert sum(isinstance(each, TooLarge) for each in both) >= 1
    assert size_of(store.at(ID)) <= 3 * MEBIBYTE


async def test_a_client_that_hangs_up_leaves_nothing(store: Store) -> None:
    with pytest.raises(ClientDisconnect):
        await sent(store, b"x" * 2 * MEBIBYTE, ClientDisconnect())
    assert left(store) == ["import.json"]


async def test_a_file_and_a_folder_of_one_name_are_refused(store: Store) -> None:
    await sent(store, b"x", name="a/b.csv")
    for name in ("a", "a/b.csv/c.csv"):
        with pytest.raises(BadUserInput, match="is that of a folder, or lies in a file"):
            await sent(store, b"x", name=name)
    assert left(store) == ["files/a/b.csv", "import.json"]


async def test_an_import_that_is_not_there_or_not_open_takes_nothing(store: Store) -> None:
    def done(record: Record) -> None:
        record.status = Status.DONE

    store.changed(ID, done)
    with pytest.raises(ImportClosed):
        await sent(store, b"x")
    for id_ in ("1" * 32, "../" * 10, ""):
        with pytest.raises(NoSuchImport):
            await uploaded(store, Upload(id_, PurePosixPath("a.csv")), pieces(b"x"), bounds=BOUNDS)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Mount a disk of 3 MiB; only root may."""
    path = tmp_path / "disk"
    path.mkdir()
    if os.geteuid() != 0 or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(path)], check=False).returncode:
        pytest.skip("only root can mount a small disk")
    try:
        yield path
    finally:
        subprocess.run(["umount", "--lazy", str(path)], check=True)


async def test_a_full_disk_is_told_before_it_is_full(small_disk: Path) -> None:
    store = stored(small_disk)
    with pytest.raises(
        DiskFull, match=r"^the disk of CREATORGRAPH_HOME has 3\.\d MB free, and this needs 1\.0 MB more and 268 MB in reserve;"
    ):
        await sent(store, AssertionError("nothing is read"), length=1_000_000)
    assert left(store) == ["import.json"]


@pytest.mark.fault
async def test_a_disk_that_fills_up_meanwhile_leaves_nothing(small_disk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = stored(small_disk)
    monkeypatch.setattr(uploads, "_refuse_no_room", lambda *_: None)  # as where others write at the same time
    with pytest.raises(DiskFull, match=r"free some space"):
        await sent(store, *[b"x" * MEBIBYTE] * 4)
    assert left(store) == ["import.json"]
    assert list((store.at(ID) / PARTS).iterdir()) == []

"""Event tables in a folder: read back as they were, and refused where it is not whole, was changed, or is of another version."""

import hashlib
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from api.runs import result_folder
from api.runs.event_folder import MANIFEST, EventFolder, EventFolderRefused, read_folder, write_events
from graph.exports.errors import FileThere
from scoring.facts import Period, market, table
from scoring.proof import columns_digest
from tests.scoring.facts.drawn import END, event_tables


@pytest.fixture
def folder(tmp_path: Path) -> EventFolder:
    return write_events(tmp_path / "events", event_tables(), Period(END, (7, 90)), parts=2)


def rewritten(change: Callable[[dict[str, Any]], object]) -> Callable[[Path], object]:
    """Return what rewrites a folder's manifest with a change."""

    def rewrite(path: Path) -> None:
        told = json.loads((path / MANIFEST).read_text("utf-8"))
        change(told)
        (path / MANIFEST).write_text(json.dumps(told), "utf-8")

    return rewrite


def with_sales(file: Callable[[Path], object]) -> Callable[[Path], object]:
    """Return what writes another file of sales, and names it in the manifest as it is."""

    def rewrite(path: Path) -> None:
        sales = path / "part-00001" / "sales.parquet"
        file(sales)
        content = sales.read_bytes()
        told = {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        rewritten(lambda manifest: manifest["files"]["part-00001/sales.parquet"].update(told))(path)

    return rewrite


def instead_of_sales(make: Callable[[Path], object]) -> Callable[[Path], object]:
    """Return what puts something else in the place of a file of sales."""

    def replace(path: Path) -> None:
        sales = path / "part-00001" / "sales.parquet"
        sales.unlink()
        make(sales)

    return replace


def manifest_of_folders(path: Path) -> None:
    """Put a folder in the place of the manifest."""
    (path / MANIFEST).unlink()
    (path / MANIFEST).mkdir()


def test_holds_what_was_written(folder: EventFolder) -> None:
    again = read_folder(folder.path)
    assert again == folder
    assert (again.period, again.parts) == (Period(END, (7, 90)), 2)
    assert again.rows == {name: each.num_rows for name, each in event_tables().items()}
    found, expected = (table(market(each, again.period)) for each in (again.tables(), event_tables()))
    assert columns_digest(found) == columns_digest(expected)


def test_the_same_tables_make_the_same_bytes(folder: EventFolder) -> None:
    twin = write_events(folder.path.with_name("twin"), event_tables(), folder.period, parts=2)
    assert twin.manifest == folder.manifest


def test_stands_there_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "events"
    broken = event_tables() | {"sales": None}
    with pytest.raises(TypeError):
        write_events(path, broken, Period(END))
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_replaced_unless_told_to(folder: EventFolder) -> None:
    with pytest.raises(FileThere, match="already exists"):
        write_events(folder.path, event_tables(), folder.period)
    assert write_events(folder.path, event_tables(), folder.period, parts=1, overwrite=True).parts == 1


@pytest.mark.parametrize("manifest", [None, "{}", "[]", '{"format": "another-1"}', '{"format": ["creatorgraph-events-1"]}', "[" * 200_000])
def test_what_is_not_ours_is_not_replaced(manifest: str | None, tmp_path: Path) -> None:
    path = tmp_path / "documents"
    path.mkdir()
    (path / "thesis.txt").write_text("three years")
    if manifest is not None:
        (path / MANIFEST).write_text(manifest)
    with pytest.raises(FileThere, match=r"documents is not a folder of event tables or scorecards.*; choose another name, or remove it"):
        write_events(path, event_tables(), Period(END), overwrite=True)
    assert (path / "thesis.txt").read_text() == "three years"


def test_neither_a_file_nor_a_link_is_replaced_and_an_empty_folder_is(folder: EventFolder) -> None:
    file, link, empty = (folder.path.with_name(name) for name in ("file", "link", "empty"))
    file.write_text("mine")
    link.symlink_to(folder.path)
    empty.mkdir()
    for path in (file, link):
        with pytest.raises(FileThere, match="--overwrite replaces nothing else"):
            write_events(path, event_tables(), folder.period, overwrite=True)
    assert (file.read_text(), link.is_symlink()) == ("mine", True)
    assert write_events(empty, event_tables(), folder.period, overwrite=True).parts == 8


def test_only_the_owner_may_look_into_it(folder: EventFolder) -> None:
    modes = {(each.is_dir(), each.stat().st_mode & 0o777) for each in [folder.path, *folder.path.rglob("*")]}
    assert modes == {(True, 0o700), (False, 0o600)}


CHANGES: dict[str, tuple[Callable[[Path], object], str]] = {
    "no manifest": (
        lambda path: (path / MANIFEST).unlink(),
        "has no manifest.json, so it is no folder of event tables, or not a whole one",
    ),
    "half a manifest": (
        lambda path: (path / MANIFEST).write_text((path / MANIFEST).read_text("utf-8")[:200], "utf-8"),
        "is not a manifest of event tables",
    ),
    "another format": (rewritten(lambda told: told.update(format="creatorgraph-events-0")), "has the format 'creatorgraph-events-0'"),
    "other columns": (
        rewritten(lambda told: told.update(declarations="0" * 64, package="creatorgraph 9.9")),
        "was written by creatorgraph 9.9, whose event tables have other columns",
    ),
    "a part too many": (rewritten(lambda told: told.update(parts=4)), "it does not name each table of each part"),
    "a file that is not one of ours": (
        rewritten(lambda told: told["files"].update({"../keys": told["files"]["shared/brands.parquet"]})),
        "it does not name each table of each part",
    ),
    "a file missing": (
        lambda path: (path / "part-00001" / "sales.parquet").unlink(),
        "sales.parquet is missing, but the manifest names it",
    ),
    "a file cut off": (
        lambda path: (path / "part-00001" / "sales.parquet").write_bytes((path / "part-00001" / "sales.parquet").read_bytes()[:-9]),
        "bytes and not",
    ),
    "an as-of time without end": (
        rewritten(lambda told: told.update(asOf=float("inf"))),
        "is not a manifest of event tables .*(asOf is|not a whole number)",
    ),
    "an as-of time beyond all years": (
        rewritten(lambda told: told.update(asOf=1e30)),
        "is not a manifest of event tables .*(asOf is|not a whole number)",
    ),
    "an as-of time before all": (
        rewritten(lambda told: told.update(asOf=-(10**17))),
        "is not a manifest of event tables .*(asOf is|not a whole number)",
    ),
    "an as-of time in words": (
        rewritten(lambda told: told.update(asOf="today")),
        "is not a manifest of event tables .*(asOf is|not a whole number)",
    ),
    "no window": (rewritten(lambda told: told.update(windows=[])), "it has 0 windows"),
    "a window before its end": (rewritten(lambda told: told.update(windows=[0, -5])), "a window is not of 1 to 3660 days"),
    "a window of ages": (rewritten(lambda told: told.update(windows=[10**9])), "a window is not of 1 to 3660 days"),
    "windows without number": (rewritten(lambda told: told.update(windows=list(range(1, 300)))), "it has 299 windows"),
    "a window twice": (rewritten(lambda told: told.update(windows=[7, 7])), "no two of the same length"),
    "a manifest without bottom": (lambda path: (path / MANIFEST).write_text("[" * 200_000), "is not a manifest of event tables"),
    "a manifest that is a folder": (manifest_of_folders, "manifest.json cannot be read .it is not a file"),
    "a file that is not Parquet": (with_sales(lambda file: file.write_text("creator,gmv")), "sales.parquet is not what the manifest says"),
    "a file of other columns": (
        with_sales(lambda file: pq.write_table(pa.table({"gmv": [1.0]}), file)),
        "sales.parquet is not what the manifest says .event table sales, column .* is missing",
    ),
    "a file of all rows twice": (
        with_sales(lambda file: pq.write_table(pa.concat_tables([pq.read_table(file)] * 2), file)),
        "sales.parquet has .* rows and not",
    ),
    "a file that is a folder": (instead_of_sales(Path.mkdir), "sales.parquet is not a file"),
    "a file that is a pipe": (instead_of_sales(os.mkfifo), "sales.parquet is not a file"),
    "a file that leads to itself": (instead_of_sales(lambda file: file.symlink_to(file)), "sales.parquet cannot be read"),
    "a byte changed": (
        lambda path: (path / "shared" / "products.parquet").write_bytes(
            bytes(each ^ (at == 40) for at, each in enumerate((path / "shared" / "products.parquet").read_bytes()))
        ),
        "was changed since the manifest was written",
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_is_refused(folder: EventFolder, name: str) -> None:
    change, expected = CHANGES[name]
    change(folder.path)
    with pytest.raises(EventFolderRefused, match=expected) as refused:
        read_folder(folder.path).tables()
    assert "creatorgraph export events" in refused.value.message
    assert str(folder.path) in refused.value.message


def test_a_manifest_longer_than_any_of_ours_is_not_read(folder: EventFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(result_folder, "MANIFEST_BYTES", 1_000)
    with pytest.raises(EventFolderRefused, match=r"bytes, more than 1,000\); write it again"):
        read_folder(folder.path)

"""Event tables in a folder: read back as they were, and refused where it is not whole, was changed, or is of another version."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

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

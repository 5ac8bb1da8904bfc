from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import time
from pathlib import Path

import pytest

from graph.exports import ExportError, FileThere, export
from graph.exports.placing import placed
from tests.graph.exports.drawn import Drawn, graph


def test_a_file_stands_only_when_it_is_whole(tmp_path: Path) -> None:
    with placed(tmp_path / "a.csv") as part:
        part.write_text("half")
        assert not (tmp_path / "a.csv").exists()
        part.write_text("whole")
    assert [(each.name, each.read_text()) for each in tmp_path.iterdir()] == [("a.csv", "whole")]


def test_a_failure_leaves_nothing(tmp_path: Path) -> None:
    def fail() -> None:
        with placed(tmp_path / "a") as part:
            _make(part, "folder", "half")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert list(tmp_path.iterdir()) == []


def test_where_nothing_can_be_written_the_place_is_named_and_not_the_home(read_only: Path) -> None:
    def write() -> None:
        with placed(read_only / "a.csv") as part, part.open("wb"):
            pass

    with pytest.raises(ExportError, match=r"/a.csv: Read-only file system; choose another location$"):
        write()


@pytest.mark.parametrize("before", ["file", "folder"])
@pytest.mark.parametrize("after", ["file", "folder"])
def test_what_is_there_is_refused_or_replaced(before: str, after: str, tmp_path: Path) -> None:
    path = tmp_path / "a"
    _make(path, before, "old")
    with pytest.raises(FileThere, match="choose another name, or replace it with --overwrite"), placed(path) as part:
        _make(part, after, "new")
    with placed(path, overwrite=True) as part:
        _make(part, after, "new")
    assert [each.name for each in tmp_path.iterdir()] == ["a"]
    assert (path if after == "file" else path / "inner").read_text() == "new"


def test_what_appears_meanwhile_is_not_replaced(tmp_path: Path) -> None:
    def both() -> None:
        with placed(tmp_path / "a") as part:
            part.write_text("ours")
            (tmp_path / "a").write_text("another's")

    with pytest.raises(FileThere):
        both()
    assert (tmp_path / "a").read_text() == "another's"


@pytest.mark.parametrize(
    ("name", "words"), [("missing/a.csv", "is not a folder; create it first"), ("a" * 300, "is not a valid file name")]
)
def test_a_place_that_cannot_be_is_told(name: str, words: str, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=words), placed(tmp_path / name):
        pass


def _make(path: Path, kind: str, text: str) -> None:
    if kind == "folder":
        path.mkdir()
    (path if kind == "file" else path / "inner").write_text(text)


@pytest.mark.parametrize("kind", ["graphml", "gexf", "parquet", "csv", "arrow", "jsonl"])
async def test_giving_up_half_way_leaves_nothing(kind: str, tmp_path: Path) -> None:
    def tell(done: int, total: int) -> None:
        if done == 2:
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await export(_three(), tmp_path / f"a.{kind}", kind, tell=tell)
    assert list(tmp_path.iterdir()) == []


async def test_cancelling_leaves_nothing(tmp_path: Path) -> None:
    task = asyncio.create_task(export(_three(), tmp_path / "a.zip", "csv", tell=lambda *_: task.cancel() and None))
    with pytest.raises(asyncio.CancelledError):
        await task
    assert list(tmp_path.iterdir()) == []


@pytest.mark.fault
def test_a_killed_process_leaves_nothing_under_the_name(tmp_path: Path) -> None:
    process = multiprocessing.get_context("spawn").Process(target=_dawdle, args=(tmp_path,))
    process.start()
    while not list(tmp_path.glob(".a.csv.*.part")):
        time.sleep(0.01)
    os.kill(process.pid or 0, signal.SIGKILL)
    process.join()
    assert not (tmp_path / "a.csv").exists()


def _dawdle(folder: Path) -> None:
    with placed(folder / "a.csv") as part:
        part.write_text("half")
        time.sleep(60)


def _three() -> Drawn:
    return graph([(name, *[None] * 7) for name in "abc"])

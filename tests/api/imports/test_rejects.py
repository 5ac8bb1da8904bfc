"""Files of rejected rows: listed, read by row, mended, packed."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import orjson
import pytest

from api.imports.rejects import mended, reject_files, rows_numbered, rows_of, zipped
from graph import json_text

LINE = b'{"id":"c%d","follower_count":%d,"tags":["a"],"reject_place":"c.csv line %d","reject_column":"region","reject_value":"Mars"}\n'
LARGE = 2**63 + 1


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "creators.jsonl").write_bytes(b"".join(LINE % (each, LARGE, each + 1) for each in (1, 2, 3)))
    (tmp_path / "unreadable.jsonl").write_bytes(b"{}\n" * 100_000)
    return tmp_path


def test_rows_are_read_by_number(folder: Path) -> None:
    found = rows_of(folder, "creators", after=1, most=1)
    assert [(each.row, each.place, each.column, each.value, each.rule) for each in found] == [(2, "c.csv line 3", "region", "Mars", "")]
    assert found[0].cells == {"id": "c2", "follower_count": LARGE, "tags": ["a"]}
    assert [each.row for each in rows_of(folder, "creators", after=2, most=9)] == [3]


def test_only_the_rows_that_are_wanted_are_parsed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    parsed: list[bytes] = []
    monkeypatch.setattr(json_text, "loads", lambda line: parsed.append(line) or orjson.loads(line))
    assert list(rows_numbered(folder, "creators", {3, 1, 9, -5})) == [1, 3]
    assert len(parsed) == 2
    assert rows_numbered(folder, "creators", {-5, 0}) == {}


@pytest.mark.parametrize("half", [b'{"id":"c4","reg', b'{"id":"c4"}', b"\x00\x00", b'{"id":"c4"\n'])
def test_a_line_that_is_not_whole_is_no_row(folder: Path, half: bytes) -> None:
    with (folder / "tables" / "creators.jsonl").open("ab") as file:
        file.write(half)
    assert [each.row for each in rows_of(folder, "creators", after=1, most=9)] == [2, 3]
    assert list(rows_numbered(folder, "creators", {3, 4})) == [3]


@pytest.mark.parametrize("table", ["brands", "../unreadable", "../../import", "", "creators\x00"])
def test_what_is_no_table_with_rejects_has_no_rows(folder: Path, table: str) -> None:
    assert rows_of(folder, table, most=9) == []


def test_a_mended_row_has_other_cells_and_says_no_more_what_was_wrong(folder: Path) -> None:
    (row,) = rows_of(folder, "creators", most=1)
    line = mended(row, {"region": "US", "tags": None})
    assert orjson.loads(line) == {"id": "c1", "follower_count": LARGE, "region": "US"}
    assert line.endswith(b"\n")


def test_a_zip_is_made_piece_by_piece(folder: Path) -> None:
    names = [name for name, _ in reject_files(folder)]
    assert names == ["tables/creators.jsonl", "unreadable.jsonl"]
    pieces = list(zipped(folder, names))
    assert len(pieces) > 3
    with zipfile.ZipFile(io.BytesIO(b"".join(pieces))) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == names
        assert archive.read("unreadable.jsonl") == b"{}\n" * 100_000
    assert reject_files(folder / "none") == []

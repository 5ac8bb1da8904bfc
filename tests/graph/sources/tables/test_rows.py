"""Rows of CSV with broken quotes."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.rows import Reject, Row
from graph.sources import read
from graph.sources.faults import BadValue
from graph.sources.tables.rows import MOST_BROKEN, Rows


def _rows(*lines: str) -> list[tuple[int, list[str] | str]]:
    return [(number, cells.row if isinstance(cells, BadValue) else cells) for number, cells in Rows(iter(lines), ",")]


def test_a_quote_that_is_never_closed_costs_its_own_line() -> None:
    assert _rows("a,b\n", '1,"x\n', "2,y\n", "3,z\n") == [(1, ["a", "b"]), (2, '1,"x'), (3, ["2", "y"]), (4, ["3", "z"])]


def test_lines_within_quotes_belong_to_one_row() -> None:
    assert _rows('1,"x\n', 'y"\n', "2,z\n") == [(1, ["1", "x\ny"]), (3, ["2", "z"])]


def test_several_broken_rows_are_told_one_by_one() -> None:
    assert _rows('1,"x"y\n', "2,z\n", '3,"w\n', '4,"v"\n') == [(1, '1,"x"y'), (2, ["2", "z"]), (3, '3,"w'), (4, ["4", "v"])]


def test_too_many_broken_rows_end_the_file() -> None:
    with pytest.raises(BadValue, match=f"at most {MOST_BROKEN} rows with broken quotes"):
        _rows(*['1,"x"y\n'] * (MOST_BROKEN + 1))


def test_a_broken_row_is_set_aside_as_it_stands(tmp_path: Path) -> None:
    (tmp_path / "creators.csv").write_text('id,handle,region,nickname\na,ann,US,"open\nb,bob,US,x\nc,cat,US\n')
    found = list(read(tmp_path))
    assert [item.values["id"] for item in found if isinstance(item, Row)] == ["b"]
    assert [(item.where.record, item.raw) for item in found if isinstance(item, Reject)] == [
        ("line 2", {"reject_row": 'a,ann,US,"open'}),
        ("line 4", {"reject_row": "c,cat,US"}),
    ]


@pytest.mark.parametrize(("content", "what"), [(b"PK\x03\x04rest", "a spreadsheet"), (b"%PDF-1.7", "a PDF"), (b"PAR1", "a Parquet file")])
def test_a_file_that_is_no_text_is_told(tmp_path: Path, content: bytes, what: str) -> None:
    (tmp_path / "creators.csv").write_bytes(content)
    [reject] = [item for item in read(tmp_path) if isinstance(item, Reject)]
    assert what in reject.rule

"""Records of Parquet, CSV and JSON Lines."""

import csv
import gzip
import tracemalloc
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from pyarrow import parquet

from graph.sources import BadValue
from graph.sources.tables.formats import records
from graph.sources.tables.layout import Layout


def _found(path: Path, content: bytes, layout: Layout | None = None) -> list[tuple[str, int, Any]]:
    path.write_bytes(content)
    return [(place, n, record.rule if isinstance(record, BadValue) else record) for place, n, record in records(path, layout)]


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_csv_rows_are_placed_by_their_line(tmp_path: Path, pack: Any) -> None:
    content = '\ufeffid,name\n1,Ann\n\n2,"two\nlines"\n3,"a ""b"", c"\n'.encode()
    assert _found(tmp_path / "t.csv", pack(content)) == [
        ("line 2", 1, {"id": "1", "name": "Ann"}),
        ("line 4", 2, {"id": "2", "name": "two\nlines"}),
        ("line 6", 3, {"id": "3", "name": 'a "b", c'}),
    ]


def test_a_csv_row_of_another_length_leaves_its_neighbours(tmp_path: Path) -> None:
    found = _found(tmp_path / "t.csv", b"a,b\n1,2\n3\n4,5,6\n7,8\n")
    assert [place for place, _, _ in found] == ["line 2", "line 3", "line 4", "line 5"]
    assert [record for _, _, record in found] == [
        {"a": "1", "b": "2"},
        "a row has as many cells as the header (2), not 1",
        "a row has as many cells as the header (2), not 3",
        {"a": "7", "b": "8"},
    ]


def test_broken_quotes_leave_what_came_before(tmp_path: Path) -> None:
    found = _found(tmp_path / "t.csv", b'a,b\n1,2\n"3"x,4\n5,6\n')
    assert found[0] == ("line 2", 1, {"a": "1", "b": "2"})
    assert found[1][0] == "line 3"
    assert found[1][2].startswith("a row is CSV")
    assert found[2] == ("line 4", 3, {"a": "5", "b": "6"})


def test_a_column_that_stands_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadValue, match="a column name appears once"):
        _found(tmp_path / "t.csv", b"a,b,a\n1,2,3\n")


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "windows-1252", "gbk"])
def test_a_named_encoding_and_delimiter(tmp_path: Path, pack: Any, encoding: str) -> None:
    name = "你好" if encoding == "gbk" else "José"
    found = _found(tmp_path / "t.csv", pack(f"id\tname\n1\t{name}\n".encode(encoding)), Layout(encoding=encoding, delimiter="\t"))
    assert found == [("line 2", 1, {"id": "1", "name": name})]


@pytest.mark.parametrize(
    ("name", "content"), [("t.tsv", b"a\tb\n1\t2,3\n"), ("t.ndjson", b'{"a": "1", "b": "2,3"}'), ("T.TSV", b"a\tb\n1\t2,3")]
)
def test_other_names_for_the_same(tmp_path: Path, name: str, content: bytes) -> None:
    assert [record for _, _, record in _found(tmp_path / name, content)] == [{"a": "1", "b": "2,3"}]


TITLES = b'1 May ~ 3 June,,\n"",,\nid,name,id\n1,Ann,x\n,,\n2,Bob,y,,\n'


@pytest.mark.parametrize("layout", [Layout(skip_lines=2, doubled=True), Layout(columns=frozenset({"name", "id [2]"}), doubled=True)])
def test_lines_above_the_header_are_skipped_and_doubled_names_numbered(tmp_path: Path, layout: Layout) -> None:
    assert _found(tmp_path / "t.csv", TITLES, layout) == [
        ("line 4", 1, {"id": "1", "name": "Ann", "id [2]": "x"}),
        ("line 6", 2, {"id": "2", "name": "Bob", "id [2]": "y"}),
    ]


def test_without_the_columns_looked_for_the_first_line_is_the_header(tmp_path: Path) -> None:
    found = _found(tmp_path / "t.csv", b"\na,,b\n1,2,3\n", Layout(columns=frozenset({"z"})))
    assert found == [("line 3", 1, {"a": "1", "column 2": "2", "b": "3"})]


@pytest.mark.parametrize(
    ("content", "layout"),
    [
        (b'[{"a": 1}, 2]', None),
        (b'{"n": 2, "tags": ["x"], "data": [{"a": 1}, 2]}', None),
        (b'{"data": {"items": [{"a": 1}, 2]}}', None),
        (b'{"data": [{"b": 1}], "more": {"items": [{"a": 1}, 2]}}', Layout(list_key="more.items")),
        ('[{"a": 1}, 2]'.encode("utf-16"), Layout(encoding="utf-16")),
        (b'{"a": 1}\n2', None),
    ],
)
def test_a_json_document_holds_one_list(tmp_path: Path, content: bytes, layout: Layout | None) -> None:
    found = _found(tmp_path / "t.json", content, layout)
    assert found[0][2] == {"a": 1}
    assert "JSON object" in found[1][2]


@pytest.mark.parametrize(
    ("content", "key", "message"),
    [
        (b'{"data": [{"a": 1}], "more": [{"a": 1}]}', None, "it holds data, more"),
        (b'{"a": 1}', None, "it holds none"),
        (b'{"data": {}}', "data.items", "has a list under data.items"),
        (b"{", None, "one JSON document"),
    ],
)
def test_a_json_document_without_one_list_is_refused(tmp_path: Path, content: bytes, key: str | None, message: str) -> None:
    with pytest.raises(BadValue, match=message):
        _found(tmp_path / "t.json", content, Layout(list_key=key))


@pytest.mark.parametrize("name", ["t.csv", "t.jsonl"])
@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_nothing_in_an_empty_file(tmp_path: Path, name: str, pack: Any) -> None:
    assert _found(tmp_path / name, pack(b"")) == []


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_json_lines(tmp_path: Path, pack: Any) -> None:
    found = _found(tmp_path / "t.jsonl", pack(b'\xef\xbb\xbf{"a": [1]}\n\n{"a"\n[1]\n{"b": null}'))
    assert [place for place, _, _ in found] == ["line 1", "line 3", "line 4", "line 5"]
    assert [found[0][2], found[3][2]] == [{"a": [1]}, {"b": None}]
    assert all(record.startswith("a line is one JSON object") for _, _, record in found[1:3])


def test_parquet_rows_are_numbered_across_row_groups(tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    parquet.write_table(pa.table({"a": range(10), "b": [["x"], None] * 5}), path, row_group_size=3)
    found = list(records(path))
    assert [place for place, _, _ in found] == [f"row {n}" for n in range(1, 11)]
    assert found[3] == ("row 4", 4, {"a": 3, "b": None})


@pytest.mark.parametrize("content", [b"", b"PAR1", b"PAR1" + b"x" * 100 + b"PAR1"])
def test_a_broken_parquet_file_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(BadValue, match="the Parquet file cannot be read"):
        _found(tmp_path / "t.parquet", content)


def test_broken_gzip_is_refused_after_what_came_before(tmp_path: Path) -> None:
    rows = b"".join(b"%d,%d\n" % (n, n * n * 7919) for n in range(30_000))
    (tmp_path / "t.csv").write_bytes(gzip.compress(b"a,b\n" + rows)[:-100])
    with pytest.raises(BadValue, match="the gzip data ends too early"):
        assert sum(1 for _ in records(tmp_path / "t.csv")) > 10_000


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    path = tmp_path / "t.csv.gz"
    with gzip.open(path, "wt", newline="", compresslevel=1) as file:
        writer = csv.writer(file)
        writer.writerow(["a", "b"])
        writer.writerows((n, "x" * 200) for n in range(10_000))
    tracemalloc.start()
    assert sum(1 for _ in records(path)) == 10_000
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 1_500_000

"""What separates the cells of a CSV file."""

from pathlib import Path

import pytest

from graph.rows import Note, Reject, Row
from graph.sources import Options, read
from graph.sources.tables.delimiters import delimiter_in, delimiter_of


def _rows(folder: Path, content: bytes, options: Options | None = None) -> tuple[list[str], list[str]]:
    (folder / "creators.csv").write_bytes(content)
    found = list(read(folder, options=options))
    rejects = [f"{item.rule}; {item.remedy}" for item in found if isinstance(item, Reject)]
    notes = [item.subject for item in found if isinstance(item, Note)]
    return [row.values["nickname"] for row in found if isinstance(row, Row)], [*rejects, *notes]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"id,handle,region,nickname\na,ann,US,x;y\n", []),
        (
            b"id;handle;region;nickname\na;ann;US;x;y\n",
            ["a row has as many cells as the header (4), not 5; correct its delimiters and quotes"],
        ),
        (b'id;handle;region;nickname\r\na;ann;US;"x;y"\r\n', []),
        (b"\xef\xbb\xbfid\thandle\tregion\tnickname\na\tann\tUS\tx;y\n", []),
        (b"sep=|\nid|handle|region|nickname\na|ann|US|x;y\n", []),
        (b"id,handle,region,nickname\ra,ann,US,x;y\r", []),
    ],
)
def test_the_header_shows_the_delimiter(tmp_path: Path, content: bytes, said: list[str]) -> None:
    names, told = _rows(tmp_path, content)
    assert names == ([] if said else ["x;y"])
    assert said == [each for each in told if "separates the columns" not in each]
    assert any("separates the columns" in each for each in told) is (b"id,handle" not in content)


def test_a_wrong_delimiter_is_named_with_the_one_that_seems_right(tmp_path: Path) -> None:
    names, told = _rows(tmp_path, b"id;handle;region;nickname\na;ann;US;x\n", Options(delimiter="\t"))
    assert names == []
    assert "is a single column when separated by a tab; a semicolon seems to separate its columns; name that delimiter" in told[0]


def test_the_delimiter_that_finds_the_columns_of_a_mapping_counts() -> None:
    assert delimiter_in(["Report, of, May\n", "key;fans\n"], frozenset({"key", "fans"})) == ";"
    assert delimiter_in([], frozenset()) == ","


def test_a_delimiter_is_named_by_one_character_or_as_tab() -> None:
    assert [delimiter_of(each) for each in (";", "\t", "tab", "\\t", "", ";;", "\n", '"')] == [
        ";",
        "\t",
        "\t",
        "\t",
        None,
        None,
        None,
        None,
    ]

"""Encodings that are told by marks, named, or shown by zero bytes."""

from pathlib import Path

import pytest

from graph.rows import Note, Reject, Row
from graph.sources import Options, read
from graph.sources.encodings import assumed, codec_of, encoding_of, readings, utf8_chunks

TEXT = "id,handle,region,nickname\nc1,ann,US,José 中文\n"


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("utf-8", None),
        ("utf-8-sig", None),
        ("utf-16", "read as UTF-16-LE, as its byte-order mark shows"),
        ("utf-16-be", "read as UTF-16-BE, as its zero bytes show"),
        ("utf-16-le", "read as UTF-16-LE, as its zero bytes show"),
        ("utf-32", "read as UTF-32-LE, as its byte-order mark shows"),
    ],
)
def test_an_encoding_that_shows(tmp_path: Path, encoding: str, said: str | None) -> None:
    (tmp_path / "x").write_bytes(TEXT.encode(encoding))
    assert b"".join(utf8_chunks(tmp_path / "x")).decode() == TEXT
    assert assumed(tmp_path / "x") == said


@pytest.mark.parametrize("head", [b"", b"a", b"id,handle\nc1,a\x00b\n", b"\x00", b"plain text without any zero", b"\x00\x00\x00\x00"])
def test_a_few_zero_bytes_make_no_utf_16(head: bytes) -> None:
    assert encoding_of(head).name == "utf-8"


def test_a_mark_counts_more_than_a_name() -> None:
    assert encoding_of("x".encode("utf-16"), "cp1252").known_by == "as its byte-order mark shows"
    assert encoding_of(b"x", "cp1252").name == "cp1252"


@pytest.mark.parametrize(
    ("name", "codec"),
    [
        ("windows-1252", "cp1252"),
        ("latin1", "cp1252"),
        ("GBK", "gb18030"),
        ("UTF8", "utf-8"),
        ("base64", None),
        ("rot13", None),
        ("unicode_escape", None),
        ("", None),
    ],
)
def test_names_of_encodings(name: str, codec: str | None) -> None:
    assert codec_of(name) == codec


def test_likely_readings_of_broken_bytes() -> None:
    assert "windows-1252 reads it as 'José'" in readings("Jos\udce9")
    for encoding, text in (("windows-1251", "Москва"), ("big5", "臺北"), ("euc-kr", "서울"), ("shift_jis", "松屋")):
        assert f"{encoding} reads it as '{text}'" in readings(text.encode(encoding).decode("utf-8", "surrogateescape"))
    assert "gb18030 reads it as '中文'" in readings("中文".encode("gb18030").decode("utf-8", "surrogateescape"))
    assert readings("half \ud83d") == ""


@pytest.mark.parametrize(("encoding", "nickname"), [("windows-1252", "José"), ("gb18030", "中文"), ("shift_jis", "中文")])
def test_a_named_encoding_is_read_and_said(tmp_path: Path, encoding: str, nickname: str) -> None:
    (tmp_path / "creators.csv").write_bytes(f"id,handle,region,nickname\nc1,ann,US,{nickname}\n".encode(encoding))
    (tmp_path / "brands.csv").write_text("id,name\nb,Brand\n")
    assert [item.table for item in read(tmp_path) if isinstance(item, Reject)] == ["creators"]
    found = list(read(tmp_path, options=Options(encoding=encoding)))
    assert [row.values.get("nickname", row.values.get("name")) for row in found if isinstance(row, Row)] == ["Brand", nickname]
    assert {note.kind for note in found if isinstance(note, Note)} == {"encoding"}

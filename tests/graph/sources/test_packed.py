"""Bytes unpacked as they are read."""

import gzip
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.sources import BadValue
from graph.sources.packed import CHUNK, chunks, is_gzip


@given(st.lists(st.binary(max_size=300), min_size=1, max_size=4))
def test_members_of_a_gzip_file_are_joined(tmp_path_factory: pytest.TempPathFactory, parts: list[bytes]) -> None:
    path = tmp_path_factory.mktemp("packed") / "x"
    path.write_bytes(b"".join(gzip.compress(part) for part in parts) + b"\0" * 9)
    assert is_gzip(path)
    assert b"".join(chunks(path)) == b"".join(parts).removeprefix(b"\xef\xbb\xbf")


@given(st.binary(max_size=300).filter(lambda content: not content.startswith(b"\x1f\x8b")))
def test_plain_files_are_as_they_are(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.mktemp("plain") / "x.gz"
    path.write_bytes(content)
    assert b"".join(chunks(path)) == content.removeprefix(b"\xef\xbb\xbf")


def test_pieces_stay_small(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(gzip.compress(b"a" * 10 * CHUNK))
    assert max(len(piece) for piece in chunks(path)) <= CHUNK


def test_a_ratio_above_the_limit_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(gzip.compress(b"a" * 1_000_000))
    assert len(b"".join(chunks(path, ratio=1100))) == 1_000_000
    with pytest.raises(BadValue, match="not unpack to more than 100 times"):
        list(chunks(path, ratio=100))


def test_what_follows_a_gzip_member_and_is_none_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(gzip.compress(b"a") + b"more")
    with pytest.raises(BadValue, match="broken"):
        list(chunks(path))


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadValue, match="check that it is there"):
        list(chunks(tmp_path / "gone"))
    with pytest.raises(BadValue, match="a file can be read"):
        list(chunks(tmp_path))

"""The tree, against RFC 6962's definition written down as it stands there."""

from hashlib import sha256

import pytest

from api.audit.merkle import Edge, leaf, tile_root


def defined(entries: list[bytes]) -> bytes:
    """MTH of RFC 6962, section 2.1."""
    if not entries:
        return sha256(b"").digest()
    if len(entries) == 1:
        return sha256(b"\0" + entries[0]).digest()
    split = 1
    while split * 2 < len(entries):
        split *= 2
    return sha256(b"\1" + defined(entries[:split]) + defined(entries[split:])).digest()


@pytest.mark.parametrize("size", [0, 1, 2, 3, 7, 8, 255, 256, 257, 511, 512, 700])
def test_the_root_is_that_of_the_definition(size: int) -> None:
    entries = [b"entry %d" % each for each in range(size)]
    edge = Edge()
    for each in entries:
        edge.add(leaf(each))
    assert edge.size == size
    assert edge.root == defined(entries)


def test_full_tiles_come_out_once_with_their_level() -> None:
    edge, filled = Edge(), list[tuple[int, int]]()
    for each in range(65_536):
        filled += [(level, len(tile)) for level, tile in edge.add(leaf(b"%d" % each))]
    assert filled == [(0, 256)] * 256 + [(1, 256)]
    assert edge.size == 65_536
    assert [len(each) for each in edge.levels] == [0, 0, 1]


def test_the_root_of_a_tile_is_that_of_its_entries() -> None:
    entries = [b"entry %d" % each for each in range(256)]
    assert tile_root([leaf(each) for each in entries]) == defined(entries)

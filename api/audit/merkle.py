"""The Merkle tree of RFC 6962, held as the right edge of its tiles (c2sp.org/tlog-tiles): what is needed to go on growing it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Final

WIDTH: Final = 256
HASH: Final = 32
EMPTY: Final = sha256(b"").digest()


def leaf(entry: bytes) -> bytes:
    """Return the hash of an entry."""
    return sha256(b"\0" + entry).digest()


def node(left: bytes, right: bytes) -> bytes:
    """Return the hash of two subtrees."""
    return sha256(b"\1" + left + right).digest()


class Edge:
    """The hashes of each level that have not filled a tile yet, the leaves' first."""

    def __init__(self, levels: Iterable[Sequence[bytes]] = ()) -> None:
        """Begin with an empty tree, or where one was left."""
        self.levels = [list(each) for each in levels]

    @property
    def size(self) -> int:
        """The number of leaves."""
        return sum(len(each) * WIDTH**level for level, each in enumerate(self.levels))

    @property
    def root(self) -> bytes:
        """The hash of the whole tree."""
        subtrees = [each for level in reversed(self.levels) for each in _subtrees(level)]
        if not subtrees:
            return EMPTY
        *rest, whole = subtrees
        for each in reversed(rest):
            whole = node(each, whole)
        return whole

    def add(self, leaf_hash: bytes) -> list[tuple[int, list[bytes]]]:
        """Add a leaf, and return the tiles that it fills, each with its level, the lowest first."""
        filled: list[tuple[int, list[bytes]]] = []
        level, added = 0, leaf_hash
        while True:
            if level == len(self.levels):
                self.levels.append([])
            tile = self.levels[level]
            tile.append(added)
            if len(tile) < WIDTH:
                return filled
            filled.append((level, tile))
            self.levels[level] = []
            level, added = level + 1, tile_root(tile)


def tile_root(tile: Sequence[bytes]) -> bytes:
    """Return the hash of the tree above a full tile, or above any power of two of hashes."""
    hashes = list(tile)
    while len(hashes) > 1:
        hashes = [node(hashes[at], hashes[at + 1]) for at in range(0, len(hashes), 2)]
    return hashes[0]


def _subtrees(hashes: Sequence[bytes]) -> list[bytes]:
    """Return the roots of the complete trees that hashes of one level make, the largest first."""
    found: list[bytes] = []
    at = 0
    for power in reversed(range(8)):
        if len(hashes) & 1 << power:
            found.append(tile_root(hashes[at : at + (1 << power)]))
            at += 1 << power
    return found


def split(tile: bytes) -> list[bytes]:
    """Return the hashes of a tile as its file holds it."""
    return [tile[at : at + HASH] for at in range(0, len(tile), HASH)]

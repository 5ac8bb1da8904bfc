"""Whether the log is as it was written, and what is not: entries changed, dropped, added or moved, tiles and notes that were touched."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from api.audit.entries import Entry
from api.audit.files import ENTRIES, LogFiles, unpacked
from api.audit.log import minimum
from api.audit.merkle import EMPTY, HASH, WIDTH, Edge, leaf, split, tile_root
from api.audit.note import Checkpoint, Signer
from api.errors import LogDamaged

BROKEN: Final = (LogDamaged, OSError)


@dataclass(slots=True)
class Verdict:
    """What was found: nothing, where the log is as it was written. `first` is the index of the first entry that was not pruned."""

    size: int = 0
    first: int = 0
    problems: list[str] = field(default_factory=list[str])

    @property
    def sound(self) -> bool:
        """Whether the log is as it was written."""
        return not self.problems


def verified(files: LogFiles, signer: Signer, trusted: Sequence[Checkpoint] = ()) -> Verdict:
    """Compare the entries with the tiles and the checkpoint, and with checkpoints that were kept elsewhere."""
    found = Verdict()
    if not files.checkpoint.exists() and not (files.root / "tile").exists():
        found.problems += [f"the log is gone; a checkpoint of {each.size:,} entries was kept" for each in trusted if each.size]
        return found
    try:
        checkpoint = Checkpoint.read(files.read(files.checkpoint), signer.verifier)
        found.size, found.first = checkpoint.size, minimum(files, signer)
    except LogDamaged as error:
        found.problems.append(f"{files.checkpoint}: {error.message}")
        return found
    tree = _Tree(files, found)
    tree.read(checkpoint, {each.size for each in trusted})
    for each in trusted:
        if tree.roots.get(each.size) != each.root:
            found.problems.append(_forked(each, found))
    return found


@dataclass(slots=True)
class _Tree:
    """The tree as the entries make it, and where they are pruned, the tiles."""

    files: LogFiles
    found: Verdict
    edge: Edge = field(default_factory=Edge)
    roots: dict[int, bytes] = field(default_factory=dict[int, bytes])
    tiles: list[bytes] = field(default_factory=list[bytes])
    """The root of each full tile of leaves by its entries; of a pruned one, as the tile above it says."""

    def read(self, checkpoint: Checkpoint, sizes: set[int]) -> None:
        """Note the root at every size that is asked for, and everything that does not fit."""
        self.roots[0] = EMPTY
        ends = sorted(each for each in sizes | {checkpoint.size} if each <= checkpoint.size)
        for number in range(-(-checkpoint.size // WIDTH)):
            start, width = number * WIDTH, min(WIDTH, checkpoint.size - number * WIDTH)
            hashes = self._pruned(number) if start < self.found.first else self._bundle(number, width)
            if width == WIDTH:
                self.tiles.append(tile_root(hashes) if len(hashes) == WIDTH else hashes[0] if hashes else b"")
            self._add(start, hashes, [each for each in ends if start < each <= start + width])
        self._check_above(checkpoint.size)
        if not self.found.problems and self.roots.get(checkpoint.size) != checkpoint.root:
            self.found.problems.append(f"{self._whereabouts()}: entries and their tiles were changed together; the root is another")

    def _add(self, start: int, hashes: Sequence[bytes], ends: Sequence[int]) -> None:
        if start < self.found.first:
            self._add_tile(hashes[0] if hashes else b"")
            if start + WIDTH in ends:
                self.roots[start + WIDTH] = self.edge.root
            return
        for place, each in enumerate(hashes, start + 1):
            self.edge.add(each)
            if place in ends:
                self.roots[place] = self.edge.root

    def _add_tile(self, root: bytes) -> None:
        """Add a full tile whose leaves are gone."""
        above = Edge(self.edge.levels[1:])
        above.add(root)
        self.edge.levels = [[], *above.levels]

    def _pruned(self, number: int) -> list[bytes]:
        """Return the root of a pruned tile, as the tile above it has it."""
        try:
            return [self._above(number)]
        except BROKEN as error:
            self.found.problems.append(f"entries {number * WIDTH:,} to {(number + 1) * WIDTH - 1:,} are pruned, and {_told(error)}")
            return []

    def _above(self, number: int) -> bytes:
        full = self.found.size // WIDTH
        width = min(WIDTH, full - number // WIDTH * WIDTH)
        return self.files.hashes(1, number // WIDTH, width)[number % WIDTH]

    def _bundle(self, number: int, width: int) -> list[bytes]:
        """Return the hashes of a bundle's entries, once they were compared with their tile."""
        file, start = self.files.tile(ENTRIES, number, width), number * WIDTH
        entries: list[bytes] = []
        problems = self.found.problems
        try:
            entries.extend(unpacked(self.files.read(file)))
        except BROKEN as error:
            problems.append(f"{file}: {_told(error)}")
        have = [leaf(each) for each in entries]
        problems += [f"entry {start + at:,} cannot be read" for at, each in enumerate(entries) if not _is_entry(each)]
        try:
            want = self.files.hashes(0, number, width)
        except BROKEN as error:
            problems.append(_told(error))
        else:
            problems += _differences(start, have, want)
        if width < WIDTH:
            problems += [each for level in (ENTRIES, 0) for each in self._earlier(level, number, width)]
        return have

    def _earlier(self, level: int | str, number: int, width: int) -> Iterator[str]:
        """Yield the partial tiles of earlier checkpoints that are not the beginning of the newest; a writer removes them at any time."""
        whole = self.files.tile(level, number, width)
        for each in _listed(whole.parent):
            if not (each.name.isascii() and each.name.isdecimal()):
                yield f"{each} is no partial tile, whose name would be a number"
            elif int(each.name) < width:
                try:
                    begins = _begins(self.files.read(whole), each.read_bytes(), level, int(each.name))
                except (FileNotFoundError, LogDamaged):
                    continue
                except OSError as error:
                    yield _told(error)
                else:
                    yield from [] if begins else [f"{each} is not the beginning of {whole}"]

    def _check_above(self, size: int) -> None:
        """Compare the tiles above the leaves with what lies below them."""
        below, level = self.tiles, 1
        while below:
            full: list[bytes] = []
            for number in range(-(-len(below) // WIDTH)):
                want = below[number * WIDTH : (number + 1) * WIDTH]
                try:
                    have = self.files.hashes(level, number, len(want))
                except BROKEN as error:
                    self.found.problems.append(_told(error))
                    have = []
                span = WIDTH**level
                for at, (one, other) in enumerate(zip(have, want, strict=False)):
                    if one != other:
                        start = (number * WIDTH + at) * span
                        self.found.problems.append(f"entries {start:,} to {start + span - 1:,} do not make what tile/{level} says of them")
                if len(want) == WIDTH:
                    full.append(tile_root(want))
                elif len(want) > 1:
                    self.found.problems += self._earlier(level, number, len(want))
            below, level = full, level + 1

    def _whereabouts(self) -> str:
        last = self.found.size // WIDTH * WIDTH
        return f"entries {last:,} to {self.found.size - 1:,}" if last < self.found.size else f"entries 0 to {self.found.size - 1:,}"


def _differences(start: int, have: Sequence[bytes], want: Sequence[bytes]) -> Iterator[str]:
    """Yield what was done to the entries of one bundle, by the hashes that its tile has."""
    places, there = {each: at for at, each in enumerate(want)}, set(have)
    for at, each in enumerate(want):
        if each not in there:
            replaced = at < len(have) and have[at] not in places
            yield f"entry {start + at:,} was {'edited' if replaced else 'dropped'}"
    for at, each in enumerate(have):
        if each not in places:
            if at >= len(want) or want[at] in there:
                yield f"after entry {start + at - 1:,} one was added"
        elif len(have) == len(want) and want[at] != each:
            yield f"entry {start + at:,} is where entry {start + places[each]:,} was: entries were reordered"


def _listed(folder: Path) -> list[Path]:
    """Return the files of a folder by name, without those that are being written; none where it is gone."""
    try:
        return sorted(each for each in folder.iterdir() if not each.name.startswith("."))
    except FileNotFoundError:
        return []


def _begins(whole: bytes, part: bytes, level: int | str, width: int) -> bool:
    if level == ENTRIES:
        try:
            return whole.startswith(part) and len(list(unpacked(part))) == width
        except LogDamaged:
            return False
    return split(whole)[:width] == split(part) and len(part) == width * HASH


def _is_entry(text: bytes) -> bool:
    try:
        Entry.read(text)
    except (ValueError, TypeError, KeyError):
        return False
    return True


def _told(error: Exception) -> str:
    return error.message if isinstance(error, LogDamaged) else str(error)


def _forked(kept: Checkpoint, found: Verdict) -> str:
    if kept.size > found.size:
        gone = f"entries {found.size:,} to {kept.size - 1:,} are gone"
        return f"{gone}: a checkpoint of {kept.size:,} entries was kept, and the log has {found.size:,}"
    return f"some of the entries 0 to {kept.size - 1:,} are not those of the checkpoint that was kept"

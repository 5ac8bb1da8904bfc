"""Writing the log: batches of entries become tiles, bundles and a new checkpoint, in that order, under a lock of the home.

What a checkpoint does not name is not in the log: a batch that broke off is written over by the next one, so that there is never half an
entry, and processes that share a home write one after the other.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from api.audit.entries import SYSTEM, Channel, Entry, Showing
from api.audit.files import ENTRIES, FOLDER, LONGEST, LogFiles, packed, read, unpacked, write
from api.audit.merkle import EMPTY, WIDTH, Edge, leaf
from api.audit.note import Checkpoint, Signer
from api.errors import LogDamaged
from graph.dates import DAY
from graph.server.locks import held

PRUNED: Final = "prune"


class AuditLog:
    """The log of one home."""

    def __init__(self, home: Path, *, days: int) -> None:
        """Write under `home`, and keep entries for at least so many days."""
        self.files, self._signer, self._days = LogFiles(home / FOLDER), Signer.of(home), days
        self.files.root.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._checkpoint: bytes = b""
        self._edge, self._bundle = Edge(), list[bytes]()

    def append(self, entries: Sequence[Entry]) -> Checkpoint:
        """Add entries; when this returns they are on the disk. LogDamaged where the log is not as it was left, OSError where it is full."""
        with held(self.files.lock):
            self._resume()
            return self._append([each.text for each in entries])

    def prune(self, now: int) -> int:
        """Drop the bundles all of whose entries are older than is kept, and return the index of the first entry that is left."""
        with held(self.files.lock):
            self._resume()
            first = before = minimum(self.files, self._signer) // WIDTH
            while (first + 1) * WIDTH <= self._edge.size and self._newest(first) < now - self._days * DAY:
                first += 1
            if first > before:
                self._drop(before, first, now)
            return first * WIDTH

    def _resume(self) -> None:
        """Go on from what is on the disk, where another process has written since."""
        if not self.files.checkpoint.exists():
            if self._checkpoint or (self.files.root / "tile").exists():
                raise LogDamaged(f"{self.files.checkpoint} is missing; {REMEDY}")
            write(self.files.checkpoint, Checkpoint(0, EMPTY).signed(self._signer))
        note = self.files.checkpoint.read_bytes()
        if note != self._checkpoint:
            self._edge, self._bundle = _left(self.files, Checkpoint.read(note, self._signer.verifier))
            self._checkpoint = note

    def _append(self, texts: Iterable[bytes]) -> Checkpoint:
        edge, bundle = Edge(self._edge.levels), list(self._bundle)
        changed: set[int] = set()
        for text in texts:
            if len(text) > LONGEST:
                raise ValueError(f"an entry has {len(text):,} bytes; one has at most {LONGEST:,}")
            number = edge.size // WIDTH
            bundle.append(text)
            filled = edge.add(leaf(text))
            changed.add(0)
            if filled:
                write(self.files.tile(ENTRIES, number), packed(bundle))
                bundle = []
                for level, tile in filled:
                    write(self.files.tile(level, number // WIDTH**level), b"".join(tile))
                    changed.add(level + 1)
        self._write_partial(edge, bundle, changed)
        checkpoint = Checkpoint(edge.size, edge.root)
        note = checkpoint.signed(self._signer)
        write(self.files.checkpoint, note)
        self._drop_filled(self._edge.size, edge.size)
        self._edge, self._bundle, self._checkpoint = edge, bundle, note
        return checkpoint

    def _write_partial(self, edge: Edge, bundle: Sequence[bytes], changed: set[int]) -> None:
        if bundle:
            write(self.files.tile(ENTRIES, edge.size // WIDTH, len(bundle)), packed(bundle))
        for level in sorted(changed):
            if hashes := edge.levels[level] if level < len(edge.levels) else []:
                write(self.files.tile(level, edge.size // WIDTH ** (level + 1), len(hashes)), b"".join(hashes))

    def _drop_filled(self, before: int, after: int) -> None:
        """Remove partial tiles that have become whole ones, as the specification allows."""
        level = 0
        while before // WIDTH ** (level + 1) < after // WIDTH ** (level + 1):
            filled = before // WIDTH ** (level + 1)
            for each in (level, *([ENTRIES] if level == 0 else [])):
                shutil.rmtree(self.files.tile(each, filled, 1).parent, ignore_errors=True)
            level += 1

    def _newest(self, number: int) -> int:
        return max(Entry.read(each).at for each in unpacked(read(self.files.tile(ENTRIES, number))))

    def _drop(self, before: int, first: int, now: int) -> None:
        """Say that entries are pruned, in the log too, and then remove them: what is missing otherwise was taken."""
        told = Showing(Channel.LOG, PRUNED, "", ())
        self._append([Entry.of(SYSTEM, told, now, times=(first - before) * WIDTH).text])
        write(self.files.minimum, self._signer.note(f"{self._signer.verifier.name}\nminimum {first * WIDTH}\n"))
        for number in range(before, first):
            for level in (ENTRIES, 0):
                self.files.tile(level, number).unlink(missing_ok=True)


REMEDY: Final = "`creatorgraph audit verify` says what is wrong; restore the folder from a backup, or move it away to begin another log"


def minimum(files: LogFiles, signer: Signer) -> int:
    """Return the index of the first entry that is left; LogDamaged where the note of it is not ours."""
    if not files.minimum.exists():
        return 0
    try:
        origin, line = signer.verifier.text(files.read(files.minimum)).splitlines()
        word, index = line.split(" ")
        if (origin, word) != (signer.verifier.name, "minimum") or int(index) % WIDTH:
            raise ValueError
    except ValueError:
        raise LogDamaged(f"{files.minimum} is not the note of a minimum index") from None
    return int(index)


def _left(files: LogFiles, checkpoint: Checkpoint) -> tuple[Edge, list[bytes]]:
    """Return the right edge and the last bundle of the log at a checkpoint; LogDamaged where they do not make its root."""
    levels: list[list[bytes]] = []
    above = checkpoint.size
    while above:
        width, number = above % WIDTH, above // WIDTH
        levels.append(files.hashes(len(levels), number, width) if width else [])
        above = number
    edge, width = Edge(levels), checkpoint.size % WIDTH
    bundle = list(unpacked(read(files.tile(ENTRIES, checkpoint.size // WIDTH, width)))) if width else []
    if edge.root != checkpoint.root or [leaf(each) for each in bundle] != (levels[0] if levels else []):
        raise LogDamaged(f"what is in {files.root} does not make the root of its checkpoint; {REMEDY}")
    return edge, bundle

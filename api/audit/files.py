"""The log's files: where each lies, and writing one so that it is there whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from secrets import token_hex
from typing import Final

from api.audit.merkle import HASH, WIDTH, split
from api.errors import LogDamaged

FOLDER: Final = "audit"
ENTRIES: Final = "entries"
LENGTH: Final = 2
LONGEST: Final = 2 ** (8 * LENGTH) - 1


@dataclass(frozen=True, slots=True)
class LogFiles:
    """The folder of one log; what is `kept` was read already, and is not read again."""

    root: Path
    kept: Mapping[Path, bytes] = field(default_factory=dict[Path, bytes], compare=False)

    @property
    def checkpoint(self) -> Path:
        """The newest checkpoint."""
        return self.root / "checkpoint"

    @property
    def minimum(self) -> Path:
        """The signed note of the index below which entries were pruned; absent where none were."""
        return self.root / "minimum"

    @property
    def lock(self) -> Path:
        """Held by whoever writes."""
        return self.root / "lock"

    def tile(self, level: int | str, number: int, width: int = WIDTH) -> Path:
        """Return the file of a tile; a level of `ENTRIES` has the entries themselves."""
        *heads, last = _digits(number)
        name = self.root.joinpath("tile", str(level), *(f"x{each}" for each in heads), last)
        return name if width == WIDTH else name.with_name(f"{last}.p") / str(width)

    def read(self, file: Path) -> bytes:
        """Return what a file of the log holds; LogDamaged where it is gone."""
        found = self.kept.get(file)
        return read(file) if found is None else found

    def edge(self, size: int) -> Iterator[Path]:
        """Yield the partial tiles of a log of a size: a writer removes them once they are filled."""
        level, above = 0, size
        while above:
            number, width = divmod(above, WIDTH)
            if width:
                yield from [self.tile(each, number, width) for each in (level, *([ENTRIES] if level == 0 else []))]
            level, above = level + 1, number

    def hashes(self, level: int, number: int, width: int = WIDTH) -> list[bytes]:
        """Return the hashes of a tile; LogDamaged where they are not as many as its name says."""
        file = self.tile(level, number, width)
        tile = self.read(file)
        if len(tile) != width * HASH:
            raise LogDamaged(f"{file} holds {len(tile):,} bytes; a tile of {width} hashes has {width * HASH:,}")
        return split(tile)


def read(file: Path) -> bytes:
    """Return what a file of the log holds; LogDamaged where it is gone."""
    try:
        return file.read_bytes()
    except FileNotFoundError:
        raise LogDamaged(f"{file} is missing") from None


def write(file: Path, content: bytes) -> None:
    """Write a file whole: on the disk, under its name, before this returns. A reader sees the old one or the new one."""
    folders = [each for each in (file.parent, *file.parent.parents) if not each.exists()]
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = file.with_name(f".{file.name}.{token_hex(4)}")
    try:
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        fresh.replace(file)
    except OSError:
        fresh.unlink(missing_ok=True)
        raise
    for each in (file.parent, *(folder.parent for folder in folders)):
        _sync_folder(each)


def packed(entries: Iterable[bytes]) -> bytes:
    """Return entries as a bundle holds them, each behind its length."""
    return b"".join(len(each).to_bytes(LENGTH) + each for each in entries)


def unpacked(bundle: bytes) -> Iterator[bytes]:
    """Yield the entries of a bundle; LogDamaged where the last breaks off."""
    at = 0
    while at < len(bundle):
        length = int.from_bytes(bundle[at : at + LENGTH])
        end = at + LENGTH + length
        if at + LENGTH > len(bundle) or end > len(bundle):
            raise LogDamaged("it breaks off within an entry")
        yield bundle[at + LENGTH : end]
        at = end


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _digits(number: int) -> list[str]:
    groups = [f"{number % 1000:03}"]
    while number := number // 1000:
        groups.insert(0, f"{number % 1000:03}")
    return groups

"""Reading the log: its entries, the newest first, those of one creator or key."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from api.audit.entries import Channel, Entry
from api.audit.files import ENTRIES, FOLDER, LogFiles, read, unpacked
from api.audit.log import minimum
from api.audit.merkle import WIDTH
from api.audit.note import Checkpoint, Signer
from api.audit.pseudonyms import FILE, Pseudonyms
from api.errors import LogDamaged


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries: those that show a creator (or, unless `named`, may have shown), of a key, within a time."""

    creator: str | None = None
    named: bool = False
    key: str | None = None
    since: int | None = None
    until: int | None = None

    def fits(self, entry: Entry, pseudonym: str | None) -> bool:
        """Tell whether an entry is wanted; `pseudonym` is the creator's."""
        return (
            entry.channel != Channel.LOG
            and (self.creator is None or self._shows(entry, pseudonym))
            and (self.key is None or entry.key == self.key)
            and (self.since is None or entry.at >= self.since)
            and (self.until is None or entry.at < self.until)
        )

    def _shows(self, entry: Entry, pseudonym: str | None) -> bool:
        return not self.named if entry.creators is None else pseudonym is not None and pseudonym in entry.creators


@dataclass(frozen=True, slots=True)
class Look:
    """An entry with its index."""

    index: int
    entry: Entry


class Lookup(Protocol):
    """What knows the pseudonyms of a log."""

    def known(self, creator: str) -> str | None: ...


def newest(home: Path, wanted: Wanted, *, first: int, before: int | None = None, pseudonyms: Lookup | None = None) -> list[Look]:
    """Return the newest entries that are wanted, of those before an index; reads bundles from the end until it has enough.

    Whose pseudonym is wanted is looked up in `pseudonyms`, or where none are given in the home's file, opened for it.
    """
    found: list[Look] = []
    pseudonym = None if wanted.creator is None else pseudonyms.known(wanted.creator) if pseudonyms else pseudonym_of(home, wanted.creator)
    for number, bundle in _bundles(LogFiles(home / FOLDER), home, before):
        if wanted.creator is not None and not _may_name(bundle, pseudonym, named=wanted.named):
            continue
        entries = [Look(number * WIDTH + at, Entry.read(each)) for at, each in enumerate(unpacked(bundle))]
        for look in reversed(entries):
            if (before is None or look.index < before) and wanted.fits(look.entry, pseudonym):
                found.append(look)
                if len(found) == first:
                    return found
        if wanted.since is not None and entries and max(each.entry.at for each in entries) < wanted.since:
            break
    return found


def pseudonym_of(home: Path, creator: str) -> str | None:
    """Return a creator's pseudonym in the log of a home; None for one whom it names nowhere."""
    if not (home / FOLDER / FILE).exists():
        return None
    pseudonyms = Pseudonyms(home / FOLDER)
    try:
        return pseudonyms.known(creator)
    finally:
        pseudonyms.close()


def _bundles(files: LogFiles, home: Path, before: int | None) -> Iterator[tuple[int, bytes]]:
    """Yield the bundles of the newest checkpoint, the last first, each with its number."""
    if not files.checkpoint.exists():
        return
    signer = Signer.of(home)
    size, first = Checkpoint.read(read(files.checkpoint), signer.verifier).size, minimum(files, signer)
    last = size if before is None else min(size, before)
    for number in reversed(range(first // WIDTH, -(-last // WIDTH))):
        try:
            yield number, read(files.tile(ENTRIES, number, min(WIDTH, size - number * WIDTH)))
        except LogDamaged:
            if files.tile(ENTRIES, number).exists():  # filled meanwhile
                yield number, read(files.tile(ENTRIES, number))
            elif minimum(files, signer) > number * WIDTH:  # pruned meanwhile
                return
            else:
                raise


def _may_name(bundle: bytes, pseudonym: str | None, *, named: bool) -> bool:
    """Tell at the price of a search in bytes whether a bundle can hold an entry about a creator."""
    return (pseudonym is not None and pseudonym.encode() in bundle) or (not named and b'"creators":null' in bundle)

"""Several folders as one stream of rows: their rates first, then one after another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Final

from graph.load.tally import SKIPS
from graph.rows import Item, Note, Reject, Row, Where
from graph.sources import Options, UnknownKind, kind_of, read
from graph.sources.partner_api.owners import owner_files
from graph.sources.tables import table_files

OWNERS: Final = "owners"
OF_FILES: Final = SKIPS - {"failed response"} | {"delimiter", "encoding"}
"""Notes whose subject begins with a file's name."""


def items_of(folders: Sequence[Path], *, mapping: Path | None = None, options: Options | None = None) -> Iterator[Item]:
    """Return all that folders hold; an unsound mapping, or that none of them can be read, is an error before the first row.

    Of several folders, one that holds nothing to read is rejected alone.
    """
    faults = {folder: fault for folder in folders if (fault := _fault(folder, mapping)) is not None}
    if len(faults) == len(folders):
        *others, last = faults.values()
        raise UnknownKind("; ".join([*map(str, others), last.place]), last.rule, last.remedy)
    streams = [
        iter([_rejected(folder, faults[folder])])
        if folder in faults
        else read(folder, mapping=mapping, options=options, alone=len(folders) == 1)
        for folder in folders
    ]
    pairs = zip(folders, streams, strict=True)
    named = [stream if folder in faults or folder.is_file() else _within(folder, stream) for folder, stream in pairs]
    return rates_first(named if len(folders) > 1 else streams)


def sources_below(folder: Path) -> list[Path]:
    """Return what `items_of` has to be given to read all that lies below a folder, however owners and tables lie beside each other.

    These are the folders with an owner file and the folders of tables alone, else single files, each of which is read or rejected alone.
    """
    if owner_files(folder):
        return [folder]
    entries = sorted(each for each in folder.iterdir() if not each.is_symlink())
    below = [source for each in entries if each.is_dir() for source in sources_below(each)]
    if not below and table_files(folder):
        return [folder]
    return [*(each for each in entries if each.is_file()), *below]


def _within(folder: Path, items: Iterator[Item]) -> Iterator[Item]:
    """Yield items whose places are named with their folder, so that those of several folders can be told apart."""
    for item in items:
        if not isinstance(item, Note):
            yield replace(item, where=Where(f"{folder}/{item.where.file}", item.where.record))
        elif item.kind in OF_FILES:
            yield replace(item, subject=f"{folder}/{item.subject}")
        else:
            yield item


def _fault(folder: Path, mapping: Path | None) -> UnknownKind | None:
    try:
        kind_of(folder, mapping=mapping)
    except UnknownKind as fault:
        return fault
    return None


def _rejected(folder: Path, fault: UnknownKind) -> Item:
    return Reject(Where(str(folder), ""), "", "", fault.rule, fault.remedy, table=OWNERS)


def rates_first(streams: Iterable[Iterator[Item]]) -> Iterator[Item]:
    """Yield the rates at the head of every stream before what follows them in any."""
    rests: list[Iterator[Item]] = []
    for stream in streams:
        for item in stream:
            if isinstance(item, Row) and item.table != "rates":
                rests.append(chain((item,), stream))
                break
            yield item
    yield from chain.from_iterable(rests)

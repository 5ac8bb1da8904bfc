"""Several folders as one stream of rows: their rates first, then one after another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Final

from graph.rows import Item, Reject, Row, Where
from graph.sources import Options, UnknownKind, kind_of, read

OWNERS: Final = "owners"


def items_of(folders: Sequence[Path], *, mapping: Path | None = None, options: Options | None = None) -> Iterator[Item]:
    """Return all that folders hold; an unsound mapping, or that none of them can be read, is an error before the first row.

    Of several folders, one that holds nothing to read is rejected alone.
    """
    faults = {folder: fault for folder in folders if (fault := _fault(folder, mapping)) is not None}
    if len(faults) == len(folders):
        raise UnknownKind("; ".join(map(str, faults.values())))
    streams = [iter([_rejected(folder)]) if folder in faults else read(folder, mapping=mapping, options=options) for folder in folders]
    return rates_first(streams)


def _fault(folder: Path, mapping: Path | None) -> UnknownKind | None:
    try:
        kind_of(folder, mapping=mapping)
    except UnknownKind as fault:
        return fault
    return None


def _rejected(folder: Path) -> Item:
    rule = "a folder holds an owner file (shop.json, creator.json or partner.json) or tables"
    return Reject(Where(str(folder), ""), "", folder.name, rule, "add the owner file, or name the tables as documented", table=OWNERS)


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

"""Several folders as one stream of rows: their rates first, then one after another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path

from graph.rows import Item, Row
from graph.sources import Options, read


def items_of(folders: Sequence[Path], *, mapping: Path | None = None, options: Options | None = None) -> Iterator[Item]:
    """Return all that folders hold; an unreadable folder or mapping is an error before the first row."""
    streams = [read(folder, mapping=mapping, options=options) for folder in folders]
    return rates_first(streams)


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

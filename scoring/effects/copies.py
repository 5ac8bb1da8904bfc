"""One creator's event tables many times over, each copy without some rows: one pass over them tells what every row changes.

What facts learn from the whole market (how much weeks differ beyond chance, how views vary) is then learnt from the copies, and is
the same for all of them, so that a copy differs from the whole one by what was left out and by nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Any, Final

import numpy as np

from scoring.effects.events import Rows
from scoring.facts.arrays import Ints
from scoring.facts.events.arrow import Table, Tables, pa

pc: Final[Any] = import_module("pyarrow.compute")

OWN: Final = {
    "creators": ("id",),
    "contents": ("id", "creator_id"),
    "features": ("content_id",),
    "sales": ("creator_id", "content_id", "order_id"),
    "earlier_sales": ("creator_id", "content_id", "order_id"),
    "collaborations": ("id", "creator_id"),
    "deliveries": ("collaboration_id",),
    "promotions": ("collaboration_id",),
    "reports": ("creator_id",),
    "report_history": ("creator_id",),
}
"""Tables that each copy has for itself, and their columns that name what is its own."""
DIGITS: Final = 6


def copies(tables: Tables, left_out: Sequence[Rows]) -> Tables:
    """Return the tables of as many creators as there are `left_out`, numbered from 0 in front of their ids.

    Of `reports` each keeps the first row that is left to it, so that the one before the latest stands in where that is left out.
    Mentions, which lead to other creators, are left away.
    """
    marks = pa.array([f"{number:0{DIGITS}d}" for number in range(len(left_out))])
    found = {**tables, "mentions": tables["mentions"].slice(0, 0)}
    for name, columns in OWN.items():
        copy, row = _kept(tables[name].num_rows, [rows.get(name) for rows in left_out])
        if name == "reports":
            copy, first = np.unique(copy, return_index=True)
            row = row[first]
        found[name] = _marked(tables[name].take(pa.array(row)), marks.take(pa.array(copy)), columns)
    return found


def number(creator: str) -> int:
    """Return the number of the copy that a creator of `copies` is."""
    return int(creator[:DIGITS])


def _kept(rows: int, left_out: Sequence[Ints | None]) -> tuple[Ints, Ints]:
    """Return copy and row of all rows that are kept, copy by copy."""
    kept = np.ones((len(left_out), rows), dtype=np.bool_)
    for own, places in zip(kept, left_out, strict=True):
        if places is not None:
            own[places] = False
    copy, row = np.nonzero(kept)
    return copy.astype(np.int64), row.astype(np.int64)


def _marked(table: Table, marks: Any, columns: Sequence[str]) -> Table:
    for name in columns:
        whole = table[name].cast(pa.string()).combine_chunks()
        table = table.set_column(table.column_names.index(name), name, pc.binary_join_element_wise(marks, whole, "|"))
    return table

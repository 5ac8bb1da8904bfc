"""The event tables of some creators alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from scoring.facts.events.arrow import Table, Tables, pa, pc

OWNED: Final[Mapping[str, str]] = {
    "creators": "id",
    "contents": "creator_id",
    "sales": "creator_id",
    "earlier_sales": "creator_id",
    "collaborations": "creator_id",
    "reports": "creator_id",
    "report_history": "creator_id",
}
"""Tables with a creator in each row, and the column that names them."""

HANGING: Final[Mapping[str, tuple[str, str]]] = {
    "features": ("content_id", "contents"),
    "deliveries": ("collaboration_id", "collaborations"),
    "promotions": ("collaboration_id", "collaborations"),
}
"""Tables whose rows belong to a row of one of these, by its id."""


def within(tables: Tables, creators: Sequence[str]) -> Tables:
    """Return the tables with nothing in them of other creators; what is nobody's, the catalogue, stays."""
    chosen = pa.array(creators, type=pa.string())
    found = dict(tables) | {name: _kept(tables[name], column, chosen) for name, column in OWNED.items()}
    found |= {name: _kept(tables[name], column, found[owner]["id"]) for name, (column, owner) in HANGING.items()}
    found["mentions"] = _kept(_kept(tables["mentions"], "creator_id", chosen), "mentioned_id", chosen)
    return found


def _kept(table: Table, column: str, among: Table) -> Table:
    """Return the rows whose `column` is one of `among`; ids may be dictionary-encoded."""
    values = table[column].cast(pa.string())
    return table.filter(pc.is_in(values, value_set=_flat(among)))


def _flat(values: Table) -> Table:
    return values.cast(pa.string()).combine_chunks() if hasattr(values, "chunks") else values

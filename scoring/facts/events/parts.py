"""Event tables cut into parts, each with all rows of its creators and none of others'."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from zlib import crc32

import numpy as np

from scoring.facts.arrays import ABSENT, Ints
from scoring.facts.events.arrow import Column, Table, Tables, codes, encoded, pa
from scoring.facts.events.declarations import EVENT_TABLES
from scoring.facts.events.within import HANGING, OWNED

CREATOR_OF: Final = {**OWNED, "mentions": "creator_id"}
"""Tables with a creator in each row, and the column that names whose part the row is in."""

SHARED: Final = tuple(each.name for each in EVENT_TABLES if each.name not in {*CREATOR_OF, *HANGING})
"""Tables of nobody, the catalogue, which every part needs whole."""

PARTED: Final = tuple(each.name for each in EVENT_TABLES if each.name not in SHARED)


def shared(tables: Tables) -> Tables:
    """Return the tables that are not cut."""
    return {name: tables[name] for name in SHARED}


def parted(tables: Tables, parts: int) -> Iterator[Tables]:
    """Yield the other tables of each of `parts` parts; rows keep their order.

    A creator's part follows from the id alone (CRC-32 of it as UTF-8, modulo the parts), so it is the same in every export.
    """
    places = _places(tables, parts)
    for part in range(parts):
        yield {name: tables[name].filter(pa.array(places[name] == part)) for name in PARTED}


def part_of(creators: Column, parts: int) -> Ints:
    """Return the part of each creator's id; 0 for null."""
    place, different = encoded(creators)
    marks = np.array([crc32(each.encode()) % parts for each in different.to_pylist()], dtype=np.int64)
    return np.append(marks, 0)[place]


def joined(shared: Tables, parts: list[Tables]) -> Tables:
    """Return whole tables again: `shared` ones as they are, the parts' one part after the other."""
    return {**shared, **{name: pa.concat_tables([part[name] for part in parts]).unify_dictionaries() for name in PARTED}}


def _places(tables: Tables, parts: int) -> dict[str, Ints]:
    found = {name: part_of(tables[name][column], parts) for name, column in CREATOR_OF.items()}
    for name, (column, owner) in HANGING.items():
        found[name] = _of_owners(tables[name], column, tables[owner], found[owner])
    return found


def _of_owners(table: Table, column: str, owners: Table, places: Ints) -> Ints:
    """Return the part of the owner that each row's `column` names; 0 where it is not among the owners, and the row says nothing."""
    _, ids = encoded(owners["id"])
    of_id = np.zeros(len(ids) + 1, dtype=np.int64)
    of_id[codes(owners["id"], ids)] = places
    place = codes(table[column], ids)
    return np.where(place == ABSENT, 0, of_id[place])

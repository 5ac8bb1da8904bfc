"""How a table's file is written, as far as somebody has said so."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Layout:
    """What a mapping says of its files; None is found out from the file itself.

    `skip_lines` is how many lines stand above the header of a CSV file; where it is None, the header is the first line with all
    `columns`, or the first one if there is none. `list_key` is where the list of records lies in a JSON document. `doubled` allows
    names that stand several times in a header: the second `x` is read as `x [2]`. `ahead` is how many records of JSON are looked through,
    before their turn, for whether large numbers were rounded; where it is None, all are.
    """

    encoding: str | None = None
    delimiter: str | None = None
    skip_lines: int | None = None
    columns: frozenset[str] = frozenset()
    list_key: str | None = None
    doubled: bool = False
    ahead: int | None = None

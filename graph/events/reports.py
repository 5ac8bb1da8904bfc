"""What the platform has reported about each creator, day by day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, LiteralString

import numpy as np

from graph.events.arrow import Kind, Table, Tables, stacked, table
from graph.model import Type, Unit, node
from graph.reader import Reader, by_id

REPORTED: Final = {
    each.column: each.name
    for each in node("Report").properties
    if each.type in (Type.INTEGER, Type.FLOAT) and each.unit is not Unit.MONEY and each.name != "at"
}
"""Column → property of `Report`: its numbers, amounts in US dollars alone."""

REPORTS: Final[LiteralString] = """
UNWIND $ids AS id
MATCH (c:Creator {id: id})<-[:ABOUT]-(r:Report)
WHERE r.at <= $asOf
RETURN
  collect(c.id) AS creator_id,
  collect(r.at) AS at,
  collect([property IN $properties | r[property]]) AS reported,
  collect(CASE WHEN r.categoryIds IS NULL THEN [] ELSE [r.categoryIds, r.categoryShares] END) AS categories,
  collect(CASE WHEN r.contentKinds IS NULL THEN [] ELSE [r.contentKinds, r.contentShares] END) AS kinds
"""

COUNT: Final[LiteralString] = """
MATCH (r:Report)
RETURN count(r) AS rows
"""

KINDS: Final = {"creator_id": Kind.NAME, "at": Kind.WHOLE, **dict.fromkeys(REPORTED, Kind.REAL)}
SHARE: Final = {"creator_id": Kind.NAME, "at": Kind.WHOLE, "dimension": Kind.NAME, "part": Kind.NAME, "share": Kind.REAL}


async def reports(reader: Reader, creators: Sequence[str], *, as_of: int) -> Tables:
    """Return all reports by then about the creators, and the shares of GMV that they tell."""
    (rows,) = await reader.read(COUNT, [{}], lambda record: int(record["rows"]))
    batches = [{**batch, "properties": list(REPORTED.values())} for batch in by_id(creators if rows else [], as_of=as_of)]
    parts = await reader.read(REPORTS, batches, lambda record: (_table(record), _shares(record)))
    return {"reports": stacked([part for part, _ in parts], KINDS), "report_shares": stacked([part for _, part in parts], SHARE)}


def _table(record: Mapping[str, Any]) -> Table:
    numbers = np.array(record["reported"], dtype=np.float64).reshape(-1, len(REPORTED))
    return table({"creator_id": record["creator_id"], "at": record["at"], **dict(zip(REPORTED, numbers.T, strict=True))}, KINDS)


def _shares(record: Mapping[str, Any]) -> Table:
    """Return the distributions of reports as rows, one for each part."""
    rows = [
        (creator, at, dimension, part, share)
        for dimension, lists in (("CATEGORY", record["categories"]), ("CONTENT", record["kinds"]))
        for creator, at, told in zip(record["creator_id"], record["at"], lists, strict=True)
        for part, share in zip(*told, strict=True)
    ]
    return table(dict(zip(SHARE, zip(*rows, strict=True), strict=True)) if rows else {name: [] for name in SHARE}, SHARE)

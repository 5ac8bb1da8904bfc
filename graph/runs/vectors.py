"""A run's vectors: stored with it in chunks of bytes, read back whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, LiteralString

import numpy as np
from neo4j import AsyncDriver
from numpy.typing import NDArray

from graph.retrying import read_rows
from graph.runs.building import Building

ROWS: Final = 1_000
"""Rows of one chunk: some hundred kilobytes, so that no node is too large for a transaction or a page of the cache."""

KINDS: Final = ("Creator", "Brand")
GROUPED: Final = "Creator"
EVERYWHERE: Final = ""
STORED: Final = np.dtype("<f2")
"""Half a float's bytes; a cosine moves by less than a thousandth."""

Matrix = NDArray[np.float32]
Texts = NDArray[np.str_]


@dataclass(frozen=True, eq=False)
class Vectors:
    """Rows by kind of node, with the ids that they belong to; `widths` says which columns each part has, in order.

    `groups` numbers the group of each creator, −1 for none.
    """

    ids: Mapping[str, Texts]
    rows: Mapping[str, Matrix]
    groups: NDArray[np.int64]
    widths: tuple[tuple[str, int], ...]

    @property
    def dimensions(self) -> int:
        """Columns in all."""
        return sum(width for _, width in self.widths)


CHUNK: Final[LiteralString] = """
MATCH (run:BuildingRun {id: $run, token: $token})
CREATE (chunk:Vectors {id: $under + '|' + $region + '|' + $kind + '|' + $number, runId: $under, region: $region, kind: $kind,
                       number: $number, ids: $ids, rows: $rows, groups: $groups, parts: $parts, widths: $widths})
RETURN count(chunk) AS made
"""


async def store_vectors(building: Building, vectors: Vectors, *, under: str = "", region: str = EVERYWHERE) -> None:
    """Write the vectors under a run that is being made; readers see them once it is published.

    They are the run's own, or those of one region kept `under` another id.
    """
    place = {"under": under or building.id, "region": region}
    starts = ((kind, start) for kind in KINDS for start in range(0, len(vectors.ids[kind]), ROWS))
    await building.write(CHUNK, ({**place, **_chunk(vectors, kind, start)} for kind, start in starts))


def _chunk(vectors: Vectors, kind: str, start: int) -> Mapping[str, object]:
    at = slice(start, start + ROWS)
    return {
        "kind": kind,
        "number": start // ROWS,
        "ids": vectors.ids[kind][at].tolist(),
        "rows": vectors.rows[kind][at].astype(STORED).tobytes(),
        "groups": vectors.groups[at].tolist() if kind == GROUPED else [],
        "parts": [name for name, _ in vectors.widths],
        "widths": [width for _, width in vectors.widths],
    }


CHUNKS: Final[LiteralString] = """
MATCH (chunk:Vectors {runId: $under})
WHERE coalesce(chunk.region, '') = $region
RETURN chunk.kind AS kind, chunk.ids AS ids, chunk.rows AS rows, chunk.groups AS groups, chunk.parts AS parts,
  chunk.widths AS widths
ORDER BY chunk.kind, chunk.number, chunk.id
"""
COLUMNS: Final = ("kind", "ids", "rows", "groups", "parts", "widths")


async def stored_vectors(driver: AsyncDriver, under: str, *, database: str, seconds: float, region: str = EVERYWHERE) -> Vectors | None:
    """Return the vectors under a run's id, or those of a region under another; None where the run is too old to have any, or is gone."""
    rows = await read_rows(driver, CHUNKS, {"under": under, "region": region}, database=database, seconds=seconds)
    if not rows:
        return None
    chunks = [dict(zip(COLUMNS, row, strict=True)) for row in rows]
    widths = tuple(zip(chunks[0]["parts"], chunks[0]["widths"], strict=True))
    columns = sum(width for _, width in widths)
    found = {kind: [each for each in chunks if each["kind"] == kind] for kind in KINDS}
    return Vectors(
        ids={kind: np.array([one for each in parts for one in each["ids"]], dtype=np.str_) for kind, parts in found.items()},
        rows={kind: _rows(parts, columns) for kind, parts in found.items()},
        groups=np.array([one for each in found[GROUPED] for one in each["groups"]], dtype=np.int64),
        widths=widths,
    )


def _rows(chunks: list[Any], columns: int) -> Matrix:
    packed = b"".join(each["rows"] for each in chunks)
    return np.frombuffer(packed, dtype=STORED).reshape(-1, columns).astype(np.float32)

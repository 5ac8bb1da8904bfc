"""How large an export of the graph will be, and which part of it is enough for most: said before it is made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from graph.exports import ImportTables, Reading, WholeGraph

if TYPE_CHECKING:
    from api.exports.order import Order

MEBIBYTE: Final = 1024 * 1024
LARGE: Final = 50 * MEBIBYTE
BYTES_A_ROW: Final = {"graphml": 263, "gexf": 316, "jsonl": 136, "csv": 80, "parquet": 18, "arrow": 103}
"""Measured on the demo market: what a node or an edge takes on average in each format, before a zip packs it."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """Rows and bytes of an export that is not made yet, and whether it is all of the graph."""

    rows: int
    bytes: int
    whole: bool

    def notice(self, part: str) -> str | None:
        """Return what to say of a large export, where `part` orders a smaller one of the whole graph; None where it is not large."""
        if self.bytes <= LARGE:
            return None
        smaller = f" If you only need who works with whom, use {part}, which is much smaller." if self.whole else ""
        return f"About {self.bytes / MEBIBYTE:,.0f} MiB will be written ({self.rows:,} rows).{smaller}"


async def estimate_of(order: Order, reading: Reading) -> Estimate | None:
    """Return the estimate for an export of the graph; None for anything else, which is bounded or small."""
    if order.what != "graph":
        return None
    tables = order.options.get("tables")
    source = ImportTables(reading) if tables else WholeGraph(reading, None, order.options.get("labels", ()))
    rows = await source.size()
    return Estimate(rows, rows * BYTES_A_ROW[order.format], whole=not order.options)

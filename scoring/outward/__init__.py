"""What a score may stand on where it goes out to brands and partners: open facts, and hidden ones by published rules."""

from scoring.outward.declassifier import COUNT_BOUNDS, SMALLEST, USD_BOUNDS, in_steps, middles
from scoring.outward.facts import outward_facts, told_categories
from scoring.outward.labels import HELD, HIDDEN_COLUMNS, HIDDEN_TABLES, SALES, TIES
from scoring.outward.tables import open_tables

__all__ = [
    "COUNT_BOUNDS",
    "HELD",
    "HIDDEN_COLUMNS",
    "HIDDEN_TABLES",
    "SALES",
    "SMALLEST",
    "TIES",
    "USD_BOUNDS",
    "in_steps",
    "middles",
    "open_tables",
    "outward_facts",
    "told_categories",
]

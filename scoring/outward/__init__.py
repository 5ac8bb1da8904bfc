"""What a score may stand on where it goes out to brands and partners: open facts, and hidden ones by published rules."""

from scoring.outward.brands import brand_forecast
from scoring.outward.declassifier import COUNT_BOUNDS, SMALLEST, USD_BOUNDS, middles
from scoring.outward.delivery import ToldDelivery, told_delivery
from scoring.outward.facts import outward_facts, told_categories
from scoring.outward.forecasts import told_forecast
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
    "ToldDelivery",
    "brand_forecast",
    "middles",
    "open_tables",
    "outward_facts",
    "told_categories",
    "told_delivery",
    "told_forecast",
]

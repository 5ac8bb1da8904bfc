"""The facts: event tables in, one row a creator, window and category out. Pure, so they can be computed wherever event tables lie."""

from scoring.facts.arrays import Columns
from scoring.facts.columns import BESIDE, COLUMNS, EXACT_SALES, GROUP, SOLVED, Column
from scoring.facts.events.declarations import EVENT_TABLES, EventColumn, EventTable
from scoring.facts.market import Market, market
from scoring.facts.network import Network, Pairs, network
from scoring.facts.period import WINDOWS, Period
from scoring.facts.tables import table
from scoring.facts.ties import Ties, ties
from scoring.facts.units import Unit

__all__ = [
    "BESIDE",
    "COLUMNS",
    "EVENT_TABLES",
    "EXACT_SALES",
    "GROUP",
    "SOLVED",
    "WINDOWS",
    "Column",
    "Columns",
    "EventColumn",
    "EventTable",
    "Market",
    "Network",
    "Pairs",
    "Period",
    "Ties",
    "Unit",
    "market",
    "network",
    "table",
    "ties",
]

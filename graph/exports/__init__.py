"""The graph, networks, results and scorecards as files: GraphML and GEXF; Parquet, CSV, Arrow and JSON Lines."""

from graph.exports.errors import ExportError, FileThere, FormatRefused, RunDropped, TooLong, ValueRefused
from graph.exports.formats import FORMATS, GRAPHS, TABLES, refuse_unfit, suffix
from graph.exports.proven import ProvenScorecards, Seen, outward_signed_of, signed_of
from graph.exports.reading import Reading
from graph.exports.running import Exported, export, size_of
from graph.exports.scorecards import Scorecards, run_of
from graph.exports.sheets import Column, Role, Row, Sheet, Source
from graph.exports.tables import ImportTables
from graph.exports.whole import WholeGraph

__all__ = [
    "FORMATS",
    "GRAPHS",
    "TABLES",
    "Column",
    "ExportError",
    "Exported",
    "FileThere",
    "FormatRefused",
    "ImportTables",
    "ProvenScorecards",
    "Reading",
    "Role",
    "Row",
    "RunDropped",
    "Scorecards",
    "Seen",
    "Sheet",
    "Source",
    "TooLong",
    "ValueRefused",
    "WholeGraph",
    "export",
    "outward_signed_of",
    "refuse_unfit",
    "run_of",
    "signed_of",
    "size_of",
    "suffix",
]

"""A simulated market straight into a database, by the offline importer: a benchmark's graph is larger than an import would make in time."""

from __future__ import annotations

import tempfile
from pathlib import Path

from graph.load.offline import bulk_load
from graph.rows import Reject
from graph.server import PrivateServer
from graph.sources import read
from scoring import NAMES, camel
from simulation import Market
from simulation.writing import write_tables


def fill(server: PrivateServer, market: Market) -> None:
    """Load the market into the server's database, which must be empty; constraints and indexes are made."""
    with tempfile.TemporaryDirectory() as folder:
        write_tables(market.tables, Path(folder))
        bulk_load(server, read(Path(folder)), rejected=_refuse, indicators=[camel(name) for name in NAMES])


def _refuse(reject: Reject) -> None:
    raise RuntimeError(f"{reject.where.file} {reject.where.record}: {reject.rule}")

"""A mapping proposed from a file: which of its columns are which of ours, and how its values are written."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Final

from graph.model import table
from graph.rows import Reject, Row
from graph.sources.faults import BadMapping, BadValue
from graph.sources.guessing.proposal import proposed
from graph.sources.guessing.samples import sample_of
from graph.sources.guessing.writing import toml_of
from graph.sources.mapped import made_of
from graph.sources.mapping import mapping_of
from graph.sources.tables.checks import TableReader
from graph.sources.tables.formats import records

__all__ = ["guessed", "preview"]

SHOWN: Final = 10


def guessed(path: Path) -> str:
    """Return the TOML of a mapping for a file; BadMapping where nothing in it is known."""
    return toml_of(proposed(sample_of(path)), path.name)


def preview(path: Path, mapping: str) -> Iterator[tuple[str, Row | Reject]]:
    """Yield what the first ten records of a file become through a mapping, each with its place."""
    rules = mapping_of(tomllib.loads(mapping), path.name)
    for place, position, record in islice(records(path, rules.layout), SHOWN):
        if isinstance(record, BadValue):
            raise BadMapping(f"{path.name} {place}: {record}")
        for target in rules.targets:
            reader = TableReader(table(target.table), path.name)
            for made in made_of(record, target, rules):
                for item in reader.read(made, place, position, raw=record):
                    if isinstance(item, (Row, Reject)):
                        yield place, item

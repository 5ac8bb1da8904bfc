"""Readers of three kinds on an emptied database."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from neo4j import AsyncDriver

from graph.finding.reading import Reading
from graph.plans.sight import Reach, Sight

ALL = Sight(Reach.ALL, Reach.ALL, Reach.ALL, Reach.ALL, Reach.ALL)
BRAND = Sight(Reach.REGIONS, Reach.REGIONS, Reach.OWN, Reach.COUNTS, Reach.RANGES, regions=("US",), brands=("b1",))
CREATOR = Sight(Reach.OWN, Reach.OWN, Reach.OWN, Reach.NONE, Reach.OWN, creator="c1")

Reader = Callable[[Sight], Reading]


@pytest.fixture
def reader(graph: AsyncDriver) -> Reader:
    """Return what makes a reader of a sight."""
    return lambda sight: Reading(graph, "neo4j", 10, sight)

"""Readers of three kinds on an emptied database."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from neo4j import AsyncDriver

from graph.plans.visibility import Reach, Visibility
from graph.recommendations.reading import Reading

ALL = Visibility(Reach.ALL, Reach.ALL, Reach.ALL, Reach.ALL, Reach.ALL)
BRAND = Visibility(Reach.REGIONS, Reach.REGIONS, Reach.OWN, Reach.COUNTS, Reach.RANGES, regions=("US",), brands=("b1",))
CREATOR = Visibility(Reach.OWN, Reach.OWN, Reach.OWN, Reach.NONE, Reach.OWN, creator="c1")

Reader = Callable[[Visibility], Reading]


@pytest.fixture
def reader(graph: AsyncDriver) -> Reader:
    """Return what makes a reader of a sight."""
    return lambda visibility: Reading(graph, "neo4j", 10, visibility)

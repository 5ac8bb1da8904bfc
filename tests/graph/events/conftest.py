"""Graphs small enough to draw, and the facts of them."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from neo4j import AsyncDriver, Query

from api.runs.inputs import read_market
from graph.reader import Reader
from scoring.facts import WINDOWS, Columns, Period, table

DAY = 86_400
MIDNIGHT = 20_000 * DAY
"""The end of the windows: the first second of a UTC day."""

AS_OF = MIDNIGHT

Draw = Callable[..., Awaitable[None]]
Ask = Callable[..., Awaitable["Answer"]]


class Answer:
    """Facts that are asked for cell by cell."""

    def __init__(self, columns: Columns) -> None:
        self.columns = columns

    def __call__(self, column: str, creator: str = "ann", window: int = 90, category: str = "*") -> Any:
        """Return the one value of a column in a row; KeyError where there is no such row."""
        c = self.columns
        chosen = (c["creator"] == creator) & (c["window"] == window) & (c["category"] == category)
        if not chosen.any():
            raise KeyError((creator, window, category))
        (value,) = c[column][chosen].tolist()
        return value

    def of(self, *columns: str, **row: Any) -> tuple[Any, ...]:
        """Return several columns of one row."""
        return tuple(self(column, **row) for column in columns)


@pytest.fixture
def draw(graph: AsyncDriver) -> Draw:
    """Return a function that runs Cypher; `$end` is the end of the windows, `$day` a day's seconds."""

    async def run(cypher: str, **parameters: Any) -> None:
        async with graph.session() as session:
            await (await session.run(Query(cypher), end=MIDNIGHT, day=DAY, **parameters)).consume()  # type: ignore[arg-type]

    return run


@pytest.fixture
def ask(graph: AsyncDriver) -> Ask:
    """Return a function that computes the facts of the graph as it is."""

    async def run(as_of: int = AS_OF, *, windows: tuple[int, ...] = WINDOWS) -> Answer:
        return Answer(table(await read_market(Reader(graph), Period(as_of, windows))))

    return run

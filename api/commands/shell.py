"""A small prompt for Cypher."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Iterator
from typing import Any, Final, LiteralString, cast

import orjson
from neo4j import AsyncDriver, AsyncResult, Query
from neo4j.exceptions import Neo4jError
from neo4j.graph import Node, Path, Relationship
from rich.console import Console
from rich.table import Table
from rich.text import Text

from api.commands.console import console
from api.errors import ApiError
from api.process.database import database
from api.settings import Settings
from graph.connection import writing
from graph.queries import Unreadable
from graph.queries.readable import refuse_unreadable
from graph.server.jars import Progress
from graph.wording import counted

ROWS_SHOWN: Final = 1000
QUIT: Final = (":quit", ":exit", ":q")


class QueryFailed(ApiError):
    """The database refused a query."""


def run(settings: Settings, query: str | None, *, as_json: bool, progress: Progress | None = None) -> None:
    """Run one query, or those that are typed, and print the rows of each."""
    asyncio.run(_run(settings, query, as_json=as_json, progress=progress))


async def _run(settings: Settings, query: str | None, *, as_json: bool, progress: Progress | None) -> None:
    async with database(settings, progress=progress) as driver:
        if query is not None:
            await _answer(driver, settings.neo4j_database, query, as_json=as_json)
            return
        for typed in _typed():
            try:
                await _answer(driver, settings.neo4j_database, typed, as_json=as_json)
            except QueryFailed as failure:
                Console(stderr=True).print(failure.message, style="red", markup=False)


def _typed() -> Iterator[str]:
    """Yield queries from the keyboard or a pipe, each up to a `;` at the end of a line, until `:quit` or the end."""
    lines: list[str] = []
    while True:
        try:
            prompt = ("neo4j> " if not lines else "   ... ") if sys.stdin.isatty() else ""
            line = input(prompt).rstrip()
        except EOFError:
            line = ":quit"
        if line in QUIT:
            break
        lines.append(line)
        if line.endswith(";"):
            yield "\n".join(lines).rstrip(";")
            lines = []
    if any(lines):
        yield "\n".join(lines)


async def _answer(driver: AsyncDriver, name: str, query: str, *, as_json: bool) -> None:
    """Print the rows that a query returns."""
    async with writing(driver, name) as session:
        try:
            # The owner's own text, at their own terminal: the one place where a query is not ours.
            result = await session.run(Query(cast("LiteralString", query)))
            await (_print_json(result) if as_json else _print_table(result))
        except Neo4jError as error:
            reason = (error.message or "no reason given").partition("\n")[0]
            raise QueryFailed(f"{reason} ({error.code}); correct the query and send it again") from error


async def _rows(result: AsyncResult) -> AsyncIterator[list[Any]]:
    """Yield the rows; QueryFailed at one that cannot be read."""
    number = 0
    async for record in result:
        number += 1
        row: list[Any] = [*tuple[Any, ...].__iter__(record)]
        try:
            refuse_unreadable(result.keys(), row, number)
        except Unreadable as error:
            raise QueryFailed(str(error)) from error
        yield row


async def _print_json(result: AsyncResult) -> None:
    async for row in _rows(result):
        named = dict(zip(result.keys(), map(_plain, row), strict=True))
        sys.stdout.buffer.write(orjson.dumps(named, default=str) + b"\n")
    sys.stdout.buffer.flush()


async def _print_table(result: AsyncResult) -> None:
    """Print a table and, below it, how many rows there are or what was changed."""
    table = Table(*result.keys())
    async for row in _rows(result):
        if len(table.rows) == ROWS_SHOWN:
            break
        table.add_row(*(Text(_shown(value)) for value in row))
    summary = await result.consume()
    out = console()
    if table.columns:
        out.print(table)
    changes = {
        name: count for name, count in vars(summary.counters).items() if isinstance(count, int) and count and not name.startswith("_")
    }
    shown = counted(len(table.rows), "row") + (", the first ones" if len(table.rows) == ROWS_SHOWN else "")
    out.print(", ".join([shown, *(f"{name.replace('_', ' ')}: {count}" for name, count in changes.items())]), style="dim")


def _shown(value: object) -> str:
    return value if isinstance(value, str) else orjson.dumps(_plain(value), default=str).decode()


def _plain(value: Any) -> Any:
    """Return a value that JSON can hold; nodes and relationships are shown with their labels or type."""
    match value:
        case Node():
            return {"labels": sorted(value.labels), **dict(value)}
        case Relationship():
            return {"type": value.type, **dict(value)}
        case Path():
            return [
                _plain(part) for pair in zip(value.nodes, [*value.relationships, None], strict=True) for part in pair if part is not None
            ]
        case list():
            return [_plain(item) for item in cast("list[Any]", value)]
        case dict():
            return {key: _plain(item) for key, item in cast("dict[str, Any]", value).items()}
        case _:
            return value

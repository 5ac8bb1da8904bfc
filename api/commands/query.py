"""`creatorgraph query`: ask the graph in Cypher, read-only, and write the answer in any of several formats."""

from __future__ import annotations

import asyncio
import logging
import secrets
import sys
from collections.abc import Awaitable, Callable, Generator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, BinaryIO, Final, TypeAlias

import typer
from neo4j import AsyncDriver

from api import settings
from api.commands.console import download_bar
from api.commands.formats import BATCHES, BINARY, FORMATS
from api.commands.parameters import hints, parameters
from api.cypher.queries import MEBIBYTE
from api.process.database import database
from graph.exports.placing import placed
from graph.queries import Answer, Bounds, Refused, Unchecked, answering, checked
from graph.queries.parameters import bound
from graph.queries.saved import SavedQuery, saved_queries, saved_query
from graph.wording import counted

SHOWN: Final = 1_000
"""Rows of a table, where no limit is given."""

Format = StrEnum("Format", list(FORMATS))
Asked: TypeAlias = Callable[[AsyncDriver, str], Awaitable[tuple[str, dict[str, Any]]]]
"""Tells a query's text and parameters, asking a database of a name where they are kept."""

app = typer.Typer(add_completion=False)


@app.command(name="query")
def query_command(  # noqa: PLR0913 -- each option of a command is an argument
    file: Annotated[str | None, typer.Argument(metavar="FILE|-", help="File with the query; `-` reads standard input.")] = None,
    saved: Annotated[str | None, typer.Option(metavar="NAME[@VERSION]", help="Run a saved or built-in query instead of a file.")] = None,
    param: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME=VALUE", help="Value of a $name, as JSON or text; repeatable."),
    ] = None,
    format_: Annotated[
        Format | None, typer.Option("--format", help="Format of the result. Default: the extension of --out, else a table.")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="File to write; default: standard output.")] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace an existing file once the new one is complete.")] = False,
    limit: Annotated[
        int | None, typer.Option(min=1, help="Maximum number of rows. Default: 1,000 of a table, else CREATORGRAPH_STREAM_ROWS.")
    ] = None,
    timeout: Annotated[int, typer.Option(min=1, max=3600, help="Time limit in seconds.")] = 60,
) -> None:
    """Run a Cypher query.

    The query is checked like those of the API: it can only read. Exit code 0: answered, also in part; 1: refused
    or failed, and nothing written; 2: wrong usage.
    """
    logging.getLogger("neo4j").setLevel(logging.CRITICAL)  # what the driver would log is told below, or ends the command
    values = parameters(param or ())
    asked = _asked(file, saved, values)
    loaded, chosen = settings.load(), _format(format_, out)
    rows = limit or (SHOWN if chosen == "table" else loaded.stream_rows)
    bounds = Bounds(rows, loaded.stream_mb * MEBIBYTE, float(timeout))
    with _sink(out, overwrite=overwrite) as sink:
        answer = asyncio.run(_run(loaded, asked, bounds, chosen, sink))
    for told in [*map(str, answer.notifications), *hints(values)]:
        typer.echo(f"note: {told}", err=True)
    cut = {None: "", "ROWS": ": there are more rows; raise --limit", "BYTES": ": the result has reached its size limit"}
    typer.echo(f"{counted(answer.row_count, 'row')}{cut[answer.truncated_by]}", err=True)


async def _run(loaded: settings.Settings, asked: Asked, bounds: Bounds, chosen: str, sink: BinaryIO) -> Answer:
    with download_bar() as downloading:
        async with database(loaded, progress=downloading) as driver:
            text, values = await asked(driver, loaded.neo4j_database)
            try:
                cleared = await checked(driver, Unchecked(text, values, loaded.neo4j_database, bounds.seconds))
            except Refused as refused:
                for each in refused.refusals[1:]:
                    typer.echo(f"{each}", err=True)
                raise
            async with answering(driver, cleared, bounds, tag=secrets.token_hex(8)) as answer:
                await _write(answer, chosen, sink)
                return answer


async def _write(answer: Answer, chosen: str, sink: BinaryIO) -> None:
    written = FORMATS[chosen](answer, sink)
    try:
        async for batch in answer.batches(BATCHES.get(chosen, 1_000)):
            written.take(batch)
    except BaseException:
        written.drop()
        raise
    written.end()


def _asked(file: str | None, kept: str | None, values: dict[str, Any]) -> Asked:
    """Return what tells text and parameters, once there is a database to ask for a query that is kept."""
    if (file is None) == (kept is None):
        raise typer.BadParameter("use either a file with the query (or -), or --saved with the name of a saved query")
    text = None if file is None else _text(file)

    async def asked(driver: AsyncDriver, database: str) -> tuple[str, dict[str, Any]]:
        if text is not None:
            return text, values
        found = await _kept(kept or "", driver, database)
        return found.text, bound(found.parameters, values)

    return asked


async def _kept(named: str, driver: AsyncDriver, database: str) -> SavedQuery:
    name, at, version = named.partition("@")
    if at and not version.isdecimal():
        raise typer.BadParameter(f"--saved {named}: {version!r} is not a version; give NAME, or NAME@NUMBER")
    found = await saved_query(driver, name, version=int(version) if at else None, database=database)
    if found is None:
        known = ", ".join(each.name for each in await saved_queries(driver, first=200, database=database))
        raise typer.BadParameter(f"--saved {named}: there is no such saved query; there are: {known}")
    return found


def _text(file: str) -> str:
    if file == "-":
        return sys.stdin.read()
    try:
        return Path(file).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise typer.BadParameter(f"{file} cannot be read ({error}); give a file with the query's text, or - for standard input") from error


def _format(given: Format | None, out: Path | None) -> str:
    """Return the format: the one given, else the one that the file's name ends in, else a table."""
    ending = "" if out is None else out.suffix.lstrip(".").lower()
    if not given and ending not in ("", "txt", *FORMATS):
        raise typer.BadParameter(
            f"{out.name if out else ''}: {ending} is not a format; use --format, or a name that ends in {', '.join(sorted(FORMATS))}"
        )
    chosen = str(given) if given else ending if ending in FORMATS else "table"
    if chosen in BINARY and out is None and sys.stdout.isatty():
        raise typer.BadParameter(f"{chosen} cannot be shown in a terminal; write it to a file with --out, or pipe it")
    return chosen


@contextmanager
def _sink(out: Path | None, *, overwrite: bool) -> Generator[BinaryIO]:
    """Give what is written to: standard output, or a file that is there only once it is whole."""
    if out is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    with placed(out.absolute(), overwrite=overwrite) as part, part.open("wb") as file:
        yield file

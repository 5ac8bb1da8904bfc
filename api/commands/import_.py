"""`creatorgraph import`: a shop's saved responses, or tables, into the graph.

Exit codes: 0 all was taken (files and documents that were skipped included), 3 some rows were rejected, 1 nothing was taken.
"""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final

import typer
from rich.console import Console
from rich.status import Status

from api import settings
from api.commands.console import download_bar
from api.commands.import_report import say
from api.process.database import database, private_server
from api.settings import Settings
from api.telemetry import traces
from graph.load import Listener, Tally, load
from graph.load.faults import BulkRefused
from graph.load.folders import items_of
from graph.load.rejects import RejectFiles
from graph.load.running import Sink
from graph.migrations import migrate
from graph.sources import Options
from graph.sources.encodings import codec_of
from graph.sources.tables.delimiters import delimiter_of

MEBIBYTE: Final = 1024 * 1024

app = typer.Typer(add_completion=False)


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be imported, and how."""

    folders: list[Path]
    mapping: Path | None
    options: Options
    dry_run: bool


@app.command()
def import_(  # noqa: PLR0913 - a command has as many parameters as options
    folders: Annotated[list[Path], typer.Argument(help="Folders (or single tables) to read.", exists=True)],
    mapping: Annotated[
        Path | None,
        typer.Option(help="TOML file that maps other columns to those of the import tables.", dir_okay=False),
    ] = None,
    guess: Annotated[
        bool,
        typer.Option("--guess", help="Propose a mapping from one file, show the first rows as they would be read, and write it beside it."),
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what the import would do, without writing anything.")] = False,
    max_document_mb: Annotated[
        int | None, typer.Option(min=1, help="Maximum size of a JSON document, in MiB. Default: CREATORGRAPH_MAX_DOCUMENT_MB.")
    ] = None,
    bulk: Annotated[
        bool,
        typer.Option("--bulk", help="Load tables into an empty private database offline: for millions of rows, no two with the same key."),
    ] = False,
    encoding: Annotated[
        str | None, typer.Option(help="Encoding of tables that are not UTF-8 and have no byte-order mark, such as windows-1252 or gb18030.")
    ] = None,
    delimiter: Annotated[str | None, typer.Option(help="Delimiter of CSV tables: one character, or tab.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the summary as JSON.")] = False,
) -> None:
    """Read saved partner-API responses, or tables, into the graph.

    It is safe to run again: importing the same input twice has no effect. Exit code 3 if rows were rejected, 1 if nothing was imported.
    """
    if guess:
        # Imported late: only few need it.
        from api.commands.guess import propose

        propose(folders, mapping, given=[name for name in (encoding and "--encoding", delimiter and "--delimiter") if name])
        return
    if mapping is not None and not mapping.is_file():
        raise typer.BadParameter(f"File '{mapping}' does not exist.", param_hint="--mapping")
    loaded = settings.load()
    size = (max_document_mb or loaded.max_document_mb) * MEBIBYTE
    options = Options(document_bytes=size, encoding=_encoding(encoding, mapping), delimiter=_delimiter(delimiter, mapping))
    order = Order(folders, mapping, options, dry_run)
    rejects = RejectFiles(loaded.home / "rejects" / time.strftime("%Y%m%d-%H%M%S", time.gmtime()), mapped=mapping is not None)
    with traces(), rejects:
        tally = _bulk(loaded, order, rejects) if bulk else asyncio.run(_imported(loaded, order, rejects))
        say(tally, rejects, mapping=mapping, dry_run=dry_run, as_json=as_json)
    raise typer.Exit(tally.exit_status)


def _encoding(name: str | None, mapping: Path | None) -> str | None:
    if name is not None and (mapping is not None or codec_of(name) is None):
        said = 'set the encoding in the mapping instead: encoding = "…" in [source]'
        raise typer.BadParameter(said if mapping else f"{name!r} is not the name of a text encoding; use for example windows-1252")
    return name


def _delimiter(text: str | None, mapping: Path | None) -> str | None:
    if text is not None and mapping is not None:
        raise typer.BadParameter('set the delimiter in the mapping instead: delimiter = "…" in [source]')
    found = None if text is None else delimiter_of(text)
    if text is not None and found is None:
        raise typer.BadParameter(f"{text!r} is not one character, or tab")
    return found


async def _imported(loaded: Settings, order: Order, rejects: RejectFiles) -> Tally:
    """Bring the database up to date and load everything."""
    if not order.dry_run:
        rejects.check()
    items = items_of(order.folders, mapping=order.mapping, options=order.options)
    with download_bar() if sys.stderr.isatty() else nullcontext() as bar:
        async with database(loaded, progress=bar) as driver:
            if not order.dry_run:
                await migrate(driver, database=loaded.neo4j_database)
            with _progress() as (progress, waiting):
                sink: Sink = (lambda _: None) if order.dry_run else rejects.write
                listener = Listener(rejected=sink, waiting=waiting, progress=progress)
                return await load(driver, items, database=loaded.neo4j_database, dry_run=order.dry_run, listener=listener)


def _bulk(loaded: Settings, order: Order, rejects: RejectFiles) -> Tally:
    """Load tables offline."""
    if loaded.neo4j_uri is not None or order.dry_run:
        raise BulkRefused("--bulk works with the private database only, and not with --dry-run: unset NEO4J_URI, and omit --dry-run")
    rejects.check()
    # Imported late: only few need it.
    from graph.load.offline import bulk_load

    items = items_of(order.folders, mapping=order.mapping, options=order.options)
    with download_bar() if sys.stderr.isatty() else nullcontext() as bar:
        server = private_server(loaded, progress=bar)
        return bulk_load(server, items, rejected=rejects.write)


@contextmanager
def _progress() -> Generator[tuple[Callable[[Tally], None], Callable[[str], None]]]:
    """Yield who shows how far it is, and who says what it waits for: on a terminal one line, elsewhere only the waiting."""
    if not sys.stderr.isatty():
        yield (lambda _: None), lambda message: typer.echo(message, err=True)
        return
    with Console(stderr=True).status("Reading") as status:
        yield (lambda tally: _show(status, tally)), status.update


def _show(status: Status, tally: Tally) -> None:
    status.update(f"Importing: {tally.total('read'):,} rows read, {tally.total('created'):,} new, {tally.total('rejected'):,} rejected")

"""`creatorgraph db`: the private database as a thing: start, stop, look into, back up, restore."""

from __future__ import annotations

import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Final

import typer
from rich.table import Table

from api import settings
from api.commands import backups
from api.commands import shell as cypher_shell
from api.commands.backups import NotPrivate
from api.commands.console import console, download_bar
from api.process.database import private_server
from graph.server import PrivateServer

STOPPED: Final = 3

app = typer.Typer(add_completion=False, no_args_is_help=True, help="Start, stop, query, back up and restore the database.")


@app.command()
def start() -> None:
    """Start the private database and leave it running."""
    with _server() as server:
        server.start()
        server.detach()
        server.stop()
        _say(f"The database answers on {server.uri}; its data is in {server.home}. Stop it with `creatorgraph db stop`.")


@app.command()
def stop(
    force: Annotated[bool, typer.Option("--force", help="Stop it even if other processes use it; their queries fail.")] = False,
) -> None:
    """Stop the private database."""
    with _server() as server:
        was_running = server.running
        server.shut_down(force=force)
        _say("The database is stopped." if was_running else "The database was not running.")


@app.command()
def status() -> None:
    """Show whether the private database is running, where, and who uses it; exit code 3 if it is not running."""
    with _server() as server:
        rows = {"home": str(server.home), "running": "yes" if server.running else "no"}
        if server.running:
            rows |= {"address": server.uri, "used by": ", ".join(server.users) or "nobody"}
        rows["on disk"] = f"{_size(server.home) / 1e6:,.0f} MB"
        table = Table(show_header=False, box=None)
        for name, value in rows.items():
            table.add_row(name, value)
        console().print(table)
        if not server.running:
            raise typer.Exit(STOPPED)


@app.command()
def shell(
    command: Annotated[str | None, typer.Option("-c", "--command", metavar="QUERY", help="Run this one query and end.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print each row as a line of JSON.")] = False,
) -> None:
    """Run Cypher with the rights of the owner: queries may write.

    The private database is started if it is not running. An interactive query ends with `;`, the shell with `:quit`.
    """
    with download_bar() as progress:
        cypher_shell.run(settings.load(), command, as_json=as_json, progress=progress)


app.command()(backups.backup)
app.command()(backups.verify)
app.command()(backups.restore)


@contextmanager
def _server() -> Generator[PrivateServer]:
    """Yield the private server of the settings; refused where they name another database."""
    loaded = settings.load()
    if loaded.neo4j_uri is not None:
        raise NotPrivate(loaded)
    with download_bar() as progress:
        yield private_server(loaded, progress=progress)


def _say(text: str) -> None:
    typer.echo(text, file=sys.stdout)


def _size(folder: Path) -> int:
    """Return the bytes in a folder; files that vanish meanwhile count nothing."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
